package org.rserpool.autoconfigure.grpc;

import java.net.InetSocketAddress;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationListener;
import org.springframework.grpc.server.lifecycle.GrpcServerLifecycleEvent;
import org.springframework.grpc.server.lifecycle.GrpcServerStartedEvent;

/**
 * Knows where the gRPC server of the application listens, with its real port. A server
 * that others cannot reach, as within the process, does not count.
 */
class RunningGrpcServer
		implements Supplier<@Nullable InetSocketAddress>, ApplicationListener<GrpcServerLifecycleEvent> {

	private volatile @Nullable InetSocketAddress address;

	@Override
	public void onApplicationEvent(GrpcServerLifecycleEvent event) {
		InetSocketAddress of = event.getServer()
			.getListenSockets()
			.stream()
			.filter(InetSocketAddress.class::isInstance)
			.map(InetSocketAddress.class::cast)
			.findFirst()
			.orElse(null);
		if (event instanceof GrpcServerStartedEvent && of != null) {
			this.address = of;
		}
		else if (!(event instanceof GrpcServerStartedEvent) && (of == null || of.equals(this.address))) {
			this.address = null;
		}
	}

	@Override
	public @Nullable InetSocketAddress get() {
		return this.address;
	}

}
