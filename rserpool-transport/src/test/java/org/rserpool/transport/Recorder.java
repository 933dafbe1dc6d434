package org.rserpool.transport;

import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.UserMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes down what an endpoint tells, and checks how it tells it: on the loop, never from
 * inside a call, in the order that the contract gives.
 */
class Recorder implements EndpointListener {

	private final RoleLoop loop;

	private final Thread thread;

	private final Queue<Event> events = new ConcurrentLinkedQueue<>();

	private final Set<Association> ended = new HashSet<>();

	private final List<String> violations = new CopyOnWriteArrayList<>();

	private boolean inCall;

	Recorder(RoleLoop loop) {
		this.loop = loop;
		this.thread = loop.call(Thread::currentThread);
	}

	/**
	 * Calls an endpoint or an association on the loop.
	 * @param action the call
	 */
	void calling(Runnable action) {
		this.loop.call(() -> {
			this.inCall = true;
			try {
				action.run();
			}
			finally {
				this.inCall = false;
			}
			return true;
		});
	}

	@Override
	public void up(Association association) {
		if (events(association).size() > 0) {
			this.violations.add("up after " + events(association));
		}
		add(new Event("up", association, null, null, ""));
	}

	@Override
	public void message(Association association, UserMessage message) {
		add(new Event("message", association, message, null, ""));
	}

	@Override
	public void writable(Association association) {
		add(new Event("writable", association, null, null, ""));
	}

	@Override
	public void sendFailed(Association association, UserMessage message) {
		add(new Event("sendFailed", association, message, null, ""));
	}

	@Override
	public void down(Association association, DownReason reason, String detail) {
		add(new Event("down", association, null, reason, detail));
	}

	List<Event> events() {
		assertThat(this.violations).isEmpty();
		return List.copyOf(this.events);
	}

	List<Event> events(Association association) {
		return this.events.stream().filter((event) -> event.association() == association).toList();
	}

	List<Event> events(String kind) {
		return events().stream().filter((event) -> event.kind().equals(kind)).toList();
	}

	List<UserMessage> messages(String kind) {
		return events(kind).stream().map(Event::message).toList();
	}

	List<String> kinds() {
		return events().stream().map(Event::kind).toList();
	}

	private void add(Event event) {
		if (Thread.currentThread() != this.thread) {
			this.violations.add(event + " on " + Thread.currentThread());
		}
		if (this.inCall) {
			this.violations.add(event + " from inside a call");
		}
		if (this.ended.contains(event.association())) {
			this.violations.add(event + " after down");
		}
		if (event.kind().equals("down")) {
			this.ended.add(event.association());
		}
		this.events.add(event);
	}

	record Event(String kind, Association association, UserMessage message, DownReason reason, String detail) {
	}

}
