package org.rserpool.transport;

import java.util.function.Consumer;

import io.netty.channel.EventLoop;

import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.TransportProtocol;

/**
 * Associations over TCP, one connection for each.
 */
final class TcpTransport implements TransportProvider {

	private final EventLoop loop;

	private final TransportSettings settings;

	TcpTransport(EventLoop loop, TransportSettings settings) {
		this.loop = loop;
		this.settings = settings;
	}

	@Override
	public TransportProtocol protocol() {
		return TransportProtocol.TCP;
	}

	@Override
	public OpenEndpoint open(EndpointSpecification specification, GuardedListener listener,
			Consumer<Endpoint> onClose) {
		TcpEndpoint endpoint = new TcpEndpoint(this.loop, this.settings, specification.channel(), listener, onClose);
		if (!specification.local().isEmpty()) {
			endpoint.listen(specification.local());
		}
		return endpoint;
	}

}
