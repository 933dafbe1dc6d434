package org.rserpool.transport;

import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;

/**
 * Stands between the roles of a loop and the network: it sees each endpoint that is
 * opened, and may pass another one on. What it passes on keeps to the rules of
 * {@link Endpoint} and {@link EndpointListener}. Meant for tests, such as for a network
 * that delays or breaks.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface EndpointInterceptor {

	/** Changes nothing. */
	EndpointInterceptor NONE = (loop, specification, listener, network) -> network.open(specification, listener);

	/**
	 * Opens an endpoint. Called on the loop.
	 * @param loop the loop of the role
	 * @param specification what to open
	 * @param listener the role, which is to be told what happens
	 * @param network opens endpoints on the network
	 * @return the endpoint for the role, open
	 * @throws EndpointException if it cannot be opened
	 */
	Endpoint open(RoleLoop loop, EndpointSpecification specification, EndpointListener listener, Network network);

	/**
	 * Opens endpoints on the network.
	 */
	@FunctionalInterface
	interface Network {

		/**
		 * Opens an endpoint.
		 * @param specification what to open
		 * @param listener who is told what happens
		 * @return the endpoint, open
		 * @throws EndpointException if it cannot be opened
		 */
		Endpoint open(EndpointSpecification specification, EndpointListener listener);

	}

}
