package org.rserpool.rpc;

/**
 * Takes what comes of a call. All but {@link #isDone} is used on the caller's loop.
 */
interface Reply {

	/**
	 * Return whether nobody waits for it any more. Any thread may ask.
	 */
	boolean isDone();

	void complete(byte[] payload);

	void fail(RSerPoolException failure);

	/**
	 * Return whether it takes a stream of items.
	 */
	default boolean stream() {
		return false;
	}

	/**
	 * Return how many items it takes and did not ask for yet, and counts them as asked
	 * for.
	 */
	default int takeCredit() {
		return 0;
	}

	/**
	 * The attempt that all credit was given to ended before the first item.
	 */
	default void returnCredit() {
	}

	/**
	 * Takes an item.
	 * @return whether it was asked for
	 */
	default boolean item(byte[] payload) {
		return false;
	}

	/**
	 * Takes the end of a stream.
	 */
	default void end() {
	}

}
