package org.rserpool.csp;

/**
 * The kinds of components that report their status.
 *
 * @since 0.1
 */
public enum ComponentType {

	/** A registrar, numbered by its identifier. */
	REGISTRAR(1),

	/** A pool element, numbered by its identifier. */
	POOL_ELEMENT(2),

	/** A pool user, numbered at random. */
	POOL_USER(3);

	private final int group;

	ComponentType(int group) {
		this.group = group;
	}

	/**
	 * Return the highest octet of the identifiers of such components.
	 * @return the group
	 */
	int group() {
		return this.group;
	}

}
