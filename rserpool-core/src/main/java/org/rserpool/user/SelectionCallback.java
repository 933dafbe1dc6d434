package org.rserpool.user;

import org.rserpool.wire.PoolElement;

/**
 * Takes the outcome of a selection: exactly one call of one of its methods.
 *
 * @since 0.1
 */
public interface SelectionCallback {

	/**
	 * An element was selected.
	 * @param element the element
	 */
	void selected(PoolElement element);

	/**
	 * An element was selected that is not trusted: it is probed after a suspicion, or
	 * there is no other. If it serves, {@link PoolUserRole#trust} is to be told.
	 * @param element the element
	 */
	default void selectedSuspect(PoolElement element) {
		selected(element);
	}

	/**
	 * There is no element.
	 * @param failure why
	 */
	void failed(ResolutionFailure failure);

}
