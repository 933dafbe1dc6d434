package org.rserpool.transport;

/**
 * A port at which associations arrive.
 */
interface SctpPort {

	/**
	 * Return the number of the port.
	 * @return the number
	 */
	int number();

	/**
	 * Takes what has arrived, then stops listening.
	 */
	void close();

}
