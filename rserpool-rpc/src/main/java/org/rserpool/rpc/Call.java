package org.rserpool.rpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Timer;
import org.rserpool.session.ElementChannel;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;

/**
 * A call that is being made. All but its making and its result belongs to the caller's
 * loop.
 */
final class Call {

	private final RpcRequest request;

	private final CompletableFuture<byte[]> result;

	private final long startNanos;

	private @Nullable ByteBuffer encoded;

	private List<CallAttempt> attempts = List.of();

	private Set<Integer> tried = Set.of();

	private int rounds;

	private long callId;

	private @Nullable ElementChannel channel;

	private boolean unsent;

	private @Nullable Timer deadline;

	private @Nullable Timer pause;

	/**
	 * Makes a call, not started. May be done on any thread.
	 * @param request what is called
	 * @param result told of the outcome
	 * @param startNanos the time now
	 * @throws IllegalArgumentException if the method or the metadata are too long
	 */
	Call(RpcRequest request, CompletableFuture<byte[]> result, long startNanos) {
		this.request = request;
		this.result = result;
		this.startNanos = startNanos;
		this.encoded = encode();
	}

	RpcRequest request() {
		return this.request;
	}

	CompletableFuture<byte[]> result() {
		return this.result;
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
	 * @return a frame that nobody else holds, to be addressed
	 */
	ByteBuffer frame() {
		ByteBuffer frame = this.encoded;
		this.encoded = null;
		return (frame != null) ? frame : encode();
	}

	void sent(long newCallId, ElementChannel by) {
		this.callId = newCallId;
		this.channel = by;
		this.unsent = false;
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

	void markUnsent() {
		this.unsent = true;
	}

	boolean unsent() {
		return this.unsent;
	}

	void attemptEnded(PoolElement element, CallOutcome outcome, String error, long now) {
		if (this.attempts.isEmpty()) {
			this.attempts = new ArrayList<>();
			this.tried = new HashSet<>();
		}
		this.channel = null;
		this.attempts.add(new CallAttempt(element.identifier(), address(element.userTransport()), outcome, error,
				Duration.ofNanos(now - this.startNanos)));
		this.tried.add(element.identifier());
	}

	List<CallAttempt> attempts() {
		return this.attempts;
	}

	boolean anyUnknown() {
		return this.attempts.stream().anyMatch((attempt) -> attempt.outcome() == CallOutcome.UNKNOWN);
	}

	Set<Integer> tried() {
		return this.tried;
	}

	/**
	 * Lets all elements be tried again.
	 * @return how often that happened before
	 */
	int nextRound() {
		this.tried.clear();
		return this.rounds++;
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

	private ByteBuffer encode() {
		return RpcFrameCodec.encodeRequest(this.request.pool(), this.request.method(), this.request.metadata(),
				this.request.payload());
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
