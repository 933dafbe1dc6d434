package org.rserpool.rpc;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import org.rserpool.rpc.state.SessionId;

/**
 * Writes and reads what frames say about sessions.
 */
final class SessionFields {

	/** Flag of a response or failure: it has a cookie. */
	static final int SAVED = 2;

	/** Flag of a request: it is part of a session. */
	static final int PART = 4;

	/** Flag of a request: it is part of a session, and idempotent. */
	static final int IDEMPOTENT = 8;

	private static final int FLAGS = 2;

	private static final int PART_LENGTH = 36;

	private static final int SAVED_LENGTH = 12;

	private SessionFields() {
	}

	static int length(RpcFrame.@Nullable SessionPart part) {
		return (part == null) ? 0 : PART_LENGTH + ((part.cookie() != null) ? part.cookie().length : 0);
	}

	static void write(ByteBuffer out, RpcFrame.@Nullable SessionPart part) {
		if (part == null) {
			return;
		}
		out.put(FLAGS, (byte) (out.get(FLAGS) | PART | (part.idempotent() ? IDEMPOTENT : 0)));
		write(out, part.id());
		out.putLong(part.number()).putLong(part.seen());
		byte[] cookie = part.cookie();
		out.putInt((cookie != null) ? cookie.length : 0);
		if (cookie != null) {
			out.put(cookie);
		}
	}

	static int length(RpcFrame.@Nullable Saved saved) {
		return (saved != null) ? SAVED_LENGTH + saved.cookie().length : 0;
	}

	static void write(ByteBuffer out, RpcFrame.@Nullable Saved saved) {
		if (saved != null) {
			out.put(FLAGS, (byte) (out.get(FLAGS) | SAVED));
			out.putLong(saved.version()).putInt(saved.cookie().length).put(saved.cookie());
		}
	}

	static void write(ByteBuffer out, SessionId id) {
		out.putLong(id.high()).putLong(id.low());
	}

	static SessionId id(ByteBuffer in) {
		return new SessionId(in.getLong(), in.getLong());
	}

	static RpcFrame.SessionPart part(boolean idempotent, ByteBuffer in) {
		SessionId id = id(in);
		long number = in.getLong();
		long seen = in.getLong();
		byte[] cookie = cookie(in);
		return new RpcFrame.SessionPart(id, number, seen, idempotent, (cookie.length > 0) ? cookie : null);
	}

	static RpcFrame.Saved saved(ByteBuffer in) {
		return new RpcFrame.Saved(in.getLong(), cookie(in));
	}

	private static byte[] cookie(ByteBuffer in) {
		int length = in.getInt();
		if (length < 0 || length > in.remaining()) {
			throw new BufferUnderflowException();
		}
		byte[] cookie = new byte[length];
		in.get(cookie);
		return cookie;
	}

}
