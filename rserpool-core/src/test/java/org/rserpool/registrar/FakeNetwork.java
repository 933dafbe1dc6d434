package org.rserpool.registrar;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.PeerIdentity;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

/**
 * A network of processes in virtual time: connections with a latency of a millisecond,
 * processes that die, hang and are cut off.
 */
final class FakeNetwork {

	/** The port from which a process sets up its first association. */
	static final int FIRST_PORT = 40_000;

	private static final long LATENCY = 1_000_000;

	private static final long CONNECT_TIMEOUT = 3_000_000_000L;

	private final PriorityQueue<Event> events = new PriorityQueue<>();

	private final Map<InetSocketAddress, FakeEndpoint> listening = new LinkedHashMap<>();

	private final Random random;

	private long now = 1;

	private long sequence;

	private int processes;

	FakeNetwork(long seed) {
		this.random = new Random(seed);
	}

	Process process() {
		return new Process(++this.processes);
	}

	long nanoTime() {
		return this.now;
	}

	void run(Duration duration) {
		long end = this.now + duration.toNanos();
		Event next = this.events.peek();
		while (next != null && next.time <= end) {
			step();
			next = this.events.peek();
		}
		this.now = end;
	}

	/**
	 * Runs until a condition holds.
	 * @return how long it took
	 */
	Duration await(Duration limit, BooleanSupplier condition) {
		long start = this.now;
		while (!condition.getAsBoolean()) {
			Event next = this.events.peek();
			if (next == null || next.time - start > limit.toNanos()) {
				throw new AssertionError("Not within " + limit);
			}
			step();
		}
		return Duration.ofNanos(this.now - start);
	}

	private void step() {
		Event event = this.events.remove();
		this.now = Math.max(this.now, event.time);
		if (!event.over) {
			event.over = true;
			event.process.run(event.incarnation, event.task);
		}
	}

	private Event post(Process process, long delay, Runnable task) {
		Event event = new Event(this.now + Math.max(0, delay), this.sequence++, process, task);
		this.events.add(event);
		return event;
	}

	private static final class Event implements Comparable<Event> {

		private final long time;

		private final long number;

		private final Process process;

		private final int incarnation;

		private final Runnable task;

		/** Whether it happened, or was cancelled. */
		private boolean over;

		Event(long time, long number, Process process, Runnable task) {
			this.time = time;
			this.number = number;
			this.process = process;
			this.incarnation = process.incarnation;
			this.task = task;
		}

		@Override
		public int compareTo(Event other) {
			int byTime = Long.compare(this.time, other.time);
			return (byTime != 0) ? byTime : Long.compare(this.number, other.number);
		}

	}

	final class Process implements RoleRuntime {

		private final InetAddress address;

		private final List<Runnable> held = new ArrayList<>();

		private final Set<FakeAssociation> associations = new LinkedHashSet<>();

		private final List<Process> unreachable = new ArrayList<>();

		private int nextPort = FIRST_PORT;

		private int timers;

		/** What a certificate says of this process, if it has one. */
		@Nullable PeerIdentity identity;

		private boolean hung;

		private boolean dead;

		/** Tells what is meant for this process from what was meant for one before it. */
		private int incarnation;

		private Process(int number) {
			try {
				this.address = InetAddress
					.getByAddress(new byte[] { 10, (byte) (number >> 16), (byte) (number >> 8), (byte) number });
			}
			catch (UnknownHostException ex) {
				throw new IllegalStateException(ex);
			}
		}

		InetAddress address() {
			return this.address;
		}

		InetSocketAddress at(int port) {
			return new InetSocketAddress(this.address, port);
		}

		private void run(int addressee, Runnable task) {
			if (addressee != this.incarnation) {
				return;
			}
			if (this.hung) {
				this.held.add(task);
			}
			else if (!this.dead) {
				task.run();
			}
		}

		/**
		 * Return how many timers run.
		 */
		int timers() {
			return this.timers;
		}

		boolean isDead() {
			return this.dead;
		}

		void hang() {
			this.hung = true;
		}

		void resume() {
			this.hung = false;
			List<Runnable> tasks = List.copyOf(this.held);
			this.held.clear();
			tasks.forEach((task) -> post(this, 0, task));
		}

		void kill() {
			this.dead = true;
			this.hung = false;
			this.held.clear();
			FakeNetwork.this.listening.values().removeIf((endpoint) -> endpoint.process == this);
			for (FakeAssociation association : List.copyOf(this.associations)) {
				association.breakDown(DownReason.ABORTED);
				association.down = true;
				association.endpoint.closed = true;
			}
		}

		/**
		 * Starts another process in the place of a dead one.
		 */
		void revive() {
			this.dead = false;
			this.incarnation++;
		}

		void breakSome(Random choice) {
			for (FakeAssociation association : List.copyOf(this.associations)) {
				if (choice.nextBoolean()) {
					association.breakDown(DownReason.ABORTED);
				}
			}
		}

		/**
		 * Cuts the connections between this process and another one: what is sent waits.
		 */
		void cutOff(Process other) {
			this.unreachable.add(other);
			other.unreachable.add(this);
		}

		/**
		 * Breaks the connections with another process, and what waits in them.
		 */
		void loseConnections(Process other) {
			for (FakeAssociation association : List.copyOf(this.associations)) {
				if (association.other != null && association.other.endpoint.process == other) {
					association.breakDown(DownReason.TIMEOUT);
				}
			}
		}

		void reconnect(Process other) {
			this.unreachable.remove(other);
			other.unreachable.remove(this);
			this.associations.forEach((association) -> {
				association.flush();
				if (association.other != null) {
					association.other.flush();
				}
			});
		}

