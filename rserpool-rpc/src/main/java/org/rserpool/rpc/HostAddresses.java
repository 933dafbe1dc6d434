package org.rserpool.rpc;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.session.ElementAddresses;
import org.rserpool.wire.ElementMetadata;

/**
 * The addresses of this host that mean something to other hosts.
 *
 * @since 0.1
 */
public final class HostAddresses {

	private static final Logger logger = LoggerFactory.getLogger(HostAddresses.class);

	private HostAddresses() {
	}

	/**
	 * Return the addresses that may be told to other hosts: a loopback address means
	 * nothing to them, and a link-local one nothing beyond its link.
	 * @return the addresses, IPv4 first; none if this host has no other
	 */
	public static List<InetAddress> tellable() {
		return select(List.of());
	}

	/**
	 * Return the addresses that are chosen. A loopback or link-local address is only
	 * chosen by itself, or by a network that holds no other.
	 * @param included what is chosen: networks, such as {@code 10.0.0.0/8}, addresses, or
	 * names of network interfaces; empty for all that may be told
	 * @return the addresses, in the order of what chooses them
	 * @throws IllegalArgumentException if one is neither, or if nothing is chosen; the
	 * message names it, or the addresses of this host
	 */
	public static List<InetAddress> chosen(List<String> included) {
		List<InetAddress> chosen = select(included);
		if (chosen.isEmpty() && !included.isEmpty()) {
			throw new IllegalArgumentException("No address of this host is in " + included + "; it has "
					+ own().stream().map((each) -> each.address().getHostAddress()).toList());
		}
		return chosen;
	}

	/**
	 * Return metadata of an element that listens somewhere. At a wildcard address it is
	 * reached by all addresses of this host that mean something to others, and by the one
	 * that its registrar sees; otherwise by just those at which it listens.
	 * @param metadata what the application says of the element, perhaps with addresses
	 * @param listening the addresses at which it listens
	 * @return the metadata with addresses
	 */
	public static ElementMetadata told(ElementMetadata metadata, List<InetAddress> listening) {
		if (metadata.entries().containsKey(ElementMetadata.ADDRESSES) || onlyLoopback(listening)) {
			return metadata;
		}
		try {
			return isWildcard(listening) ? ElementAddresses.tell(metadata, tellable(), false)
					: ElementAddresses.tell(metadata, listening, true);
		}
		catch (IllegalArgumentException ex) {
			logger.warn("The addresses of this host are not told: {}", ex.getMessage());
			return metadata;
		}
	}

	/**
	 * Return the address of a TCP transport of an element that listens somewhere. A
	 * registrar only takes the one that it sees, and a wildcard for it.
	 * @param listening the addresses at which it listens
	 * @return the address, or a wildcard where the metadata tell the addresses
	 */
	public static InetAddress seen(List<InetAddress> listening) {
		return (onlyLoopback(listening) || isWildcard(listening)) ? listening.get(0)
				: new InetSocketAddress(0).getAddress();
	}

	private static boolean onlyLoopback(List<InetAddress> listening) {
		return listening.size() == 1 && listening.get(0).isLoopbackAddress();
	}

	private static boolean isWildcard(List<InetAddress> listening) {
		return listening.stream().anyMatch(InetAddress::isAnyLocalAddress);
	}

	/**
	 * Return the same addresses with a port that the system draws.
	 * @param endpoints the addresses
	 * @return the addresses, with port 0 but where the name of a host has no address
	 */
	public static InetSocketAddress[] anyPort(List<InetSocketAddress> endpoints) {
		return endpoints.stream()
			.map((each) -> each.isUnresolved() ? each : new InetSocketAddress(each.getAddress(), 0))
			.toArray(InetSocketAddress[]::new);
	}

	private static List<InetAddress> select(List<String> included) {
		List<Own> own = own();
		if (included.isEmpty()) {
			return own.stream().map(Own::address).filter(HostAddresses::reachesFar).toList();
		}
		Set<InetAddress> chosen = new LinkedHashSet<>();
		for (String text : included) {
			Choice choice = Choice.parse(text.strip());
			own.stream().filter(choice::holds).map(Own::address).forEach(chosen::add);
		}
		List<InetAddress> far = chosen.stream().filter(HostAddresses::reachesFar).toList();
		return far.isEmpty() ? List.copyOf(chosen) : far;
	}

	private static boolean reachesFar(InetAddress address) {
		return !address.isLoopbackAddress() && !address.isLinkLocalAddress();
	}

	private static List<Own> own() {
		List<Own> own = new ArrayList<>();
		try {
			for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
				if (each.isUp()) {
					for (InterfaceAddress address : each.getInterfaceAddresses()) {
						own.add(new Own(each.getName(), unscoped(address.getAddress())));
					}
				}
			}
		}
		catch (SocketException ex) {
			logger.warn("The network interfaces of this host cannot be listed", ex);
		}
		own.sort(Comparator.comparing((each) -> !(each.address() instanceof Inet4Address)));
		return own;
	}

	/** Leaves out the number of the interface, which means nothing to others. */
	private static InetAddress unscoped(InetAddress address) {
		try {
			return InetAddress.getByAddress(address.getAddress());
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("An address of " + address.getAddress().length + " octets", ex);
		}
	}

	/**
	 * An address of this host.
	 *
	 * @param nic the name of its network interface
	 * @param address the address
	 */
	private record Own(String nic, InetAddress address) {

	}

	/**
	 * What chooses addresses.
	 *
	 * @param nic the name of a network interface; empty for a network
	 * @param network octets of the network
	 * @param bits how many bits of the network count
	 */
	private record Choice(String nic, byte[] network, int bits) {

		static Choice parse(String text) {
			int slash = text.indexOf('/');
			String address = (slash < 0) ? text : text.substring(0, slash);
			if (!address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*")) {
				if (slash >= 0 || text.isEmpty()) {
					throw new IllegalArgumentException("\"" + text
							+ "\" is neither a network such as 10.0.0.0/8, nor an address, nor a network interface");
				}
				return new Choice(text, new byte[0], 0);
			}
			try {
				byte[] network = InetAddress.getByName(address).getAddress();
				int bits = (slash < 0) ? 8 * network.length : Integer.parseInt(text.substring(slash + 1));
				if (bits < 0 || bits > 8 * network.length) {
					throw new IllegalArgumentException("\"" + text + "\" has a prefix of " + bits + " bits");
				}
				return new Choice("", network, bits);
			}
			catch (UnknownHostException | NumberFormatException ex) {
				throw new IllegalArgumentException("\"" + text + "\" is no network such as 10.0.0.0/8", ex);
			}
		}

		boolean holds(Own own) {
			if (!this.nic.isEmpty()) {
				return this.nic.equals(own.nic());
			}
			byte[] octets = own.address().getAddress();
			if (octets.length != this.network.length) {
				return false;
			}
			for (int bit = 0; bit < this.bits; bit++) {
				int mask = 0x80 >> bit % 8;
				if ((octets[bit / 8] & mask) != (this.network[bit / 8] & mask)) {
					return false;
				}
			}
			return true;
		}

	}

}
