package org.rserpool.autoconfigure.grpc;

import java.net.InetSocketAddress;
import java.util.function.Supplier;

import io.grpc.Server;
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

	private volatile @Nullable Running running;

	@Override
	public void onApplicationEvent(GrpcServerLifecycleEvent event) {
		Server server = event.getServer();
		Running before = this.running;
		if (event instanceof GrpcServerStartedEvent) {
			server.getListenSockets()
				.stream()
				.filter(InetSocketAddress.class::isInstance)
				.map(InetSocketAddress.class::cast)
				.findFirst()
				.ifPresent((address) -> this.running = new Running(server, address));
		}
		else if (before != null && before.server() == server) {
			this.running = null;
		}
	}

	@Override
	public @Nullable InetSocketAddress get() {
		Running now = this.running;
		return (now != null) ? now.address() : null;
	}

	private record Running(Server server, InetSocketAddress address) {

	}

}
