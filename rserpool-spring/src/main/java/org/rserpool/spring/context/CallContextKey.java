package org.rserpool.spring.context;

/**
 * Names the call context where contexts are kept by key.
 *
 * @since 0.1
 */
public final class CallContextKey {

	/** The key. */
	public static final String KEY = "org.rserpool.call";

	private CallContextKey() {
	}

}