		@Override
		public long nanoTime() {
			return FakeNetwork.this.now;
		}

		@Override
		public Timer schedule(Duration delay, Runnable task) {
			this.timers++;
			Event event = post(this, delay.toNanos(), () -> {
				this.timers--;
				task.run();
			});
			return () -> {
				this.timers -= event.over ? 0 : 1;
				event.over = true;
			};
		}

		@Override
		public RandomGenerator random() {
			return FakeNetwork.this.random;
		}

		@Override
		public Endpoint open(EndpointSpecification specification, EndpointListener listener) {
			FakeEndpoint endpoint = new FakeEndpoint(this, specification, listener);
			for (InetSocketAddress local : endpoint.addresses) {
				if (FakeNetwork.this.listening.putIfAbsent(local, endpoint) != null) {
					throw new EndpointException("Address in use: " + local);
				}
			}
			return endpoint;
		}

	}

	private final class FakeEndpoint implements Endpoint {

		private final Process process;

		private final EndpointSpecification specification;

		private final EndpointListener listener;

		private final List<InetSocketAddress> addresses;

		private boolean closed;

		FakeEndpoint(Process process, EndpointSpecification specification, EndpointListener listener) {
			this.process = process;
			this.specification = specification;
			this.listener = listener;
			this.addresses = specification.local();
		}

		@Override
		public TransportProtocol protocol() {
			return this.specification.protocol();
		}

		@Override
		public List<InetSocketAddress> localAddresses() {
			return this.addresses.stream().allMatch((local) -> FakeNetwork.this.listening.get(local) == this)
					? this.addresses : List.of();
		}

		@Override
		public Association associate(List<InetSocketAddress> peer) {
			FakeAssociation association = new FakeAssociation(this, true, peer.get(0),
					this.process.at(40_000 + this.process.nextPort++ % 20_000));
			FakeEndpoint there = FakeNetwork.this.listening.get(peer.get(0));
			if (there == null) {
				association.fail(2 * LATENCY);
			}
			else if (this.process.unreachable.contains(there.process)) {
				association.fail(CONNECT_TIMEOUT);
			}
			else {
				association.connect(there);
			}
			return association;
		}

		@Override
		public void stopListening() {
			this.addresses.forEach((local) -> FakeNetwork.this.listening.remove(local, this));
		}

		@Override
		public void close() {
			this.closed = true;
			stopListening();
			List.copyOf(this.process.associations)
				.stream()
				.filter((association) -> association.endpoint == this)
				.forEach((association) -> association.breakDown(DownReason.ABORTED));
		}

	}

	private final class FakeAssociation implements Association {

		private final FakeEndpoint endpoint;

		private final boolean outbound;

		private final InetSocketAddress remote;

		private final InetSocketAddress local;

		private final List<UserMessage> unsent = new ArrayList<>();

		private @Nullable FakeAssociation other;

		private boolean up;

		private boolean down;

		FakeAssociation(FakeEndpoint endpoint, boolean outbound, InetSocketAddress remote, InetSocketAddress local) {
			this.endpoint = endpoint;
			this.outbound = outbound;
			this.remote = remote;
			this.local = local;
			endpoint.process.associations.add(this);
		}

		void fail(long delay) {
			post(this.endpoint.process, delay, () -> end(DownReason.CANNOT_START));
		}

		void connect(FakeEndpoint there) {
			this.other = new FakeAssociation(there, false, this.local, this.remote);
			this.other.other = this;
			this.other.become(LATENCY);
			become(2 * LATENCY);
		}

		private void become(long delay) {
			post(this.endpoint.process, delay, () -> {
				if (!this.down && !this.endpoint.closed) {
					this.up = true;
					this.endpoint.listener.up(this);
					flush();
				}
			});
		}

		private void end(DownReason reason) {
			if (!this.down) {
				this.down = true;
				this.endpoint.process.associations.remove(this);
				if (!this.endpoint.closed) {
					this.endpoint.listener.down(this, reason, "test");
				}
			}
		}

		void breakDown(DownReason reason) {
			post(this.endpoint.process, 0, () -> end(reason));
			FakeAssociation peer = this.other;
			if (peer != null) {
				post(peer.endpoint.process, LATENCY, () -> peer.end(reason));
			}
			this.endpoint.process.associations.remove(this);
		}

		void flush() {
			FakeAssociation peer = this.other;
			if (peer == null || !this.up || this.endpoint.process.unreachable.contains(peer.endpoint.process)) {
				return;
			}
			for (UserMessage message : this.unsent) {
				post(peer.endpoint.process, LATENCY, () -> {
					if (!peer.down && !peer.endpoint.closed) {
						peer.endpoint.listener.message(peer, message);
					}
				});
			}
			this.unsent.clear();
		}

		@Override
		public TransportProtocol protocol() {
			return this.endpoint.protocol();
		}

		@Override
		public boolean outbound() {
			return this.outbound;
		}

		@Override
		public List<InetSocketAddress> peerAddresses() {
			return List.of(this.remote);
		}

		@Override
		public List<InetSocketAddress> localAddresses() {
			return this.up ? List.of(this.local) : List.of();
		}

		@Override
		public @Nullable PeerIdentity peerIdentity() {
			return (this.up && this.other != null) ? this.other.endpoint.process.identity : null;
		}

		@Override
		public SendResult send(UserMessage message) {
			if (this.down) {
				return SendResult.CLOSED;
			}
			this.unsent.add(message);
			flush();
			return SendResult.QUEUED;
		}

		@Override
		public void shutdown() {
			breakDown(DownReason.SHUTDOWN);
		}

		@Override
		public void abort() {
			breakDown(DownReason.ABORTED);
		}

	}

}
