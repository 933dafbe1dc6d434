package org.rserpool.spring.grpc;

import java.util.concurrent.Executor;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import org.rserpool.spring.user.PoolUserSettings;

/**
 * Lets the calls of a channel fail over between the elements of a pool.
 */
final class PoolClientInterceptor implements ClientInterceptor {

	private final PoolChannels channels;

	private final String user;

	PoolClientInterceptor(PoolChannels channels, String user) {
		this.channels = channels;
		this.user = user;
	}

	@Override
	public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
		PoolUserSettings settings = this.channels.settings().settings(this.user);
		Executor own = options.getExecutor();
		return new PoolClientCall<>(this.channels, settings, (own != null) ? own : this.channels.executor(), method,
				options, next);
	}

}
