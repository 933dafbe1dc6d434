package org.rserpool.user;

import org.rserpool.wire.PoolHandle;

/**
 * Why no element of a pool could be selected.
 *
 * @param kind what kind of failure it is
 * @param pool the pool
 * @param detail the cause in words; it names the pool, and the registrars that were asked
 * @since 0.1
 */
public record ResolutionFailure(Kind kind, PoolHandle pool, String detail) {

	/**
	 * Kinds of failures.
	 */
	public enum Kind {

		/** The registrar knows no such pool. */
		UNKNOWN_POOL,

		/** No registrar could be reached. */
		NO_REGISTRAR,

		/** Registrars were reached, but did not answer. */
		TIMEOUT,

		/** The pool has elements, but the caller excluded all of them. */
		NO_OTHER_ELEMENT,

		/** The request was refused, by the registrar or before it was sent. */
		REFUSED

	}

}
