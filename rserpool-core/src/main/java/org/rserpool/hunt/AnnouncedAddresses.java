package org.rserpool.hunt;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

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

	/** How many datagrams are looked at within a second. */
	static final int DATAGRAMS_A_SECOND = 200;

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	/** Sooner than this after another one, an announcement is the same one again. */
	private static final long REPETITION = Duration.ofMillis(100).toNanos();

	private static final int INTERVALS_KEPT = 3;

	/** How long an address may be kept, however seldom it is announced. */
	private static final long LONGEST_LIFETIME = Duration.ofMinutes(10).toNanos();

	private final RoleRuntime runtime;

	private final WireCodec codec;

	private final AnnouncementSettings settings;

	private final TransportProtocol protocol;

	private final Listener listener;

	private final List<MulticastGroup> groups = new ArrayList<>();

	private final Map<InetSocketAddress, Announced> known = new LinkedHashMap<>();

	private @Nullable Timer sweep;

	private long secondBegan;

	private int datagrams;

	AnnouncedAddresses(RoleRuntime runtime, WireCodec codec, AnnouncementSettings settings, TransportProtocol protocol,
			Listener listener) {
		this.runtime = runtime;
		this.codec = codec;
		this.settings = settings;
		this.protocol = protocol;
		this.listener = listener;
		this.secondBegan = runtime.nanoTime();
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
		return this.known.keySet();
	}

	private void received(InetSocketAddress source, ByteBuffer datagram) {
		long now = this.runtime.nanoTime();
		if (now - this.secondBegan >= SECOND) {
			this.secondBegan = now;
			this.datagrams = 0;
		}
		if (this.datagrams == DATAGRAMS_A_SECOND) {
			return;
		}
		this.datagrams++;
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
			if (transport instanceof Transport.Tcp tcp && this.protocol == TransportProtocol.TCP) {
				addresses.add(new InetSocketAddress(tcp.address(), tcp.port()));
			}
			else if (transport instanceof Transport.Sctp sctp && this.protocol == TransportProtocol.SCTP) {
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
		Announced announced = this.known.get(address);
		if (announced != null) {
			announced.again(now);
		}
		else if (this.known.size() < this.settings.maximumAddresses()) {
			this.known.put(address, new Announced(now));
			if (this.sweep == null) {
				sweepLater(now);
			}
			this.listener.added(address);
		}
	}

	private void sweepLater(long now) {
		long soonest = Long.MAX_VALUE;
		for (Announced announced : this.known.values()) {
			soonest = Math.min(soonest, announced.expires() - now);
		}
		this.sweep = this.known.isEmpty() ? null : this.runtime.schedule(Duration.ofNanos(soonest), this::sweep);
	}

	private void sweep() {
		long now = this.runtime.nanoTime();
		List<InetSocketAddress> outdated = new ArrayList<>();
		this.known.forEach((address, announced) -> {
			if (announced.expires() - now <= 0) {
				outdated.add(address);
			}
		});
		outdated.forEach(this.known::remove);
		sweepLater(now);
		outdated.forEach(this.listener::removed);
	}

	/**
	 * When an address was announced.
	 */
	private final class Announced {

		private long last;

		private long interval;

		private Announced(long now) {
			this.last = now;
		}

		private void again(long now) {
			long gap = now - this.last;
			if (gap >= REPETITION) {
				this.interval = Math.max(gap, (7 * this.interval + gap) / 8);
			}
			this.last = now;
		}

		private long expires() {
			long several = Math.min(INTERVALS_KEPT * this.interval, LONGEST_LIFETIME);
			return this.last + Math.max(AnnouncedAddresses.this.settings.lifetime().toNanos(), several);
		}

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
