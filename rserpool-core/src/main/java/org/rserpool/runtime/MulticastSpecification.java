package org.rserpool.runtime;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * What multicast group to join, and how to send to it.
 *
 * @param group the group, with its port
 * @param interfaces the names of the network interfaces to join and to send by.
 * {@link #LOOPBACK} stands for the loopback interface, whatever its name is, and
 * {@link #ALL} for all that are up.
 * @param timeToLive how many networks a datagram may cross, from 0 to 255; 1 keeps it in
 * the local network
 * @param sourcePort the port that datagrams are sent from; 0 takes one that is free
 * @since 0.1
 */
public record MulticastSpecification(InetSocketAddress group, List<String> interfaces, int timeToLive, int sourcePort) {

	/** Stands for the loopback interface. */
	public static final String LOOPBACK = "loopback";

	/** Stands for all interfaces that are up. */
	public static final String ALL = "all";

	public MulticastSpecification {
		interfaces = List.copyOf(interfaces);
		if (group.isUnresolved() || !group.getAddress().isMulticastAddress()) {
			throw new IllegalArgumentException(group + " is no multicast group");
		}
		if (group.getPort() == 0) {
			throw new IllegalArgumentException("The multicast group " + group + " has no port");
		}
		if (interfaces.isEmpty()) {
			throw new IllegalArgumentException("The multicast group " + group + " has no interface");
		}
		if (timeToLive < 0 || timeToLive > 255) {
			throw new IllegalArgumentException("timeToLive " + timeToLive + " is not from 0 to 255");
		}
		if (sourcePort < 0 || sourcePort > 0xffff) {
			throw new IllegalArgumentException("sourcePort " + sourcePort + " is not from 0 to 65535");
		}
	}

	/**
	 * Specifies a group on the loopback interface.
	 * @param group the group, with its port
	 * @return the specification
	 */
	public static MulticastSpecification loopback(InetSocketAddress group) {
		return new MulticastSpecification(group, List.of(LOOPBACK), 1, 0);
	}

	/**
	 * Specifies a group on all interfaces.
	 * @param group the group, with its port
	 * @return the specification
	 */
	public static MulticastSpecification everywhere(InetSocketAddress group) {
		return new MulticastSpecification(group, List.of(ALL), 1, 0);
	}

	/**
	 * Return this specification with another source port.
	 * @param port the port; 0 takes one that is free
	 * @return the specification, otherwise the same
	 */
	public MulticastSpecification withSourcePort(int port) {
		return new MulticastSpecification(this.group, this.interfaces, this.timeToLive, port);
	}

}
