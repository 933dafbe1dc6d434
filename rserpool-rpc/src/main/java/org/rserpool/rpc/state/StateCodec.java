package org.rserpool.rpc.state;

/**
 * Turns an object that holds state of a session into octets, and puts octets back into an
 * object. Nothing that arrives can name a class.
 *
 * @since 0.1
 */
public interface StateCodec {

	/**
	 * Encodes the state of an object.
	 * @param object the object
	 * @return the octets; the same for the same state
	 * @throws IllegalArgumentException if it cannot be encoded; says why
	 */
	byte[] encode(Object object);

	/**
	 * Puts state into an object that was just made. What the octets do not name stays as
	 * it is.
	 * @param object the object
	 * @param state the octets
	 * @throws IllegalArgumentException if the octets are no state of such an object
	 */
	void restore(Object object, byte[] state);

}
