package org.rserpool.rpc;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.ElementChannel;
import org.rserpool.wire.PoolHandle;

/**
 * What cannot be sent yet, as too much waits on a channel already. Calls go on in the
 * order in which they came, where there is room first.
 */
final class Backlog {

	/** How often it is looked whether a pool has other elements by now. */
	private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

	/** What a call takes beside its payload, about. */
	private static final int OVERHEAD = 1024;

	private final RoleRuntime runtime;

	private final long limit;

	private final Map<PoolHandle, Line> lines = new HashMap<>();

	private Consumer<Waiting> next = (waiting) -> {
	};

	private long octets;

	private long lastPlace;

	/**
	 * Makes a backlog in which nothing waits.
	 * @param runtime its surroundings
	 * @param limit how many octets the calls may have that wait
	 */
	Backlog(RoleRuntime runtime, long limit) {
		this.runtime = runtime;
		this.limit = limit;
	}

	/**
	 * Sets what goes on with a call, which does not wait any more then.
	 */
	void next(Consumer<Waiting> goOn) {
		this.next = goOn;
	}

	/**
	 * Return how many octets the calls may have that wait.
	 */
	long limit() {
		return this.limit;
	}

	/**
	 * A channel takes no more until it is {@link #writable}.
	 */
	void block(ElementChannel channel) {
		this.lines.computeIfAbsent(channel.pool(), Line::new).full.put(channel.element().identifier(), channel);
	}

	boolean isFull(ElementChannel channel) {
		Line line = this.lines.get(channel.pool());
		return line != null && line.isFull(channel);
	}

	/**
	 * Return the elements of a pool whose channels take no more.
	 */
	Set<Integer> full(PoolHandle pool) {
		Line line = this.lines.get(pool);
		return (line != null) ? line.full.keySet() : Set.of();
	}

	/**
	 * Sends a message that is no call, or keeps it until there is room.
	 */
	void send(ElementChannel channel, UserMessage message) {
		Line line = this.lines.get(channel.pool());
		if (line != null && line.isFull(channel)) {
			line.held.computeIfAbsent(channel, (key) -> new ArrayDeque<>()).add(message);
		}
		else if (channel.send(message) == SendResult.WOULD_BLOCK) {
			block(channel);
			send(channel, message);
		}
	}

	/**
	 * Lets a call wait. One that waited before keeps its place.
	 * @param waiting the call, and for what it waits
	 * @return {@code false} if too much waits already
	 */
	boolean add(Waiting waiting) {
		Call call = waiting.call();
		if (this.octets + size(call) > this.limit) {
			return false;
		}
		this.octets += size(call);
		if (call.place() == 0) {
			call.place(++this.lastPlace);
		}
		this.lines.computeIfAbsent(call.request().pool(), Line::new).add(waiting);
		return true;
	}

	boolean has(Call call) {
		Line line = this.lines.get(call.request().pool());
		return line != null && line.waiting.containsKey(call.place());
	}

	/**
	 * A call ended.
	 */
	void remove(Call call) {
		Line line = this.lines.get(call.request().pool());
		if (line != null) {
			line.take(call.place());
			line.tidy();
		}
	}

	/**
	 * A channel takes messages again.
	 */
	void writable(ElementChannel channel) {
		Line line = this.lines.get(channel.pool());
		if (line != null && line.isFull(channel)) {
			line.writable(channel);
			line.tidy();
		}
	}

	/**
	 * A channel ended.
	 * @param channel the channel
	 * @return the calls that waited for it alone, which do not wait any more
	 */
	List<Waiting> down(ElementChannel channel) {
		Line line = this.lines.get(channel.pool());
		if (line == null || !line.isFull(channel)) {
			return List.of();
		}
		List<Waiting> bound = line.down(channel);
		line.tidy();
		return bound;
	}

	private static long size(Call call) {
		return OVERHEAD + call.request().payload().length;
	}

	/**
	 * A call that waits.
	 *
	 * @param call the call
	 * @param target where alone it may be sent, or {@code null} for any element
	 * @param channel the channel of that, or {@code null}
	 */
	record Waiting(Call call, @Nullable Target target, @Nullable ElementChannel channel) {

	}

	/**
	 * What waits for the elements of one pool.
	 */
	private final class Line {

		private final PoolHandle pool;

		private final Map<Integer, ElementChannel> full = new HashMap<>();

		private final Map<ElementChannel, Deque<UserMessage>> held = new HashMap<>();

		/** By their places. */
		private final TreeMap<Long, Waiting> waiting = new TreeMap<>();

		private @Nullable Timer timer;

		Line(PoolHandle pool) {
			this.pool = pool;
		}

		boolean isFull(ElementChannel channel) {
			return this.full.get(channel.element().identifier()) == channel;
		}

		void add(Waiting call) {
			this.waiting.put(call.call().place(), call);
			if (this.timer == null) {
				this.timer = Backlog.this.runtime.schedule(LOOK_AGAIN, this::lookAgain);
			}
		}

		@Nullable Waiting take(long place) {
			Waiting taken = this.waiting.remove(place);
			if (taken != null) {
				Backlog.this.octets -= size(taken.call());
			}
			return taken;
		}

		void writable(ElementChannel channel) {
			Deque<UserMessage> messages = this.held.get(channel);
			while (messages != null && !messages.isEmpty()) {
				if (channel.send(messages.element()) == SendResult.WOULD_BLOCK) {
					return;
				}
				messages.remove();
			}
			this.held.remove(channel);
			this.full.remove(channel.element().identifier());
			goOn((call) -> call.channel() == null || call.channel() == channel, (place) -> isFull(channel));
		}

		List<Waiting> down(ElementChannel channel) {
			this.held.remove(channel);
			this.full.remove(channel.element().identifier());
			List<Waiting> bound = new ArrayList<>();
			List.copyOf(this.waiting.values()).forEach((call) -> {
				if (call.channel() == channel) {
					take(call.call().place());
					bound.add(call);
				}
			});
			goOn((call) -> call.channel() == null, this.waiting::containsKey);
			return bound;
		}

		private void lookAgain() {
			this.timer = null;
			goOn((call) -> {
				if (call.channel() == null) {
					call.call().nextRound();
				}
				return call.channel() == null;
			}, this.waiting::containsKey);
			if (!this.waiting.isEmpty() && this.timer == null) {
				this.timer = Backlog.this.runtime.schedule(LOOK_AGAIN, this::lookAgain);
			}
			tidy();
		}

		/**
		 * Goes on with the calls that wait now and may, until there is no room again.
		 */
		private void goOn(Predicate<Waiting> may, Predicate<Long> until) {
			long last = this.waiting.isEmpty() ? 0 : this.waiting.lastKey();
			Long place = this.waiting.higherKey(0L);
			while (place != null && place <= last) {
				Waiting first = this.waiting.get(place);
				if (first != null && may.test(first)) {
					take(place);
					Backlog.this.next.accept(first);
					if (until.test(place)) {
						return;
					}
				}
				place = this.waiting.higherKey(place);
			}
		}

		void tidy() {
			if (this.waiting.isEmpty() && this.timer != null) {
				this.timer.cancel();
				this.timer = null;
			}
			if (this.waiting.isEmpty() && this.full.isEmpty()) {
				Backlog.this.lines.remove(this.pool, this);
			}
		}

	}

}
