package org.rserpool.runtime;

/**
 * A task that waits for its time.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Timer {

	/**
	 * Makes sure that the task does not run any more. Does nothing if it ran already.
	 */
	void cancel();

}
