package org.rserpool.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Transport and address parameters (RFC 5354, sections 3.1 to 3.7 and 3.16).
 */
final class TransportCodec {

	/** Any transport. */
	static final int ANY = ParameterType.bit(ParameterType.DCCP_TRANSPORT)
			| ParameterType.bit(ParameterType.SCTP_TRANSPORT) | ParameterType.bit(ParameterType.TCP_TRANSPORT)
			| ParameterType.bit(ParameterType.UDP_TRANSPORT) | ParameterType.bit(ParameterType.UDP_LITE_TRANSPORT)
			| ParameterType.bit(ParameterType.OPAQUE_TRANSPORT);

	/**
	 * The transports that carry ASAP and ENRP: SCTP, and TCP where an operation scope has
	 * no SCTP.
	 */
	static final int CONTROL = ParameterType.bit(ParameterType.SCTP_TRANSPORT)
			| ParameterType.bit(ParameterType.TCP_TRANSPORT);

	static final int MAX_ADDRESSES = 64;

	private static final int IPV4_LENGTH = 4;

	private static final int IPV6_LENGTH = 16;

	private TransportCodec() {
	}

	/**
	 * Reads the transport that the cursor stands at.
	 * @param parameter the cursor, at a transport of any type
	 * @return the transport
	 * @throws MalformedException if it is none
	 */
	static Transport read(ParameterCursor parameter) throws MalformedException {
		int type = parameter.type();
		if (type == ParameterType.OPAQUE_TRANSPORT) {
			return new Transport.Opaque(parameter.value());
		}
		MessageSource source = parameter.source();
		ParameterCursor nested = parameter.nested((type == ParameterType.DCCP_TRANSPORT) ? 8 : 4);
		int start = parameter.valueStart();
		int port = source.int16(start);
		int use = source.int16(start + 2);
		return switch (type) {
			case ParameterType.SCTP_TRANSPORT ->
				new Transport.Sctp(port, sctpUse(parameter, use), readAddresses(parameter, nested));
			case ParameterType.TCP_TRANSPORT ->
				new Transport.Tcp(port, tcpUse(source.dialect(), use), readAddress(parameter, nested));
			case ParameterType.UDP_TRANSPORT -> new Transport.Udp(port, readAddress(parameter, nested));
			case ParameterType.UDP_LITE_TRANSPORT -> new Transport.UdpLite(port, readAddress(parameter, nested));
			case ParameterType.DCCP_TRANSPORT ->
				new Transport.Dccp(port, source.int32(start + 4), readAddress(parameter, nested));
			default -> throw parameter.invalid("it is not a transport");
		};
	}

	private static TransportUse sctpUse(ParameterCursor parameter, int use) throws MalformedException {
		return switch (use) {
			case 0 -> TransportUse.DATA_ONLY;
			case 1 -> TransportUse.DATA_PLUS_CONTROL;
			default -> {
				// The reference implementation takes any other value for 0.
				if (parameter.source().dialect() == Dialect.RFC) {
					throw parameter.invalid("its transport use is " + use + ", not 0 or 1");
				}
				yield TransportUse.DATA_ONLY;
			}
		};
	}

	private static TransportUse tcpUse(Dialect dialect, int use) {
		return (dialect == Dialect.RSPLIB && use == 1) ? TransportUse.DATA_PLUS_CONTROL : TransportUse.DATA_ONLY;
	}

	private static InetAddress readAddress(ParameterCursor parameter, ParameterCursor nested)
			throws MalformedException {
		InetAddress address = nextAddress(nested);
		if (address == null || nextAddress(nested) != null) {
			throw parameter.invalid("it does not have exactly one address");
		}
		return address;
	}

	private static List<InetAddress> readAddresses(ParameterCursor parameter, ParameterCursor nested)
			throws MalformedException {
		InetAddress first = nextAddress(nested);
		if (first == null) {
			throw parameter.invalid("it has no address");
		}
		InetAddress second = nextAddress(nested);
		if (second == null) {
			return List.of(first);
		}
		List<InetAddress> addresses = new ArrayList<>(4);
		addresses.add(first);
		for (InetAddress next = second; next != null; next = nextAddress(nested)) {
			if (addresses.size() == MAX_ADDRESSES) {
				throw parameter.invalid("it has more than " + MAX_ADDRESSES + " addresses");
			}
			addresses.add(next);
		}
		return addresses;
	}

