package org.rserpool.spring.session;

/**
 * A pool element keeps the state of sessions, and has no key for it.
 *
 * @since 0.1
 */
public class PoolSessionKeysMissingException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String pool;

	/**
	 * Makes an exception.
	 * @param pool the pool
	 * @param element the bean that is the pool element
	 * @param holder the bean that holds state
	 */
	public PoolSessionKeysMissingException(String pool, String element, String holder) {
		super("The @PoolElement '" + element + "' of pool '" + pool + "' depends on the bean '" + holder
				+ "', which has @PoolSessionScope, but no key protects the state of its sessions");
		this.pool = pool;
	}

	/**
	 * Return the pool.
	 * @return the pool
	 */
	public String pool() {
		return this.pool;
	}

}
