package org.rserpool.user;

import org.rserpool.wire.PoolElement;

/**
 * Takes the outcome of a selection: exactly one call.
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
	 * There is no element.
	 * @param failure why
	 */
	void failed(ResolutionFailure failure);

}
