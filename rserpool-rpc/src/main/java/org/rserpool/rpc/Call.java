package org.rserpool.rpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Timer;
import org.rserpool.session.ElementChannel;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;

/**
 * A call that is being made. All but its making belongs to the caller's loop.
 */
final class Call {

	private final RpcRequest request;

	private final Reply reply;

	private final long startNanos;

	private final @Nullable UserSession session;

	private long number;

	private boolean returned;

	private @Nullable ByteBuffer encoded;

	private List<CallAttempt> attempts = List.of();

	private Set<Integer> tried = Set.of();

	private int rounds;

	private long place;

	private long callId;

	private @Nullable ElementChannel channel;

	private RpcFrame.@Nullable Replay replay;

	private boolean unsent;

	private boolean suspect;

	private boolean transparent;

	private boolean unresolved;

	private boolean begun;

	private @Nullable Timer deadline;

	private @Nullable Timer pause;

	/**
	 * Makes a call, not started. May be done on any thread.
	 * @param request what is called
	 * @param reply told of the outcome
	 * @param startNanos the time now
	 * @throws IllegalArgumentException if the method or the metadata are too long
	 */
	Call(RpcRequest request, Reply reply, long startNanos) {
		this(request, reply, startNanos, null);
	}

	/**
	 * Makes a call that may be part of a session, not started. May be done on any thread.
	 * @param request what is called
	 * @param reply told of the outcome
	 * @param startNanos the time now
	 * @param session the session, or {@code null}
	 * @throws IllegalArgumentException if the method or the metadata are too long
	 */
	Call(RpcRequest request, Reply reply, long startNanos, @Nullable UserSession session) {
		this.session = session;
		this.request = request;
		this.reply = reply;
		this.startNanos = startNanos;
		ByteBuffer frame = encode(request.metadata(), null);
		this.encoded = (session == null) ? frame : null;
	}

	RpcRequest request() {
		return this.request;
	}

	Reply reply() {
		return this.reply;
	}

	@Nullable UserSession session() {
		return this.session;
	}

	/**
	 * The calls before it in its session ended.
	 */
	void number(long given) {
		this.number = given;
	}

	/**
	 * Return whether its element knows it by the caller's numbering when it comes again.
	 */
	boolean named() {
		return this.session == null && this.request.named();
	}

	/**
	 * Return whether it may be made again when nobody knows if it was carried out.
	 */
	boolean repeatable() {
		return this.request.idempotent() || this.session != null;
	}

	/**
	 * Return whether it may be sent before its element is known to be there, as it may be
	 * made again if it never answers.
	 */
	boolean early() {
		return this.request.idempotent() && this.session == null;
	}

	/**
	 * The call of a session goes back to its element once, whose channel broke.
	 * @return whether it did not before
	 */
	boolean goBack() {
		boolean first = this.session != null && !this.returned;
		this.returned = true;
		return first;
	}

	/**
	 * Return whether as many elements were tried as may be.
	 */
	boolean exhausted() {
		return this.attempts.size() - ((this.session != null && this.returned) ? 1 : 0) >= this.request.maxAttempts();
	}

	long leftNanos(long now) {
		Duration limit = this.request.deadline();
		long nanos = (limit.compareTo(Duration.ofDays(365)) < 0) ? limit.toNanos() : Duration.ofDays(365).toNanos();
		return nanos - ageNanos(now);
	}

	long ageNanos(long now) {
		return now - this.startNanos;
	}

	/**
	 * Return the frame for the next attempt.
	 * @param more metadata of this attempt alone
	 * @param channel where it is sent
	 * @return a frame that nobody else holds, to be addressed
	 */
	ByteBuffer frame(Map<String, String> more, ElementChannel channel) {
		UserSession part = this.session;
		if (!more.isEmpty() || part != null) {
			Map<String, String> metadata = new HashMap<>(this.request.metadata());
			metadata.putAll(more);
			return encode(metadata, (part != null) ? part.part(this.number, this.request.idempotent(), channel) : null);
		}
		ByteBuffer frame = this.encoded;
		this.encoded = null;
		return (frame != null) ? frame : encode(this.request.metadata(), null);
	}

