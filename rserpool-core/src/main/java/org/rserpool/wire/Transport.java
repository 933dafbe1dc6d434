package org.rserpool.wire;

import java.net.InetAddress;
import java.util.List;

/**
 * Where something can be reached, and by which transport protocol (RFC 5354, sections 3.3
 * to 3.7 and 3.16).
 *
 * @since 0.1
 */
public sealed interface Transport {

	/**
	 * SCTP, with one or more addresses (RFC 5354, section 3.4).
	 *
	 * @param port 0 to 65535
	 * @param use what the transport carries
	 * @param addresses at least one; IPv4 and IPv6 may be mixed
	 */
	record Sctp(int port, TransportUse use, List<InetAddress> addresses) implements Transport {

		public Sctp {
			Check.port(port);
			addresses = List.copyOf(addresses);
			if (addresses.isEmpty()) {
				throw new IllegalArgumentException("An SCTP transport needs at least one address");
			}
		}

	}

	/**
	 * TCP (RFC 5354, section 3.5).
	 *
	 * @param port 0 to 65535
	 * @param use always {@link TransportUse#DATA_ONLY} in the RFC, where the field is
	 * reserved and ignored; the reference implementation reads and writes a transport use
	 * in its place
	 * @param address the one address
	 */
	record Tcp(int port, TransportUse use, InetAddress address) implements Transport {

		public Tcp {
			Check.port(port);
		}

		public Tcp(int port, InetAddress address) {
			this(port, TransportUse.DATA_ONLY, address);
		}

	}

	/**
	 * UDP (RFC 5354, section 3.6).
	 *
	 * @param port 0 to 65535
	 * @param address the one address
	 */
	record Udp(int port, InetAddress address) implements Transport {

		public Udp {
			Check.port(port);
		}

	}

	/**
	 * UDP-Lite (RFC 5354, section 3.7).
	 *
	 * @param port 0 to 65535
	 * @param address the one address
	 */
	record UdpLite(int port, InetAddress address) implements Transport {

		public UdpLite {
			Check.port(port);
		}

	}

	/**
	 * DCCP (RFC 5354, section 3.3).
	 *
	 * @param port 0 to 65535
	 * @param serviceCode the DCCP service code, 32 bits
	 * @param address the one address
	 */
	record Dccp(int port, int serviceCode, InetAddress address) implements Transport {

		public Dccp {
			Check.port(port);
		}

	}

	/**
	 * A transport that only the application understands (RFC 5354, section 3.16).
	 *
	 * @param value its octets
	 */
	record Opaque(Octets value) implements Transport {
	}

	/**
	 * Checks what the transports have in common.
	 */
	final class Check {

		private Check() {
		}

		static void port(int port) {
			if (port < 0 || port > 0xffff) {
				throw new IllegalArgumentException("Port " + port + " is not in the range 0 to 65535");
			}
		}

	}

}
