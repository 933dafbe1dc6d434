package org.rserpool.session;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;
import org.rserpool.user.PoolUserRole;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.SelectionCallback;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.WireCodec;

/**
 * A session with a pool: stays with one element while that answers, and goes on with
 * another when it does not, bringing along the newest cookie (RFC 5352, section 3.8).
 *
 * @since 0.1
 */
public final class PoolSession {

	private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

	private static final Duration FOREVER = Duration.ofDays(36_500);

	private final RoleRuntime runtime;

	private final WireCodec codec;

	private final PoolUserRole user;

	private final PoolHandle pool;

	private final Duration patience;

	private final PoolSessionListener listener;

	private final ElementChannels channels;

	private final Set<Integer> tried = new LinkedHashSet<>();

	private @Nullable ElementChannel channel;

	private @Nullable PoolElement previous;

	private @Nullable Octets cookie;

	private @Nullable Timer timer;

	private Duration pause = FIRST_PAUSE;

	private long searchingSinceNanos;

	private long connectedNanos;

	private boolean connected;

	private boolean heard;

	private boolean closed;

	/**
	 * Makes a session, not opened.
	 * @param runtime its surroundings
	 * @param codec writes and reads messages of the control channel
	 * @param user selects elements
	 * @param settings how the element is watched
	 * @param pool the pool
	 * @param patience how long to look for an element before the session fails
	 * @param listener who is told what happens
	 */
	public PoolSession(RoleRuntime runtime, WireCodec codec, PoolUserRole user, SessionSettings settings,
			PoolHandle pool, Duration patience, PoolSessionListener listener) {
		this(runtime, codec, user, settings, List.of(settings.protocol()), pool, patience, listener);
	}

	/**
	 * Makes a session with elements that are reached by several transport protocols, not
	 * opened.
	 * @param runtime its surroundings
	 * @param codec writes and reads messages of the control channel
	 * @param user selects elements
	 * @param settings how the element is watched; its transport protocol is not looked at
	 * @param protocols the transport protocols that may be used
	 * @param pool the pool
	 * @param patience how long to look for an element before the session fails
	 * @param listener who is told what happens
	 */
	public PoolSession(RoleRuntime runtime, WireCodec codec, PoolUserRole user, SessionSettings settings,
			List<TransportProtocol> protocols, PoolHandle pool, Duration patience, PoolSessionListener listener) {
		this.runtime = runtime;
		this.codec = codec;
		this.user = user;
		this.pool = pool;
		this.patience = patience;
		this.listener = listener;
		this.channels = new ElementChannels(runtime, settings.withIdle(FOREVER, settings.userSilenceLimit()), protocols,
				new Channels());
		this.channels.exchange(new BusinessCards(codec, user));
	}

	/**
	 * Says which elements know heartbeats; see {@link ElementChannels#watchOnly}.
	 * @param knows whether an element knows heartbeats
	 */
	public void watchOnly(Predicate<PoolElement> knows) {
		this.channels.watchOnly(knows);
	}

	/**
	 * Starts to look for an element. The listener is told later.
	 */
	public void open() {
		this.searchingSinceNanos = this.runtime.nanoTime();
		retry(Duration.ZERO);
	}

	/**
	 * Return the pool.
	 * @return the pool
	 */
	public PoolHandle pool() {
		return this.pool;
	}

	/**
	 * Return the element that the session is with.
	 * @return the element, or {@code null} while there is none
	 */
	public @Nullable PoolElement element() {
		ElementChannel present = this.channel;
		return (present != null && present.up()) ? present.element() : null;
	}

	/**
	 * Return the newest cookie that an element gave.
	 * @return the cookie, or {@code null} if there is none
	 */
	public @Nullable Octets cookie() {
		return this.cookie;
	}

	/**
	 * Sends a message on the data channel.
	 * @param message the message
	 * @return whether it was taken; {@link SendResult#WOULD_BLOCK} while there is no
	 * element
	 * @throws IllegalArgumentException if the payload protocol is ASAP's, which is for
	 * the control channel (RFC 5352, section 5)
	 */
	public SendResult send(UserMessage message) {
		if (message.payloadProtocol() == UserMessage.ASAP) {
			throw new IllegalArgumentException("Payload protocol 11 (ASAP) is for the control channel");
		}
		if (this.closed) {
			return SendResult.CLOSED;
		}
		ElementChannel present = this.channel;
		if (present == null || !present.up()) {
			return SendResult.WOULD_BLOCK;
		}
		SendResult result = present.send(message);
		return (result == SendResult.CLOSED) ? SendResult.WOULD_BLOCK : result;
	}

	/**
	 * Leaves the element, and looks for another, as if the association had broken. Does
	 * nothing while there is no element.
	 * @param report whether the home registrar is told that the element is unreachable
	 * @param reason why, in words
	 */
	public void failOver(boolean report, String reason) {
		ElementChannel left = this.channel;
		if (left == null || !left.up()) {
			return;
		}
		this.channel = null;
		this.connected = false;
		this.searchingSinceNanos = this.runtime.nanoTime();
		left.close();
		failOver(left.element(), report ? DownReason.ABORTED : DownReason.SHUTDOWN, reason, true);
	}

	/**
	 * Ends the session at once; what still waits is lost. The listener hears nothing any
	 * more.
	 */
	public void close() {
		quit();
		this.channels.stop();
	}

