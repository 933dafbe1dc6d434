package org.rserpool.rpc;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Remembers the named calls that arrived, and their answers, so that a call that arrives
 * again is not carried out again. A call is forgotten when its caller says that it ended,
 * when its answer is old, or when there are too many. What was forgotten is never taken
 * for new.
 */
final class ReplayCache {

	/** How long an answer is kept, in nanoseconds. */
	static final long WINDOW = 60_000_000_000L;

	static final int MAXIMUM_CALLERS = 10_000;

	private final int maximumOctets;

	private final Map<Long, Caller> callers = new LinkedHashMap<>(16, 0.75f, true);

	private final Map<Key, Entry> answers = new LinkedHashMap<>();

	private long octets;

	private boolean forgotCallers;

	/**
	 * Makes a cache without calls.
	 * @param maximumOctets how long all answers may be together
	 */
	ReplayCache(int maximumOctets) {
		this.maximumOctets = maximumOctets;
	}

	/**
	 * A named call arrived.
	 * @param replay its name
	 * @param by who is to be answered
	 * @param callId what the call is called there
	 * @param now the time now
	 * @return what to do
	 */
	Arrival arrived(RpcFrame.Replay replay, ServedCaller by, long callId, long now) {
		evict(now);
		Caller caller = this.callers.get(replay.caller());
		if (caller == null) {
			if (replay.instance() != 0 && this.forgotCallers) {
				return Arrival.FORGOTTEN;
			}
			caller = new Caller();
			this.callers.put(replay.caller(), caller);
			forgetCaller();
		}
		caller.ended(replay.caller(), replay.endedBelow());
		Entry known = caller.calls.get(replay.number());
		if (known != null) {
			known.by = by;
			known.callId = callId;
			return (known.answer != null) ? new Arrival(Kind.ANSWERED, known.answer) : Arrival.IN_PROGRESS;
		}
		if (replay.number() <= caller.forgottenUpTo) {
			return Arrival.FORGOTTEN;
		}
		caller.calls.put(replay.number(), new Entry(by, callId));
		return Arrival.NEW;
	}

	/**
	 * A named call was answered, or refused.
	 * @param replay its name
	 * @param answer the frame
	 * @param now the time now
	 * @return who is to be answered, or {@code null} if nobody waits any more
	 */
	@Nullable Waiting answered(RpcFrame.Replay replay, ByteBuffer answer, long now) {
		Caller caller = this.callers.get(replay.caller());
		Entry entry = (caller != null) ? caller.calls.get(replay.number()) : null;
		if (entry == null || entry.answer != null) {
			return null;
		}
		entry.answer = answer;
		entry.answeredNanos = now;
		this.answers.put(new Key(replay.caller(), replay.number()), entry);
		this.octets += answer.remaining();
		evict(now);
		return new Waiting(entry.by, entry.callId);
	}

	int size() {
		return this.answers.size();
	}

	private void evict(long now) {
		Iterator<Map.Entry<Key, Entry>> oldest = this.answers.entrySet().iterator();
		while (oldest.hasNext()) {
			Map.Entry<Key, Entry> next = oldest.next();
			if (this.octets <= this.maximumOctets && now - next.getValue().answeredNanos < WINDOW) {
				return;
			}
			oldest.remove();
			this.octets -= next.getValue().octets();
			Caller caller = this.callers.get(next.getKey().caller());
			if (caller != null) {
				caller.forget(next.getKey().number());
			}
		}
	}

	private void forgetCaller() {
		if (this.callers.size() <= MAXIMUM_CALLERS) {
			return;
		}
		Iterator<Map.Entry<Long, Caller>> leastRecent = this.callers.entrySet().iterator();
		Map.Entry<Long, Caller> gone = leastRecent.next();
		leastRecent.remove();
		this.forgotCallers = true;
		gone.getValue().calls.keySet().forEach((number) -> drop(gone.getKey(), number));
	}

	private void drop(long caller, long number) {
		Entry entry = this.answers.remove(new Key(caller, number));
		if (entry != null) {
			this.octets -= entry.octets();
		}
	}

	/**
	 * What is known of a call that arrived.
	 */
	enum Kind {

		/** It was not here before: it is to be carried out. */
		NEW,

		/** It is being carried out; its answer goes to who asked last. */
		IN_PROGRESS,

		/** It was answered. */
		ANSWERED,

		/** It may have been here before. */
		FORGOTTEN

	}

	/**
	 * What to do with a call that arrived.
	 *
	 * @param kind what is known of it
	 * @param answer what it was answered, or {@code null}
	 */
	record Arrival(Kind kind, @Nullable ByteBuffer answer) {

		static final Arrival NEW = new Arrival(Kind.NEW, null);

		static final Arrival IN_PROGRESS = new Arrival(Kind.IN_PROGRESS, null);

		static final Arrival FORGOTTEN = new Arrival(Kind.FORGOTTEN, null);

	}

	/**
	 * Who waits for an answer.
	 *
	 * @param caller the association
	 * @param callId what the call is called there
	 */
	record Waiting(ServedCaller caller, long callId) {
	}

	private record Key(long caller, long number) {
	}

	/**
	 * A call.
	 */
	private static final class Entry {

		private ServedCaller by;

		private long callId;

		private @Nullable ByteBuffer answer;

		private long answeredNanos;

		Entry(ServedCaller by, long callId) {
			this.by = by;
			this.callId = callId;
		}

		int octets() {
			ByteBuffer kept = this.answer;
			return (kept != null) ? kept.remaining() : 0;
		}

	}

	/**
	 * A caller with its calls.
	 */
	private final class Caller {

		private final Map<Long, Entry> calls = new HashMap<>();

		private long forgottenUpTo;

		void ended(long self, long endedBelow) {
			if (endedBelow - 1 <= this.forgottenUpTo) {
				return;
			}
			this.forgottenUpTo = endedBelow - 1;
			this.calls.entrySet().removeIf((call) -> {
				boolean over = call.getKey() < endedBelow && call.getValue().answer != null;
				if (over) {
					drop(self, call.getKey());
				}
				return over;
			});
		}

		void forget(long number) {
			this.calls.remove(number);
			this.forgottenUpTo = Math.max(this.forgottenUpTo, number);
		}

	}

}
