package org.rserpool.spring.session;

/**
 * Opens sessions with a pool. Injected by {@link org.rserpool.spring.PoolUser}, such as
 * {@code @PoolUser("cart") PoolSessions<Cart> carts}. Any thread may use it.
 *
 * @param <T> the interface whose methods are called
 * @since 0.1
 */
@FunctionalInterface
public interface PoolSessions<T> {

	/**
	 * Opens a session. Nothing is sent before its first call.
	 * @return the session, to be closed
	 */
	PoolSession<T> open();

}
