package org.rserpool.hunt;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.discovery.DatagramBudget;
import org.rserpool.discovery.Sightings;
import org.rserpool.runtime.MulticastGroup;
import org.rserpool.runtime.MulticastSpecification;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Transport;
import org.rserpool.wire.WireCodec;

/**
 * The addresses that registrars announce by multicast, each for as long as it is
 * announced (RFC 5352, section 3.6). How many there are, and how much work they make, has
 * a limit whatever arrives.
 */
final class AnnouncedAddresses {

	/** The port of ASAP (RFC 5352, section 8.2). */
	static final int ASAP_PORT = 3863;

	private final RoleRuntime runtime;

	private final WireCodec codec;

	private final AnnouncementSettings settings;

	private final List<TransportProtocol> protocols;

	private final Listener listener;

	private final List<MulticastGroup> groups = new ArrayList<>();

	private final Sightings<InetSocketAddress> known;

	private @Nullable Timer sweep;

	private final DatagramBudget budget;

	AnnouncedAddresses(RoleRuntime runtime, WireCodec codec, AnnouncementSettings settings,
			List<TransportProtocol> protocols, Listener listener) {
		this.runtime = runtime;
		this.codec = codec;
		this.settings = settings;
		this.protocols = protocols;
		this.listener = listener;
		this.known = new Sightings<>(settings.lifetime(), settings.maximumAddresses());
		this.budget = new DatagramBudget(runtime.nanoTime());
	}

	void start() {
		if (this.groups.isEmpty()) {
			for (MulticastSpecification group : this.settings.groups()) {
				this.groups.add(this.runtime.join(group, this::received));
			}
		}
	}

	void stop() {
		this.groups.forEach(MulticastGroup::close);
		this.groups.clear();
		this.known.clear();
		if (this.sweep != null) {
			this.sweep.cancel();
			this.sweep = null;
		}
	}

	boolean isListening() {
		return !this.settings.groups().isEmpty();
	}

	Set<InetSocketAddress> addresses() {
		return this.known.keys();
	}

	private void received(InetSocketAddress source, ByteBuffer datagram) {
		long now = this.runtime.nanoTime();
		if (!this.budget.take(now)) {
			return;
		}
		if (this.codec.decodeAsap(datagram) instanceof Decoded.Success<AsapMessage> success
				&& success.message() instanceof AsapMessage.ServerAnnounce announce) {
			addresses(source, announce.transports()).forEach((address) -> announced(address, now));
		}
		else {
			this.listener.ignored(source, "it is no ASAP_SERVER_ANNOUNCE");
		}
	}

	private Set<InetSocketAddress> addresses(InetSocketAddress source, List<Transport> transports) {
		Set<InetSocketAddress> addresses = new LinkedHashSet<>();
		if (transports.isEmpty()) {
			addresses.add(new InetSocketAddress(source.getAddress(), ASAP_PORT));
			// Where the reference implementation listens.
			addresses.add(source);
		}
		for (Transport transport : transports) {
			if (transport instanceof Transport.Tcp tcp && this.protocols.contains(TransportProtocol.TCP)) {
				addresses.add(new InetSocketAddress(tcp.address(), tcp.port()));
			}
			else if (transport instanceof Transport.Sctp sctp && this.protocols.contains(TransportProtocol.SCTP)) {
				sctp.addresses().forEach((address) -> addresses.add(new InetSocketAddress(address, sctp.port())));
			}
		}
		addresses.removeIf((address) -> !isPlausible(source.getAddress(), address));
		return addresses;
	}

	private static boolean isPlausible(InetAddress source, InetSocketAddress address) {
		InetAddress host = address.getAddress();
		return address.getPort() != 0 && !host.isAnyLocalAddress() && !host.isMulticastAddress()
				&& (!host.isLoopbackAddress() || source.isLoopbackAddress());
	}

	private void announced(InetSocketAddress address, long now) {
		if (this.known.saw(address, now)) {
			if (this.sweep == null) {
				sweepLater(now);
			}
			this.listener.added(address);
		}
	}

	private void sweepLater(long now) {
		this.sweep = this.known.keys().isEmpty() ? null
				: this.runtime.schedule(this.known.untilOutdated(now), this::sweep);
	}

	private void sweep() {
		long now = this.runtime.nanoTime();
		List<InetSocketAddress> outdated = this.known.forgetOutdated(now);
		sweepLater(now);
		outdated.forEach(this.listener::removed);
	}

	/**
	 * Is told which addresses are announced.
	 */
	interface Listener {

		void added(InetSocketAddress address);

		void removed(InetSocketAddress address);

		void ignored(InetSocketAddress source, String reason);

	}

}
