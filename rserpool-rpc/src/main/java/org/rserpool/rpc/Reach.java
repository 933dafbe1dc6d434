package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.SessionSettings;

/**
 * Finds out by connections that carry nothing where elements are reached that speak
 * another protocol than ours: by which of its addresses an element is, and whether one
 * that owes an answer is silent. All its state belongs to the loop.
 */
final class Reach {

	/** Of how many elements it is known where they are reached. */
	static final int MAXIMUM_KNOWN = 1_000;

	/**
	 * How many connections in a row a silent address does not take. The first one may
	 * just have been lost on its way.
	 */
	private static final int SILENT_PROBES = 2;

	/** What each address but the first may take longer: when the next one is tried. */
	private static final Duration FURTHER_ADDRESS = Duration.ofMillis(100);

	private final RoleRuntime runtime;

	private final SessionSettings settings;

	/** By the addresses of an element, the one that answered; empty if it is doubted. */
	private final Map<List<InetSocketAddress>, Optional<InetSocketAddress>> known = new LinkedHashMap<>(16, 0.75F,
			true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<List<InetSocketAddress>, Optional<InetSocketAddress>> eldest) {
			return size() > MAXIMUM_KNOWN;
		}

	};

	private final Map<List<InetSocketAddress>, List<Consumer<Probed>>> searches = new HashMap<>();

	private final Map<InetSocketAddress, Watch> watches = new HashMap<>();

	private final Map<Association, Probe> probes = new HashMap<>();

	private @Nullable Endpoint endpoint;

	private boolean stopped;

	Reach(RoleRuntime runtime, SessionSettings settings) {
		this.runtime = runtime;
		this.settings = settings;
	}

	/**
	 * Finds the address by which an element is reached. Nothing is sent for that if the
	 * element has one address and did not fail, or if it is known.
	 * @param addresses the addresses of the element, at least one
	 * @param outcome takes what was found, also before this method returns
	 */
	void find(List<InetSocketAddress> addresses, Consumer<Probed> outcome) {
		Optional<InetSocketAddress> answered = this.known.get(addresses);
		if (answered == null && addresses.size() == 1) {
			outcome.accept(Probed.at(addresses.get(0), true));
		}
		else if (answered != null && answered.isPresent()) {
			outcome.accept(Probed.at(answered.get(), true));
		}
		else {
			search(addresses, outcome);
		}
	}

	/**
	 * Says that an element failed. Before it is used again, it is to take a connection.
	 * @param addresses the addresses of the element
	 */
	void doubt(List<InetSocketAddress> addresses) {
		this.known.put(addresses, Optional.empty());
	}

	/**
	 * Watches an address that owes an answer. When it has been silent for a while, it is
	 * probed; only if it takes no connection and refuses none it is told to be silent: an
	 * element that leaves refuses them while it ends what it has begun.
	 * @param address the address
	 * @param silent told once, in words, if the address is silent
	 * @return ends the watch
	 */
	Timer watch(InetSocketAddress address, Consumer<String> silent) {
		Watch watch = this.watches.computeIfAbsent(address, Watch::new);
		Object key = new Object();
		watch.waiting.put(key, silent);
		return () -> watch.waiting.remove(key);
	}

	/**
	 * Says that something answered.
	 * @param address its address
	 */
	void answered(InetSocketAddress address) {
		Watch watch = this.watches.get(address);
		if (watch != null) {
			watch.heardNanos = this.runtime.nanoTime();
		}
	}

	/**
	 * Ends all that goes on. Nobody is told of it.
	 */
	void stop() {
		this.stopped = true;
		this.searches.clear();
		this.probes.values().forEach((probe) -> probe.timer.cancel());
		this.probes.clear();
		this.watches.values().forEach((watch) -> watch.timer.cancel());
		this.watches.clear();
		if (this.endpoint != null) {
			this.endpoint.close();
			this.endpoint = null;
		}
	}

	private void search(List<InetSocketAddress> addresses, Consumer<Probed> outcome) {
		List<Consumer<Probed>> waiting = this.searches.get(addresses);
		if (waiting != null) {
			waiting.add(outcome);
			return;
		}
		this.searches.put(addresses, new ArrayList<>(List.of(outcome)));
		probe(addresses, (probed) -> {
			if (probed.address() != null) {
				if (addresses.size() == 1) {
					this.known.remove(addresses);
				}
				else {
					this.known.put(addresses, Optional.of(probed.address()));
				}
			}
			List<Consumer<Probed>> told = this.searches.remove(addresses);
			if (told != null) {
				told.forEach((each) -> each.accept(probed));
			}
		});
	}

	private void probe(List<InetSocketAddress> addresses, Consumer<Probed> outcome) {
		if (this.stopped) {
			return;
		}
		Endpoint used = this.endpoint;
		if (used == null) {
			used = this.runtime.open(
					EndpointSpecification.connecting(TransportProtocol.TCP, EndpointSpecification.Channel.PROBE),
					new Outcomes());
			this.endpoint = used;
		}
		Association association = used.associate(addresses);
		Duration limit = this.settings.connectTimeout().plus(FURTHER_ADDRESS.multipliedBy(addresses.size() - 1));
		Timer timer = this.runtime.schedule(limit, () -> {
			this.probes.remove(association);
			association.abort();
			outcome.accept(
					Probed.failed("no connection to " + text(addresses) + " within " + limit.toMillis() + " ms", true));
		});
		this.probes.put(association, new Probe(timer, outcome));
	}

	private void probed(Association association, Probed probed) {
		Probe probe = this.probes.remove(association);
		if (probe != null) {
			probe.timer.cancel();
			probe.outcome.accept(probed);
		}
	}

	private static String text(List<InetSocketAddress> addresses) {
		return addresses.stream()
			.map((address) -> address.getHostString() + ":" + address.getPort())
			.collect(Collectors.joining(", "));
	}

	/**
	 * What was found out.
	 *
	 * @param address the address that took a connection, or {@code null}
	 * @param remembered whether it did so before
	 * @param silent whether nothing was heard at all
	 * @param detail why there is no address, in words
	 */
	record Probed(@Nullable InetSocketAddress address, boolean remembered, boolean silent, String detail) {

		static Probed at(InetSocketAddress address, boolean remembered) {
			return new Probed(address, remembered, false, "");
		}

		static Probed failed(String detail, boolean silent) {
			return new Probed(null, false, silent, detail);
		}

	}

	/**
	 * A connection that is being established.
	 *
	 * @param timer ends it
	 * @param outcome told how it ended
	 */
	private record Probe(Timer timer, Consumer<Probed> outcome) {

	}

	/**
	 * Hears of connections.
	 */
	private final class Outcomes implements EndpointListener {

		@Override
		public void up(Association association) {
			InetSocketAddress address = association.peerAddresses().get(0);
			association.shutdown();
			probed(association, Probed.at(address, false));
		}

		@Override
		public void message(Association association, UserMessage message) {
			association.abort();
		}

		@Override
		public void down(Association association, DownReason reason, String detail) {
			probed(association, Probed.failed(detail, false));
		}

	}

	/**
	 * An address that owes answers.
	 */
	private final class Watch {

		private final InetSocketAddress address;

		private final Map<Object, Consumer<String>> waiting = new LinkedHashMap<>();

		private long heardNanos = Reach.this.runtime.nanoTime();

		private int silentProbes;

		private Timer timer = Reach.this.runtime.schedule(Reach.this.settings.silenceLimit(), this::look);

		Watch(InetSocketAddress address) {
			this.address = address;
		}

		private void look() {
			Duration quiet = Duration.ofNanos(Reach.this.runtime.nanoTime() - this.heardNanos);
			if (this.waiting.isEmpty()) {
				Reach.this.watches.remove(this.address, this);
			}
			else if (quiet.compareTo(Reach.this.settings.silenceLimit()) < 0) {
				lookLater(Reach.this.settings.silenceLimit().minus(quiet));
			}
			else {
				long asked = Reach.this.runtime.nanoTime();
				probe(List.of(this.address), (probed) -> probed(probed, asked));
			}
		}

		private void probed(Probed probed, long asked) {
			if (!probed.silent() || this.heardNanos - asked > 0) {
				this.silentProbes = 0;
				this.heardNanos = Reach.this.runtime.nanoTime();
				lookLater(Reach.this.settings.silenceLimit());
			}
			else if (++this.silentProbes < SILENT_PROBES) {
				look();
			}
			else {
				Reach.this.watches.remove(this.address, this);
				long silent = Duration.ofNanos(Reach.this.runtime.nanoTime() - this.heardNanos).toMillis();
				List.copyOf(this.waiting.values())
					.forEach((told) -> told
						.accept("nothing was heard for " + silent + " ms, and there was " + probed.detail()));
			}
		}

		private void lookLater(Duration delay) {
			this.timer = Reach.this.runtime.schedule(delay, this::look);
		}

	}

}
