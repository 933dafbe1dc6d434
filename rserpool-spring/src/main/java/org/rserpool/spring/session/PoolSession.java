package org.rserpool.spring.session;

/**
 * A session with a pool. Its calls are carried out one after another, in the order in
 * which they are made, by one element while that lives; when it is lost, another one goes
 * on with the state of the session (RFC 5352, section 3.8). All calls fail over, also
 * those that are not idempotent. Any thread may use it.
 *
 * @param <T> the interface whose methods are called
 * @since 0.1
 */
public interface PoolSession<T> extends AutoCloseable {

	/**
	 * Return what makes the calls of the session.
	 * @return an implementation of the interface; its calls throw
	 * {@link IllegalStateException} when the session is closed, and
	 * {@link org.rserpool.rpc.SessionRefusedException} when no element can go on with it
	 */
	T service();

	/**
	 * Return the session's identifier.
	 * @return 32 hexadecimal digits, which the elements know too
	 */
	String id();

	/**
	 * Return how often the state of the session changed, as far as it is known here.
	 * @return the version, 0 at first
	 */
	long version();

	/**
	 * Ends the session. Calls that were begun before still end; then its element forgets
	 * its state, if it can be told.
	 */
	@Override
	void close();

}
