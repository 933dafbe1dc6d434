package org.rserpool.rpc;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rserpool.rpc.state.SessionId;
import org.rserpool.rpc.state.StateCookies;
import org.rserpool.runtime.Association;

/**
 * The sessions that an element serves. One that rests for long, or for which there is no
 * room, is forgotten; its pool user brings it back by its cookie. On the loop.
 */
final class ServedSessions {

	static final int MAXIMUM = 10_000;

	private static final long MAXIMUM_OCTETS = 64 * 1024 * 1024;

	private final StateCookies cookies;

	private final Map<SessionId, ServedSession> sessions = new LinkedHashMap<>(16, 0.75f, true);

	/** How many there are, for other threads than that of the loop. */
	private volatile int size;

	/** The size of all sessions that are idle. */
	private long octets;

	ServedSessions(StateCookies cookies) {
		this.cookies = cookies;
	}

	/**
	 * Finds a session, or makes one of which nothing is known. It is in use from now on.
	 */
	ServedSession use(SessionId id) {
		long now = this.cookies.millis();
		forget(now);
		ServedSession session = this.sessions.get(id);
		if (session == null) {
			session = new ServedSession(new SessionMemory(id, this.cookies));
			this.sessions.put(id, session);
		}
		this.size = this.sessions.size();
		count(session, 0);
		session.used(now);
		return session;
	}

	@Nullable ServedSession known(SessionId id) {
		return this.sessions.get(id);
	}

	/**
	 * A session may rest now.
	 */
	void used(ServedSession session) {
		if (session.idle()) {
			count(session, session.memory().size());
		}
	}

	private void count(ServedSession session, int size) {
		this.octets += size - session.counted();
		session.counted(size);
	}

	/**
	 * A pool user has no more calls in a session.
	 * @param id which session
	 * @param association where that was said
	 */
	void end(SessionId id, Association association) {
		ServedSession session = this.sessions.get(id);
		if (session != null && session.idle() && session.memory().belongsTo(association)) {
			this.sessions.remove(id);
			this.size = this.sessions.size();
			count(session, 0);
		}
	}

	/**
	 * Return how many there are. Any thread may ask.
	 */
	int size() {
		return this.size;
	}

	private void forget(long now) {
		long expiry = this.cookies.settings().expiry().toMillis();
		Iterator<ServedSession> oldest = this.sessions.values().iterator();
		while (oldest.hasNext()) {
			ServedSession session = oldest.next();
			boolean over = this.sessions.size() >= MAXIMUM || this.octets > MAXIMUM_OCTETS
					|| now - session.lastUsedMillis() >= expiry;
			if (!over) {
				return;
			}
			if (session.idle()) {
				oldest.remove();
				count(session, 0);
			}
		}
	}

}