	private static @Nullable InetAddress nextAddress(ParameterCursor nested) throws MalformedException {
		while (nested.next()) {
			if (nested.type() == ParameterType.IPV4_ADDRESS) {
				return readAddress(nested, IPV4_LENGTH);
			}
			if (nested.type() == ParameterType.IPV6_ADDRESS) {
				return readAddress(nested, IPV6_LENGTH);
			}
		}
		return null;
	}

	private static InetAddress readAddress(ParameterCursor parameter, int length) throws MalformedException {
		parameter.requireExactly(length);
		byte[] address = new byte[length];
		parameter.source().get(parameter.valueStart(), address);
		try {
			return InetAddress.getByAddress(address);
		}
		catch (UnknownHostException ex) {
			throw parameter.invalid(String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Writes a transport.
	 * @param transport the transport
	 * @param sink where to
	 */
	static void write(Transport transport, MessageSink sink) {
		if (transport instanceof Transport.Sctp sctp) {
			if (sctp.addresses().size() > MAX_ADDRESSES) {
				throw new IllegalArgumentException("An SCTP transport of " + sctp.addresses().size()
						+ " addresses has more than " + MAX_ADDRESSES);
			}
			int start = begin(sink, ParameterType.SCTP_TRANSPORT, sctp.port(), sctp.use().ordinal());
			for (InetAddress address : sctp.addresses()) {
				writeAddress(address, sink);
			}
			sink.endNested(start);
		}
		else if (transport instanceof Transport.Tcp tcp) {
			int use = (sink.dialect() == Dialect.RSPLIB) ? tcp.use().ordinal() : 0;
			int start = begin(sink, ParameterType.TCP_TRANSPORT, tcp.port(), use);
			writeAddress(tcp.address(), sink);
			sink.endNested(start);
		}
		else if (transport instanceof Transport.Udp udp) {
			int start = begin(sink, ParameterType.UDP_TRANSPORT, udp.port(), 0);
			writeAddress(udp.address(), sink);
			sink.endNested(start);
		}
		else if (transport instanceof Transport.UdpLite udpLite) {
			int start = begin(sink, ParameterType.UDP_LITE_TRANSPORT, udpLite.port(), 0);
			writeAddress(udpLite.address(), sink);
			sink.endNested(start);
		}
		else if (transport instanceof Transport.Dccp dccp) {
			int start = begin(sink, ParameterType.DCCP_TRANSPORT, dccp.port(), 0);
			sink.int32(dccp.serviceCode());
			writeAddress(dccp.address(), sink);
			sink.endNested(start);
		}
		else if (transport instanceof Transport.Opaque opaque) {
			sink.parameter(ParameterType.OPAQUE_TRANSPORT, opaque.value());
		}
	}

	/**
	 * Writes a transport that carries ASAP or ENRP.
	 * @param transport the transport
	 * @param role what it stands for, for the error
	 * @param sink where to
	 * @throws IllegalArgumentException if it is neither SCTP nor TCP
	 */
	static void writeControl(Transport transport, String role, MessageSink sink) {
		if (!(transport instanceof Transport.Sctp) && !(transport instanceof Transport.Tcp)) {
			throw new IllegalArgumentException(role + " is neither SCTP nor TCP: " + transport);
		}
		write(transport, sink);
	}

	private static int begin(MessageSink sink, int type, int port, int use) {
		int start = sink.begin(type);
		sink.int32(port << 16 | use);
		return start;
	}

	private static void writeAddress(InetAddress address, MessageSink sink) {
		byte[] octets = address.getAddress();
		if (octets.length == IPV6_LENGTH && !isIpv4Mapped(octets)) {
			int start = sink.begin(ParameterType.IPV6_ADDRESS);
			for (int i = 0; i < IPV6_LENGTH; i += 4) {
				sink.int32(int32(octets, i));
			}
			sink.end(start);
		}
		else {
			sink.parameter(ParameterType.IPV4_ADDRESS, int32(octets, octets.length - IPV4_LENGTH));
		}
	}

	private static boolean isIpv4Mapped(byte[] octets) {
		return int32(octets, 0) == 0 && int32(octets, 4) == 0 && int32(octets, 8) == 0xffff;
	}

	private static int int32(byte[] octets, int at) {
		return octets[at] << 24 | (octets[at + 1] & 0xff) << 16 | (octets[at + 2] & 0xff) << 8
				| (octets[at + 3] & 0xff);
	}

}
