package org.rserpool.transport;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.rserpool.runtime.MulticastSpecification;

/**
 * Finds network interfaces. Whether one says that it supports multicast does not matter:
 * the loopback interface of Linux says no, and does.
 */
final class Interfaces {

	private Interfaces() {
	}

	/**
	 * Finds the interfaces that are up and have an address for a group.
	 * @param names names as in {@link MulticastSpecification#interfaces()}
	 * @param group the group
	 */
	static List<Found> matching(List<String> names, InetAddress group) throws SocketException {
		List<Found> matching = new ArrayList<>();
		for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
			List<InetAddress> addresses = Collections.list(each.getInetAddresses());
			if (addresses.stream().anyMatch((address) -> address.getClass() == group.getClass()) && each.isUp()
					&& isWanted(each, names)) {
				matching.add(new Found(each.getName(), each, addresses));
			}
		}
		return matching;
	}

	private static boolean isWanted(NetworkInterface each, List<String> names) throws SocketException {
		return names.contains(MulticastSpecification.ALL) || names.contains(each.getName())
				|| (names.contains(MulticastSpecification.LOOPBACK) && each.isLoopback());
	}

	/**
	 * Return whether this is the name of one interface.
	 */
	static boolean isName(String name) {
		return !name.equals(MulticastSpecification.ALL) && !name.equals(MulticastSpecification.LOOPBACK);
	}

	/**
	 * An interface.
	 *
	 * @param name its name
	 * @param networkInterface the interface
	 * @param addresses its addresses
	 */
	record Found(String name, NetworkInterface networkInterface, List<InetAddress> addresses) {

		Found {
			addresses = List.copyOf(addresses);
		}

	}

}