	/**
	 * Ends the session when all that was sent is delivered. The listener hears nothing
	 * any more.
	 */
	public void end() {
		quit();
		this.channels.channels().forEach(ElementChannel::close);
		stopWhenIdle();
	}

	/**
	 * Return whether the session was ended, and its association has ended too.
	 * @return whether nothing is on its way any more
	 */
	public boolean ended() {
		return this.closed && this.channels.channels().isEmpty();
	}

	private void stopWhenIdle() {
		if (ended()) {
			this.channels.stop();
		}
	}

	private void quit() {
		this.closed = true;
		if (this.timer != null) {
			this.timer.cancel();
		}
		this.channel = null;
	}

	private void retry(Duration delay) {
		this.timer = this.runtime.schedule(delay,
				() -> this.user.select(this.pool, Set.copyOf(this.tried), new Selected()));
	}

	private void failOver(PoolElement element, DownReason reason, String detail, boolean connected) {
		this.tried.add(element.identifier());
		if (reason != DownReason.SHUTDOWN) {
			this.user.reportUnreachable(this.pool, element.identifier());
		}
		if (connected) {
			this.listener.lost(this, element, detail);
		}
		else {
			this.listener.unreachable(this, element, detail);
		}
		if (this.closed) {
			return;
		}
		if (connected && !this.heard && this.runtime.nanoTime() - this.connectedNanos < LONGEST_PAUSE.toNanos()) {
			// It may be this very session that elements cannot stand.
			retryAfterPause();
			return;
		}
		if (connected) {
			this.pause = FIRST_PAUSE;
		}
		retry(Duration.ZERO);
	}

	private boolean searchedTooLong() {
		return this.runtime.nanoTime() - this.searchingSinceNanos >= this.patience.toNanos();
	}

	/**
	 * Takes the element that was selected.
	 */
	private final class Selected implements SelectionCallback {

		@Override
		public void selected(PoolElement element) {
			PoolSession session = PoolSession.this;
			if (session.closed) {
				return;
			}
			try {
				session.channel = session.channels.channel(session.pool, element);
			}
			catch (IllegalArgumentException ex) {
				session.tried.add(element.identifier());
				session.listener.unreachable(session, element, String.valueOf(ex.getMessage()));
				session.failed(new ResolutionFailure(ResolutionFailure.Kind.NO_OTHER_ELEMENT, session.pool,
						String.valueOf(ex.getMessage())));
			}
		}

		@Override
		public void failed(ResolutionFailure failure) {
			if (!PoolSession.this.closed) {
				if (failure.kind() == ResolutionFailure.Kind.NO_OTHER_ELEMENT) {
					PoolSession.this.tried.clear();
				}
				PoolSession.this.failed(failure);
			}
		}

	}

	private void failed(ResolutionFailure failure) {
		if (searchedTooLong()) {
			close();
			this.listener.failed(this, failure);
			return;
		}
		retryAfterPause();
	}

	private void retryAfterPause() {
		retry(this.pause);
		Duration doubled = this.pause.multipliedBy(2);
		this.pause = (doubled.compareTo(LONGEST_PAUSE) < 0) ? doubled : LONGEST_PAUSE;
	}

	/**
	 * Hears of the channel to the element.
	 */
	private final class Channels implements ElementChannelListener {

		@Override
		public void up(ElementChannel channel) {
			PoolSession session = PoolSession.this;
			if (channel != session.channel) {
				return;
			}
			session.connected = true;
			session.connectedNanos = session.runtime.nanoTime();
			session.heard = false;
			session.tried.clear();
			PoolElement from = session.previous;
			session.previous = channel.element();
			Octets echoed = session.cookie;
			if (echoed != null) {
				channel
					.send(new UserMessage(UserMessage.ASAP, session.codec.encode(new AsapMessage.CookieEcho(echoed))));
			}
			session.listener.connected(session, from, channel.element());
		}

		@Override
		public void message(ElementChannel channel, UserMessage message) {
			if (channel != PoolSession.this.channel) {
				return;
			}
			PoolSession.this.heard = true;
			if (message.payloadProtocol() != UserMessage.ASAP) {
				PoolSession.this.listener.message(PoolSession.this, message);
			}
			else if (PoolSession.this.codec.decodeAsap(message.data()) instanceof Decoded.Success<AsapMessage> success
					&& success.message() instanceof AsapMessage.Cookie received) {
				PoolSession.this.cookie = received.cookie();
				PoolSession.this.listener.cookie(PoolSession.this);
			}
		}

		@Override
		public void writable(ElementChannel channel) {
			if (channel == PoolSession.this.channel) {
				PoolSession.this.listener.writable(PoolSession.this);
			}
		}

		@Override
		public void sendFailed(ElementChannel channel, UserMessage message) {
			if (!PoolSession.this.closed && message.payloadProtocol() != UserMessage.ASAP) {
				PoolSession.this.listener.unsent(PoolSession.this, message);
			}
		}

		@Override
		public void down(ElementChannel channel, DownReason reason, String detail) {
			PoolSession session = PoolSession.this;
			if (channel != session.channel) {
				stopWhenIdle();
				return;
			}
			session.channel = null;
			boolean connected = session.connected;
			session.connected = false;
			if (connected) {
				session.searchingSinceNanos = session.runtime.nanoTime();
			}
			failOver(channel.element(), reason, detail, connected);
		}

	}

}
