package org.rserpool.discovery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

import org.rserpool.wire.Dialect;

/**
 * The multicast groups where nothing else is said.
 *
 * @since 0.1
 */
public final class MulticastGroups {

	private static final InetSocketAddress RFC_ASAP = group(224, 0, 1, 185, 3863);

	private static final InetSocketAddress RFC_ENRP = group(224, 0, 1, 185, 9901);

	private static final InetSocketAddress RSPLIB_ASAP = group(239, 0, 0, 50, 3863);

	private static final InetSocketAddress RSPLIB_ENRP = group(239, 0, 0, 51, 9901);

	private MulticastGroups() {
	}

	/**
	 * Return the group to which registrars announce themselves.
	 * @param dialect the dialect
	 * @return the group of RFC 5352, section 8.4, or that of the reference implementation
	 */
	public static InetSocketAddress asap(Dialect dialect) {
		return (dialect == Dialect.RSPLIB) ? RSPLIB_ASAP : RFC_ASAP;
	}

	/**
	 * Return the group to which registrars send their presences.
	 * @param dialect the dialect
	 * @return the group of RFC 5352, section 8.4, with the port of ENRP, or that of the
	 * reference implementation
	 */
	public static InetSocketAddress enrp(Dialect dialect) {
		return (dialect == Dialect.RSPLIB) ? RSPLIB_ENRP : RFC_ENRP;
	}

	private static InetSocketAddress group(int first, int second, int third, int fourth, int port) {
		try {
			return new InetSocketAddress(
					InetAddress.getByAddress(new byte[] { (byte) first, (byte) second, (byte) third, (byte) fourth }),
					port);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
