package org.rserpool.transport;

import java.util.function.Consumer;

import io.netty.channel.IoEventLoop;

import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.TransportProtocol;

/**
 * Associations over the kernel's SCTP. It may be missing.
 */
final class SctpTransport implements TransportProvider {

	private final IoEventLoop loop;

	private final TransportSettings settings;

	SctpTransport(IoEventLoop loop, TransportSettings settings) {
		this.loop = loop;
		this.settings = settings;
	}

	@Override
	public TransportProtocol protocol() {
		return TransportProtocol.SCTP;
	}

	@Override
	public OpenEndpoint open(EndpointSpecification specification, GuardedListener listener,
			Consumer<Endpoint> onClose) {
		String missing = SctpSupport.missing();
		if (missing != null) {
			throw new EndpointException("SCTP cannot be used here: " + missing);
		}
		SctpEndpoint endpoint = new SctpEndpoint(this.loop, this.settings, specification.channel(), listener, onClose);
		if (!specification.local().isEmpty()) {
			endpoint.listen(specification.local());
		}
		return endpoint;
	}

}
