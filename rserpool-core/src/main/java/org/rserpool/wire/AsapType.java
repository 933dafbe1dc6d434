package org.rserpool.wire;

/**
 * The types of ASAP messages (RFC 5352, section 2.2), and their flag.
 */
final class AsapType {

	static final int REGISTRATION = 0x01;

	static final int DEREGISTRATION = 0x02;

	static final int REGISTRATION_RESPONSE = 0x03;

	static final int DEREGISTRATION_RESPONSE = 0x04;

	static final int HANDLE_RESOLUTION = 0x05;

	static final int HANDLE_RESOLUTION_RESPONSE = 0x06;

	static final int ENDPOINT_KEEP_ALIVE = 0x07;

	static final int ENDPOINT_KEEP_ALIVE_ACK = 0x08;

	static final int ENDPOINT_UNREACHABLE = 0x09;

	static final int SERVER_ANNOUNCE = 0x0a;

	static final int COOKIE = 0x0b;

	static final int COOKIE_ECHO = 0x0c;

	static final int BUSINESS_CARD = 0x0d;

	static final int ERROR = 0x0e;

	/** The only flag that a message has: R, S, A or H. */
	static final int FLAG = 0x01;

	private AsapType() {
	}

}
