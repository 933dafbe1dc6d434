package org.rserpool.rpc.state;

/**
 * A cookie cannot be used. The message says why, for who brought it.
 *
 * @since 0.1
 */
public class StateCookieException extends Exception {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	/**
	 * Makes an exception.
	 * @param reason what is wrong
	 * @param message what is wrong, in words
	 */
	public StateCookieException(Reason reason, String message) {
		super(message);
		this.reason = reason;
	}

	/**
	 * Return what is wrong.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * What is wrong with a cookie.
	 */
	public enum Reason {

		/** It is no cookie. */
		MALFORMED,

		/** The key by which it is protected is not here; another element may have it. */
		UNKNOWN_KEY,

		/** It was not made by an element of the pool, or changed since. */
		FORGED,

		/** It is of another pool. */
		OTHER_POOL,

		/** It is of another session. */
		OTHER_SESSION,

		/** Its time is up. */
		EXPIRED,

		/** A newer one of the session was seen. */
		REPLAYED

	}

}
