package org.rserpool.spring.element;

/**
 * When a pool element joins its pool.
 *
 * @since 0.1
 */
public enum Registration {

	/**
	 * When the application says that it accepts traffic; where nobody says so, when the
	 * application context starts.
	 */
	ON_READY,

	/** When the application context starts. */
	ON_START,

	/** When it is told to, by {@link PoolElementRegistry#undrain}. */
	MANUAL

}
