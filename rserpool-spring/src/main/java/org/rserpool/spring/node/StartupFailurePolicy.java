package org.rserpool.spring.node;

/**
 * What happens when no registrar answers while the application starts.
 *
 * @since 0.1
 */
public enum StartupFailurePolicy {

	/**
	 * The application starts, and goes on looking for a registrar; its health is
	 * OUT_OF_SERVICE until there is one.
	 */
	RETRY,

	/** The application does not start. */
	FAIL,

	/**
	 * The application starts, and goes on looking for a registrar; that there is none
	 * does not count as ill health.
	 */
	IGNORE

}
