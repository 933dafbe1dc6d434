package org.rserpool.transport;

import java.util.Collection;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.Endpoint;

/**
 * An endpoint of which the loop sees the associations.
 */
interface OpenEndpoint extends Endpoint {

	/**
	 * Return the associations, up or not.
	 * @return a view of them
	 */
	Collection<? extends Association> associations();

}
