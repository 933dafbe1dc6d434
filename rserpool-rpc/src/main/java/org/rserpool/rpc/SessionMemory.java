package org.rserpool.rpc;

import java.nio.ByteBuffer;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.rserpool.rpc.state.SessionId;
import org.rserpool.rpc.state.StateCookie;
import org.rserpool.rpc.state.StateCookieException;
import org.rserpool.rpc.state.StateCookieException.Reason;
import org.rserpool.rpc.state.StateCookies;
import org.rserpool.runtime.Association;

/**
 * What an element knows of a session: its newest state, and the answer to its last call.
 * One call of a session after the other uses it, so it needs no lock.
 */
final class SessionMemory {

	/** Answers that are longer are not kept. */
	static final int LONGEST_ANSWER = 64 * 1024;

	private final SessionId id;

	private final StateCookies cookies;

	/** 0 while nothing is known. */
	private long branch;

	private long version;

	private byte[] state = {};

	private long lastCall;

	/** The answer to the last call, without a cookie; null if it is not kept. */
	private @Nullable RpcFrame lastAnswer;

	/** The newest state as the pool user gets it; null if that came from it. */
	private RpcFrame.@Nullable Saved lastSaved;

	private int size;

	private long restoredBranch;

	private long restoredVersion;

	/** The newest version that the pool user surely has. */
	private long acknowledged;

	private long savedMillis;

	private @Nullable Association owner;

	SessionMemory(SessionId id, StateCookies cookies) {
		this.id = id;
		this.cookies = cookies;
	}

	/**
	 * Return how many octets it takes, about.
	 */
	int size() {
		return 256 + this.state.length + this.size;
	}

	boolean belongsTo(Association association) {
		return this.owner == association;
	}

	/**
	 * A call begins. Decides which state holds: that of the cookie which came along, or
	 * that which is known here if it is newer.
	 * @param part what the request says of the session
	 * @param association where it comes from
	 * @return the state for the call, or its answer if the call was carried out already
	 * @throws StateCookieException if the cookie cannot be used
	 */
	Entry enter(RpcFrame.SessionPart part, Association association) throws StateCookieException {
		byte[] brought = part.cookie();
		if (brought != null) {
			take(this.cookies.open(this.id, brought), part.seen());
		}
		else if (this.branch == 0 && part.seen() == 0) {
			this.branch = this.cookies.drawBranch();
		}
		else if (this.branch == 0 || this.version < part.seen() || (!belongsTo(association) && this.acknowledged > 0)) {
			return new Entry(null, refusal(RefusalReason.COOKIE_WANTED,
					"version " + part.seen() + " of session " + this.id + " is not known here"));
		}
		this.owner = association;
		this.acknowledged = Math.max(this.acknowledged, Math.min(part.seen(), this.version));
		if (part.number() > this.lastCall) {
			return new Entry(new CallSession(this.id, part.number(), this.state, this.cookies.settings().codec()),
					null);
		}
		RpcFrame answer = this.lastAnswer;
		return new Entry(null,
				(part.number() == this.lastCall && answer != null) ? withCookie(answer, part.seen())
						: refusal(RefusalReason.FORGOTTEN, "call " + part.number() + " of session " + this.id
								+ " was carried out, and its answer is not kept"));
	}

	private void take(StateCookie cookie, long seen) throws StateCookieException {
		long newest = Math.max(seen, this.acknowledged);
		if (cookie.version() < newest) {
			throw new StateCookieException(Reason.REPLAYED, "the cookie of session " + this.id + " has version "
					+ cookie.version() + ", and its pool user has seen version " + newest);
		}
		boolean followed = cookie.branch() == this.branch
				|| (cookie.branch() == this.restoredBranch && cookie.version() == this.restoredVersion);
		if (this.branch == 0 || !followed) {
			this.branch = this.cookies.drawBranch();
			this.restoredBranch = cookie.branch();
			this.restoredVersion = cookie.version();
			this.version = cookie.version();
			this.state = cookie.state();
			this.lastCall = cookie.lastCall();
			byte[] answer = cookie.answer();
			this.lastAnswer = (answer != null) ? decode(answer) : null;
			this.size = (answer != null) ? answer.length : 0;
			this.lastSaved = null;
			this.savedMillis = 0;
		}
		this.acknowledged = Math.max(this.acknowledged, cookie.version());
	}

