package org.rserpool.wire;

/**
 * The types of parameters (RFC 5354, section 3), and sets of them as bit masks.
 */
final class ParameterType {

	static final int IPV4_ADDRESS = 0x0001;

	static final int IPV6_ADDRESS = 0x0002;

	static final int DCCP_TRANSPORT = 0x0003;

	static final int SCTP_TRANSPORT = 0x0004;

	static final int TCP_TRANSPORT = 0x0005;

	static final int UDP_TRANSPORT = 0x0006;

	static final int UDP_LITE_TRANSPORT = 0x0007;

	static final int MEMBER_SELECTION_POLICY = 0x0008;

	static final int POOL_HANDLE = 0x0009;

	static final int POOL_ELEMENT = 0x000a;

	static final int SERVER_INFORMATION = 0x000b;

	static final int OPERATION_ERROR = 0x000c;

	static final int COOKIE = 0x000d;

	static final int PE_IDENTIFIER = 0x000e;

	static final int PE_CHECKSUM = 0x000f;

	static final int OPAQUE_TRANSPORT = 0x0010;

	/** Handle Resolution option, draft-dreibholz-rserpool-asap-hropt. */
	static final int HANDLE_RESOLUTION_OPTION = 0x803f;

	/**
	 * Metadata of a pool element, an extension of this project: skipped silently by who
	 * does not know it.
	 */
	static final int ELEMENT_METADATA = 0x8e4d;

	private ParameterType() {
	}

	static boolean isKnown(int type) {
		return (type >= IPV4_ADDRESS && type <= OPAQUE_TRANSPORT) || type == HANDLE_RESOLUTION_OPTION
				|| type == ELEMENT_METADATA;
	}

	/**
	 * Return the bit that stands for a known type in a set.
	 * @param type a known type
	 * @return its bit
	 */
	static int bit(int type) {
		if (type <= OPAQUE_TRANSPORT) {
			return 1 << type;
		}
		return (type == HANDLE_RESOLUTION_OPTION) ? 1 << 31 : 1 << 30;
	}

}
