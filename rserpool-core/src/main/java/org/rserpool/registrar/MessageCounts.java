package org.rserpool.registrar;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.Message;

/**
 * Counts the messages of a registrar by their types, of which there is a fixed number.
 */
final class MessageCounts {

	private final Map<Class<?>, Count> counts = new LinkedHashMap<>();

	MessageCounts() {
		add("asap", AsapMessage.class);
		add("enrp", EnrpMessage.class);
	}

	private void add(String protocol, Class<?> messages) {
		for (Class<?> type : messages.getPermittedSubclasses()) {
			String name = type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
			this.counts.put(type, new Count(protocol, name));
		}
	}

	void received(Message message) {
		count(message).received++;
	}

	void sent(Message message) {
		count(message).sent++;
	}

	List<MessageCount> values() {
		return this.counts.values()
			.stream()
			.map((count) -> new MessageCount(count.protocol, count.type, count.received, count.sent))
			.toList();
	}

	private Count count(Message message) {
		Count count = this.counts.get(message.getClass());
		if (count == null) {
			throw new IllegalArgumentException(message.getClass() + " is no message of ASAP or ENRP");
		}
		return count;
	}

	private static final class Count {

		private final String protocol;

		private final String type;

		private long received;

		private long sent;

		private Count(String protocol, String type) {
			this.protocol = protocol;
			this.type = type;
		}

	}

}
