package org.rserpool.rpc;

/**
 * Why a call was not begun. With {@link #FORGOTTEN}, it may have been begun before.
 */
enum RefusalReason {

	/** No element of the pool is here. */
	UNKNOWN_POOL(1),

	/** The element left its pool. */
	DRAINING(2),

	/** Too many calls are in progress. */
	OVERLOADED(3),

	/** The time was up when the call arrived. */
	EXPIRED(4),

	/** The request could not be understood. */
	BAD_FRAME(5),

	/**
	 * The call is a repeated one, and it is not known here any more whether it was
	 * carried out.
	 */
	FORGOTTEN(6);

	private final int code;

	RefusalReason(int code) {
		this.code = code;
	}

	int code() {
		return this.code;
	}

	/**
	 * Return the reason with a code.
	 * @param code the code; one that is not known is taken for {@link #OVERLOADED}, which
	 * lets the caller go elsewhere
	 * @return the reason
	 */
	static RefusalReason of(int code) {
		for (RefusalReason reason : values()) {
			if (reason.code == code) {
				return reason;
			}
		}
		return OVERLOADED;
	}

}
