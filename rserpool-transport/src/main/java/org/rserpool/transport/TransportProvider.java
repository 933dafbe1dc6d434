package org.rserpool.transport;

import java.util.function.Consumer;

import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.TransportProtocol;

/**
 * Opens the endpoints of one transport protocol, all on the loop that it was made for.
 */
interface TransportProvider {

	/**
	 * Return the transport protocol.
	 * @return the transport protocol
	 */
	TransportProtocol protocol();

	/**
	 * Opens an endpoint. Called on the loop.
	 * @param specification what to open
	 * @param listener who is told what happens
	 * @param onClose told once when the endpoint is closed
	 * @return the endpoint, open
	 * @throws EndpointException if it cannot be opened
	 */
	OpenEndpoint open(EndpointSpecification specification, GuardedListener listener, Consumer<Endpoint> onClose);

}
