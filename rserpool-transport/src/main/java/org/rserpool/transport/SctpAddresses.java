package org.rserpool.transport;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps addresses within their scope: a loopback address means nothing to another host,
 * and a link-local one nothing beyond its link.
 */
final class SctpAddresses {

	private static final Logger logger = LoggerFactory.getLogger(SctpAddresses.class);

	/** A fixed order, as the kernel gives none: IPv4 first. */
	private static final Comparator<InetSocketAddress> ORDER = Comparator
		.comparing((InetSocketAddress address) -> !(address.getAddress() instanceof Inet4Address))
		.thenComparing((address) -> address.getAddress().getAddress(), (one, other) -> {
			for (int index = 0; index < Math.min(one.length, other.length); index++) {
				if (one[index] != other[index]) {
					return Byte.toUnsignedInt(one[index]) - Byte.toUnsignedInt(other[index]);
				}
			}
			return one.length - other.length;
		});

	private SctpAddresses() {
	}

	/**
	 * Returns what of an association's addresses can be told to others.
	 * @param addresses the addresses
	 * @param first the address that comes first if it is kept
	 * @return those that reach beyond their link, or all if there are none
	 */
	static List<InetSocketAddress> tellable(Collection<? extends SocketAddress> addresses,
			Collection<InetSocketAddress> first) {
		List<InetSocketAddress> sorted = addresses.stream()
			.map((address) -> unscoped((InetSocketAddress) address))
			.distinct()
			.sorted(ORDER)
			.toList();
		List<InetSocketAddress> kept = sorted.stream().filter((address) -> reachesFar(address.getAddress())).toList();
		List<InetSocketAddress> ordered = new ArrayList<>(kept.isEmpty() ? sorted : kept);
		ordered.sort(Comparator.comparing((address) -> !first.contains(address)));
		return List.copyOf(ordered);
	}

	/**
	 * Returns the addresses to bind to before connecting to a peer. A socket that is not
	 * bound would tell the peer every address of this host.
	 * @param peer the address of the peer
	 * @return the addresses; none if the kernel is to choose
	 */
	static List<InetAddress> towards(InetAddress peer) {
		if (peer.isLoopbackAddress()) {
			return own(peer, InetAddress::isLoopbackAddress);
		}
		if (peer.isLinkLocalAddress()) {
			return own(peer, InetAddress::isLinkLocalAddress).stream().limit(1).toList();
		}
		List<InetAddress> own = new ArrayList<>();
		for (NetworkInterface each : interfaces()) {
			each.inetAddresses().filter(SctpAddresses::reachesFar).forEach(own::add);
		}
		return own;
	}

	private static List<InetAddress> own(InetAddress peer, Predicate<InetAddress> scope) {
		List<InetAddress> own = new ArrayList<>();
		for (NetworkInterface each : interfaces()) {
			each.inetAddresses()
				.filter(scope)
				.filter((address) -> address.getClass() == peer.getClass())
				.forEach(own::add);
		}
		return own;
	}

	/**
	 * Leaves out the number of the interface, which means nothing to others.
	 */
	private static InetSocketAddress unscoped(InetSocketAddress address) {
		if (!(address.getAddress() instanceof Inet6Address scoped) || scoped.isLinkLocalAddress()) {
			return address;
		}
		try {
			return new InetSocketAddress(InetAddress.getByAddress(scoped.getAddress()), address.getPort());
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("An address of " + scoped.getAddress().length + " octets", ex);
		}
	}

	private static boolean reachesFar(InetAddress address) {
		return !address.isLoopbackAddress() && !address.isLinkLocalAddress();
	}

	private static List<NetworkInterface> interfaces() {
		List<NetworkInterface> up = new ArrayList<>();
		try {
			for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
				if (each.isUp()) {
					up.add(each);
				}
			}
		}
		catch (SocketException ex) {
			logger.warn("The network interfaces of this host cannot be listed", ex);
		}
		return up;
	}

}
