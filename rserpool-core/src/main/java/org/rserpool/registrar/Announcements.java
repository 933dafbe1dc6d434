package org.rserpool.registrar;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.discovery.DatagramBudget;
import org.rserpool.discovery.Sightings;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.MulticastGroup;
import org.rserpool.runtime.MulticastSpecification;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.Transport;

/**
 * Announces the registrar to pool elements and pool users, as often as lets all
 * registrars together announce themselves about once in a unit of time (RFC 5352, section
 * 3.6).
 */
final class Announcements {

	private static final int MAX_HEARD = 256;

	/** How many strangers may make this registrar announce itself less often. */
	private static final int MAX_STRANGERS = 8;

	private static final Duration OUTDATED = Duration.ofSeconds(5);

	private final Parts parts;

	private final List<MulticastGroup> groups = new ArrayList<>();

	private final Sightings<Integer> heard = new Sightings<>(OUTDATED, MAX_HEARD);

	private final DatagramBudget budget;

	Announcements(Parts parts) {
		this.parts = parts;
		this.budget = new DatagramBudget(parts.runtime().nanoTime());
	}

	/**
	 * Listens for other registrars.
	 */
	void start() {
		for (MulticastSpecification group : this.parts.settings().multicast().announcements()) {
			this.groups
				.add(this.parts.runtime().join(rsplib() ? group.withSourcePort(asapPort()) : group, this::received));
		}
	}

	/**
	 * Begins to announce the registrar, which gives service from now on.
	 */
	void begin() {
		if (!this.groups.isEmpty()) {
			announce();
		}
	}

	void stop() {
		this.groups.forEach(MulticastGroup::close);
		this.groups.clear();
	}

	private void announce() {
		if (!this.parts.isRunning()) {
			return;
		}
		this.parts.count(Counters.ANNOUNCEMENTS_SENT);
		this.groups.forEach((group) -> group.send(this::announcement));
		this.parts.schedule(interval(), this::announce);
	}

	private Duration interval() {
		Duration unit = this.parts.settings().multicast().announceUnit();
		return rsplib() ? unit : unit.multipliedBy(others() + 1L);
	}

	/**
	 * Return how many other registrars announce themselves. Announcements can be forged,
	 * so those of registrars that are no peers count up to a limit.
	 */
	private long others() {
		this.heard.forgetOutdated(this.parts.runtime().nanoTime());
		long peers = this.heard.keys().stream().filter((each) -> this.parts.peers().find(each) != null).count();
		return peers + Math.min(this.heard.keys().size() - peers, MAX_STRANGERS);
	}

	private @Nullable ByteBuffer announcement(List<InetAddress> interfaceAddresses) {
		List<Transport> transports = transports(interfaceAddresses);
		if (transports.isEmpty()) {
			return null;
		}
		return this.parts.codec()
			.encode(new AsapMessage.ServerAnnounce(this.parts.identifier(), rsplib() ? List.of() : transports));
	}

	/**
	 * Return where this registrar is reached through an interface: TCP first, because the
	 * reference implementation reads nothing that comes after SCTP.
	 */
	private List<Transport> transports(List<InetAddress> interfaceAddresses) {
		List<Transport> transports = new ArrayList<>();
		for (TransportProtocol protocol : List.of(TransportProtocol.TCP, TransportProtocol.SCTP)) {
			for (Endpoint endpoint : this.parts.asap().endpoints()) {
				if (endpoint.protocol() == protocol && !endpoint.localAddresses().isEmpty()) {
					transports.addAll(transports(endpoint, interfaceAddresses));
				}
			}
		}
		return transports;
	}

	private static List<Transport> transports(Endpoint endpoint, List<InetAddress> interfaceAddresses) {
		List<InetSocketAddress> listening = endpoint.localAddresses();
		int port = listening.get(0).getPort();
		List<InetAddress> hosts = Addresses.reachable(listening, interfaceAddresses);
		if (hosts.isEmpty()) {
			return List.of();
		}
		if (endpoint.protocol() == TransportProtocol.SCTP) {
			return List.of(Addresses.transport(TransportProtocol.SCTP, hosts, port));
		}
		return hosts.stream().map((host) -> Addresses.transport(endpoint.protocol(), List.of(host), port)).toList();
	}

	private void received(InetSocketAddress source, ByteBuffer datagram) {
		long now = this.parts.runtime().nanoTime();
		if (this.budget.take(now) && !this.parts.isStopped()
				&& this.parts.codec().decodeAsap(datagram) instanceof Decoded.Success<AsapMessage> success
				&& success.message() instanceof AsapMessage.ServerAnnounce announce
				&& announce.registrar() != this.parts.identifier()) {
			this.parts.count(Counters.ANNOUNCEMENTS_RECEIVED);
			this.heard.saw(announce.registrar(), now);
		}
	}

	private int asapPort() {
		List<InetSocketAddress> listening = this.parts.asap().localAddresses();
		return listening.isEmpty() ? 0 : listening.get(0).getPort();
	}

	private boolean rsplib() {
		return this.parts.settings().dialect() == Dialect.RSPLIB;
	}

}
