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
	FORGOTTEN(6),

	/** The session is not known here: the call is to come again with its cookie. */
	COOKIE_WANTED(7),

	/** The cookie is protected by a key that is not known here. */
	KEY_UNKNOWN(8),

	/** The session cannot be gone on with, neither here nor elsewhere. */
	SESSION_REFUSED(9);

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
