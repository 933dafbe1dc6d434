package org.rserpool.test;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.rserpool.runtime.UserMessage;
import org.rserpool.session.SessionProtocol;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.Octets;
import org.rserpool.wire.WireCodec;

/**
 * What happened. The last events can be read; all of them count for the fingerprint.
 */
final class Trace {

	private static final int KEPT = 3_000;

	private static final WireCodec CODEC = new WireCodec(Dialect.RFC);

	private final Deque<Entry> entries = new ArrayDeque<>();

	/** The same without messages, and so from further back. */
	private final Deque<Entry> events = new ArrayDeque<>();

	private final Map<Integer, Long> messages = new TreeMap<>();

	private long fingerprint = 1;

	private Entry add(long time, String who, Supplier<String> what, long detail) {
		this.fingerprint = 31 * (31 * (31 * this.fingerprint + time) + who.hashCode()) + detail;
		Entry entry = new Entry(time, who, what);
		keep(this.entries, entry);
		return entry;
	}

	private static void keep(Deque<Entry> kept, Entry entry) {
		kept.add(entry);
		if (kept.size() > KEPT) {
			kept.remove();
		}
	}

	void add(long time, String who, String what) {
		keep(this.events, add(time, who, () -> what, what.hashCode()));
	}

	void message(long time, String from, String to, UserMessage message) {
		this.messages.merge(message.payloadProtocol(), 1L, Long::sum);
		ByteBuffer data = message.data();
		add(time, from, () -> "-> " + to + "  " + describe(message.payloadProtocol(), data),
				31L * to.hashCode() + data.hashCode());
	}

	long messages(int payloadProtocol) {
		return this.messages.getOrDefault(payloadProtocol, 0L);
	}

	long fingerprint() {
		return this.fingerprint;
	}

	/**
	 * Return the last events as lines of text, heartbeats left out.
	 */
	@Override
	public String toString() {
		return toString(this.entries);
	}

	/**
	 * Return the last events but messages as lines of text.
	 */
	String events() {
		return toString(this.events);
	}

	private static String toString(Deque<Entry> entries) {
		StringBuilder text = new StringBuilder();
		for (Entry entry : entries) {
			String what = entry.what().get();
			if (!what.endsWith("heartbeat")) {
				text.append(String.format("%10.3f ms  %-6s %s%n", entry.time() / 1e6, entry.who(), what));
			}
		}
		return text.toString();
	}

	private static String describe(int payloadProtocol, ByteBuffer data) {
		return switch (payloadProtocol) {
			case UserMessage.ASAP -> describe(CODEC.decodeAsap(data));
			case UserMessage.ENRP -> describe(CODEC.decodeEnrp(data));
			case SessionProtocol.HEARTBEAT -> "heartbeat";
			default -> "ppid " + payloadProtocol + " " + Octets.copyOf(data).toHex();
		};
	}

	private static String describe(Decoded<?> decoded) {
		return (decoded instanceof Decoded.Success<?> success) ? success.message().toString() : decoded.toString();
	}

	private record Entry(long time, String who, Supplier<String> what) {

	}

}
