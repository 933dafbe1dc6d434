package org.rserpool.rpc;

/**
 * Octets are no frame. The message says why.
 */
final class RpcFrameException extends Exception {

	private static final long serialVersionUID = 1L;

	private final boolean request;

	private final long callId;

	RpcFrameException(String message, boolean request, long callId) {
		super(message, null, false, false);
		this.request = request;
		this.callId = callId;
	}

	/**
	 * Return whether the octets begin as a request, so that it can be refused.
	 * @return whether there is a call identifier
	 */
	boolean request() {
		return this.request;
	}

	long callId() {
		return this.callId;
	}

}