	void sent(long newCallId, ElementChannel by, boolean toSuspect, RpcFrame.@Nullable Replay named) {
		this.callId = newCallId;
		this.channel = by;
		this.unsent = false;
		this.suspect = toSuspect;
		this.replay = named;
	}

	/**
	 * Return the channel of the attempt in progress.
	 * @return the channel, or {@code null} while no element has the call
	 */
	@Nullable ElementChannel channel() {
		return this.channel;
	}

	long callId() {
		return this.callId;
	}

	/**
	 * Return how the last attempt named the call.
	 */
	RpcFrame.@Nullable Replay replay() {
		return this.replay;
	}

	boolean suspect() {
		return this.suspect;
	}

	void markUnsent() {
		this.unsent = true;
	}

	boolean unsent() {
		return this.unsent;
	}

	/**
	 * The first item of a stream came: the call is made nowhere else, and its deadline is
	 * kept.
	 */
	void markBegun() {
		if (!this.begun) {
			this.begun = true;
			stopTimers();
		}
	}

	boolean begun() {
		return this.begun;
	}

	/**
	 * Notes an attempt that failed.
	 * @param element the element
	 * @param outcome what is known of the attempt
	 * @param isTransparent whether another one is free
	 * @param error what went wrong
	 * @param now the time now
	 * @return the attempt
	 */
	CallAttempt attemptEnded(PoolElement element, CallOutcome outcome, boolean isTransparent, String error, long now) {
		if (this.attempts.isEmpty()) {
			this.attempts = new ArrayList<>();
			this.tried = new HashSet<>();
		}
		this.channel = null;
		this.transparent = isTransparent;
		this.unresolved |= outcome == CallOutcome.UNKNOWN;
		CallAttempt attempt = attempt(element, outcome, error, now);
		this.attempts.add(attempt);
		this.tried.add(element.identifier());
		return attempt;
	}

	/**
	 * Return an attempt that is not noted.
	 */
	CallAttempt attempt(PoolElement element, CallOutcome outcome, String error, long now) {
		return new CallAttempt(element.identifier(), address(element), outcome, error, Duration.ofNanos(ageNanos(now)));
	}

	List<CallAttempt> attempts() {
		return this.attempts;
	}

	/**
	 * Return whether the next attempt takes nothing from the retry budget, if it goes to
	 * an element that is trusted.
	 */
	boolean free() {
		return this.attempts.isEmpty() || (this.transparent && this.rounds == 0);
	}

	/**
	 * Return whether some element may have carried the call out.
	 */
	boolean unresolved() {
		return this.unresolved;
	}

	/**
	 * The element said that it did not carry the call out.
	 */
	void resolved() {
		this.unresolved = false;
	}

	Set<Integer> tried() {
		return this.tried;
	}

	/**
	 * Lets all elements be tried again.
	 * @return how often that happened before
	 */
	int nextRound() {
		if (!this.tried.isEmpty()) {
			this.tried.clear();
		}
		return this.rounds++;
	}

	/**
	 * Return its place among the calls that wait for room.
	 * @return the place, 0 if it did not wait yet
	 */
	long place() {
		return this.place;
	}

	void place(long given) {
		this.place = given;
	}

	void limit(Timer timer) {
		this.deadline = timer;
	}

	void pause(Timer timer) {
		this.pause = timer;
	}

	void stopTimers() {
		if (this.deadline != null) {
			this.deadline.cancel();
		}
		if (this.pause != null) {
			this.pause.cancel();
		}
	}

	private ByteBuffer encode(Map<String, String> metadata, RpcFrame.@Nullable SessionPart part) {
		return RpcFrameCodec.encodeRequest(this.request.pool(), this.request.method(), metadata, this.request.payload(),
				this.reply.stream(), named(), part);
	}

	static InetSocketAddress address(PoolElement element) {
		return address(element.userTransport());
	}

	static InetSocketAddress address(Transport transport) {
		if (transport instanceof Transport.Tcp tcp) {
			return new InetSocketAddress(tcp.address(), tcp.port());
		}
		if (transport instanceof Transport.Sctp sctp) {
			return new InetSocketAddress(sctp.addresses().get(0), sctp.port());
		}
		return new InetSocketAddress((InetAddress) null, 0);
	}

}
