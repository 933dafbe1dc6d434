package org.rserpool.wire;

/**
 * The types of ENRP messages (RFC 5353, section 2), and their flags and fixed fields.
 */
final class EnrpType {

	static final int PRESENCE = 0x01;

	static final int HANDLE_TABLE_REQUEST = 0x02;

	static final int HANDLE_TABLE_RESPONSE = 0x03;

	static final int HANDLE_UPDATE = 0x04;

	static final int LIST_REQUEST = 0x05;

	static final int LIST_RESPONSE = 0x06;

	static final int INIT_TAKEOVER = 0x07;

	static final int INIT_TAKEOVER_ACK = 0x08;

	static final int TAKEOVER_SERVER = 0x09;

	static final int ERROR = 0x0a;

	/** The first flag of a message: R, W or T. */
	static final int FLAG = 0x01;

	/** The M bit of a handle table response. */
	static final int MORE = 0x02;

	static final int SENDER = 4;

	static final int RECEIVER = 8;

	/** Where the fields start that not every message has. */
	static final int BODY = 12;

	private EnrpType() {
	}

}