	/**
	 * A call ended.
	 * @param session its session
	 * @param answer its answer, without a cookie
	 * @param part what its request said of the session
	 * @return its answer, with a cookie if the pool user has not got the state yet
	 */
	RpcFrame leave(CallSession session, RpcFrame answer, RpcFrame.SessionPart part) {
		byte[] left;
		try {
			left = session.end();
			check(left);
		}
		catch (RuntimeException ex) {
			// Its changes are undone: what cannot be saved would be lost by and by.
			RpcFrame failure = Execution.failure(answer.callId(), ex);
			remember(part.number(), failure);
			return withCookie(failure, part.seen());
		}
		boolean changed = !Arrays.equals(left, this.state);
		if (changed || !part.idempotent()) {
			remember(part.number(), answer);
		}
		boolean aged = this.version > 0
				&& this.cookies.millis() - this.savedMillis >= this.cookies.settings().expiry().toMillis() / 2;
		if (changed || aged) {
			this.state = left;
			save();
		}
		return withCookie(answer, part.seen());
	}

	private void save() {
		this.version++;
		this.savedMillis = this.cookies.millis();
		RpcFrame answer = this.lastAnswer;
		byte[] kept = (answer != null && this.size <= this.cookies.settings().maxSize())
				? RpcFrameCodec.encode(answer).array() : null;
		this.lastSaved = new RpcFrame.Saved(this.version, this.cookies
			.seal(new StateCookie(this.id, this.version, this.branch, this.lastCall, kept, this.state)));
	}

	private void check(byte[] left) {
		int limit = this.cookies.settings().maxSize();
		if (left.length > limit) {
			throw new SessionStateException("The state of session " + this.id + " of pool " + this.cookies.pool()
					+ " would have " + left.length + " octets, and may have " + limit + " (state.max-size);"
					+ " what the call changed is undone");
		}
	}

	private void remember(long number, RpcFrame answer) {
		int octets = RpcFrameCodec.encode(answer).remaining();
		this.lastCall = number;
		this.lastAnswer = (octets <= LONGEST_ANSWER) ? answer : null;
		this.size = (octets <= LONGEST_ANSWER) ? octets : 0;
	}

	private RpcFrame withCookie(RpcFrame answer, long seen) {
		RpcFrame.Saved newest = this.lastSaved;
		return (newest != null && newest.version() > seen) ? saved(answer, newest) : answer;
	}

	private RpcFrame decode(byte[] answer) throws StateCookieException {
		try {
			return RpcFrameCodec.decode(ByteBuffer.wrap(answer));
		}
		catch (RpcFrameException ex) {
			throw new StateCookieException(Reason.MALFORMED,
					"the answer in the cookie of session " + this.id + " cannot be read: " + ex.getMessage());
		}
	}

	private static RpcFrame saved(RpcFrame answer, RpcFrame.Saved saved) {
		if (answer instanceof RpcFrame.Response response) {
			return new RpcFrame.Response(response.callId(), response.payload(), saved);
		}
		if (answer instanceof RpcFrame.Failure failure) {
			return new RpcFrame.Failure(failure.callId(), failure.className(), failure.message(), failure.stack(),
					saved);
		}
		return answer;
	}

	private static RpcFrame refusal(RefusalReason reason, String detail) {
		return new RpcFrame.Refusal(0, reason, detail);
	}

	/**
	 * How a call begins.
	 *
	 * @param session the state for it, or {@code null} if it is not carried out now
	 * @param answer what is answered then, with any call identifier
	 */
	record Entry(@Nullable CallSession session, @Nullable RpcFrame answer) {
	}

}
