package org.rserpool.rpc;

/**
 * Is told of the calls that end, for logs and meters. Calls that were cancelled are not
 * told.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface CallListener {

	/** Is told, and does nothing. */
	CallListener NONE = (call) -> {
	};

	/**
	 * A call ended. Runs on the loop that makes all calls, so it must neither block nor
	 * take long. What it throws is logged.
	 * @param call the call
	 */
	void callEnded(EndedCall call);

}
