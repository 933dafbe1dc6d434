package org.rserpool.session;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

/**
 * The side of sessions that is at the pool element: listens for pool users, answers their
 * heartbeats, and drops those that are silent for long.
 *
 * @since 0.1
 */
public final class SessionEndpoint {

	private final RoleRuntime runtime;

	private final SessionSettings settings;

	private final EndpointListener listener;

	private final Map<Association, Long> heardNanos = new LinkedHashMap<>();

	private final Set<Association> beating = new LinkedHashSet<>();

	private final Endpoint endpoint;

	private @Nullable BusinessCards cards;

	private Timer timer;

	private long checkedNanos;

	private boolean silenceAllowed;

	/**
	 * Listens for pool users.
	 * @param runtime its surroundings
	 * @param settings when silent users are dropped
	 * @param specification where to listen
	 * @param listener who is told what happens; it does not see heartbeats
	 * @throws EndpointException if the endpoint cannot be opened
	 */
	public SessionEndpoint(RoleRuntime runtime, SessionSettings settings, EndpointSpecification specification,
			EndpointListener listener) {
		this.runtime = runtime;
		this.settings = settings;
		this.listener = listener;
		this.endpoint = runtime.open(specification, new SessionListener());
		this.timer = scheduleCheck();
	}

	/**
	 * Listens for pool users at local addresses, by the transport protocol of the
	 * settings.
	 * @param runtime its surroundings
	 * @param settings when silent users are dropped
	 * @param listener who is told what happens; it does not see heartbeats
	 * @param local the addresses to bind to; port 0 takes one that is free
	 * @return the endpoint
	 * @throws EndpointException if the endpoint cannot be opened
	 */
	public static SessionEndpoint listen(RoleRuntime runtime, SessionSettings settings, EndpointListener listener,
			InetSocketAddress... local) {
		return new SessionEndpoint(runtime, settings,
				EndpointSpecification.listening(settings.protocol(), EndpointSpecification.Channel.SESSION, local),
				listener);
	}

	/**
	 * Exchanges business cards with pool users: those of this process are sent when a
	 * user comes, and when they change. Those that arrive are not told to the listener.
	 * @param exchange has the cards
	 */
	public void exchange(BusinessCards exchange) {
		this.cards = exchange;
		exchange.addHolder((send) -> List.copyOf(this.heardNanos.keySet()).forEach(send));
	}

	/**
	 * Lets pool users be silent that do not send heartbeats, over a transport protocol
	 * that notices by itself when they are gone: those that are no implementation of this
	 * project.
	 */
	public void allowSilence() {
		this.silenceAllowed = true;
	}

	/**
	 * Return where pool users reach the element.
	 * @return the addresses with the real port
	 */
	public List<InetSocketAddress> localAddresses() {
		return this.endpoint.localAddresses();
	}

	/**
	 * Return how many pool users there are.
	 * @return the number of associations
	 */
	public int users() {
		return this.heardNanos.size();
	}

	/**
	 * Stops listening. The associations with pool users that are up go on.
	 */
	public void stopListening() {
		this.endpoint.stopListening();
	}

	/**
	 * Stops listening, and aborts all associations. The listener hears nothing any more.
	 */
	public void close() {
		this.timer.cancel();
		this.heardNanos.clear();
		this.beating.clear();
		this.endpoint.close();
	}

	private Timer scheduleCheck() {
		this.checkedNanos = this.runtime.nanoTime();
		return this.runtime.schedule(checkInterval(), this::check);
	}

	private Duration checkInterval() {
		return this.settings.userSilenceLimit().dividedBy(4);
	}

	private void check() {
		long now = this.runtime.nanoTime();
		if (now - this.checkedNanos > 2 * checkInterval().toNanos()) {
			// This process itself stood still: what users sent is not read yet.
			this.heardNanos.replaceAll((association, heard) -> now);
		}
		long limit = this.settings.userSilenceLimit().toNanos();
		List<Association> silent = this.heardNanos.entrySet()
			.stream()
			.filter((entry) -> now - entry.getValue() > limit && !mayBeSilent(entry.getKey()))
			.map(Map.Entry::getKey)
			.toList();
		silent.forEach(Association::abort);
		this.timer = scheduleCheck();
	}

	private boolean mayBeSilent(Association association) {
		return this.silenceAllowed && association.protocol() == TransportProtocol.SCTP
				&& !this.beating.contains(association);
	}

	/**
	 * Hears of associations with users.
	 */
	private final class SessionListener implements EndpointListener {

		@Override
		public void up(Association association) {
			SessionEndpoint.this.heardNanos.put(association, SessionEndpoint.this.runtime.nanoTime());
			BusinessCards exchange = SessionEndpoint.this.cards;
			if (exchange != null) {
				exchange.greet(association);
			}
			SessionEndpoint.this.listener.up(association);
		}

		@Override
		public void message(Association association, UserMessage message) {
			SessionEndpoint.this.heardNanos.put(association, SessionEndpoint.this.runtime.nanoTime());
			UserMessage reply = SessionProtocol.reply(message);
			if (reply != null) {
				SessionEndpoint.this.beating.add(association);
				association.send(reply);
			}
			BusinessCards exchange = SessionEndpoint.this.cards;
			boolean card = exchange != null && exchange.received(message);
			if (!card && !SessionProtocol.isHeartbeat(message)) {
				SessionEndpoint.this.listener.message(association, message);
			}
		}

		@Override
		public void writable(Association association) {
			SessionEndpoint.this.listener.writable(association);
		}

		@Override
		public void sendFailed(Association association, UserMessage message) {
			if (!SessionProtocol.isHeartbeat(message)) {
				SessionEndpoint.this.listener.sendFailed(association, message);
			}
		}

		@Override
		public void path(Association association, InetSocketAddress peer, boolean reachable) {
			SessionEndpoint.this.listener.path(association, peer, reachable);
		}

		@Override
		public void down(Association association, DownReason reason, String detail) {
			SessionEndpoint.this.heardNanos.remove(association);
			SessionEndpoint.this.beating.remove(association);
			SessionEndpoint.this.listener.down(association, reason, detail);
		}

	}

}
