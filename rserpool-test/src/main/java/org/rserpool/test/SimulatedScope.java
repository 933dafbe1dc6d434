package org.rserpool.test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Timer;
import org.rserpool.runtime.UserMessage;

/**
 * An operation scope on a virtual clock and a virtual network. An hour passes in
 * milliseconds, and the same seed replays the same history exactly. Not thread-safe.
 *
 * @since 0.1
 */
public final class SimulatedScope {

	private static final long LOOK_AGAIN = Duration.ofMillis(10).toNanos();

	private final EventQueue queue = new EventQueue();

	private final Trace trace = new Trace();

	private final List<SimulatedProcess> processes = new ArrayList<>();

	private final List<Runnable> checks = new ArrayList<>();

	private final long seed;

	private final SplittableRandom random;

	private final SimulatedNetwork network;

	private final SimulatedMulticast multicast;

	private final SimulatedNames names = new SimulatedNames();

	/**
	 * Makes an empty scope.
	 * @param seed decides all that is left to chance
	 */
	public SimulatedScope(long seed) {
		this.seed = seed;
		this.random = new SplittableRandom(seed);
		this.network = new SimulatedNetwork(this, this.random.split());
		// Not split from the scope's own source: histories without multicast stay the
		// same.
		this.multicast = new SimulatedMulticast(this, new SplittableRandom(~seed));
	}

	/**
	 * Return the seed.
	 * @return the seed
	 */
	public long seed() {
		return this.seed;
	}

	/**
	 * Return the time since the scope began.
	 * @return the virtual time
	 */
	public Duration time() {
		return Duration.ofNanos(this.queue.now());
	}

	/**
	 * Return a source of randomness for the test's own choices.
	 * @return the source, decided by the seed
	 */
	public SplittableRandom random() {
		return this.random;
	}

	/**
	 * Adds a process, not started, on a machine of its own with the addresses 10.0.0.k
	 * and fd00::k.
	 * @param name its name in the trace
	 * @param program what it runs
	 * @return the process
	 */
	public SimulatedProcess process(String name, SimulatedProcess.Program program) {
		int number = this.processes.size() + 1;
		SimulatedProcess process = new SimulatedProcess(this, name, address(number), secondAddress(number), program);
		this.processes.add(process);
		this.network.add(process);
		return process;
	}

	/**
	 * Return the address of a process that may still be to come.
	 * @param number 1 for the first process that was or will be added
	 * @return the address of its machine
	 */
	public static InetAddress address(int number) {
		try {
			return InetAddress.getByAddress(new byte[] { 10, 0, (byte) (number >> 8), (byte) number });
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return the address of a process that may still be to come, in the other address
	 * family.
	 * @param number 1 for the first process that was or will be added
	 * @return the second address of its machine
	 */
	public static InetAddress secondAddress(int number) {
		byte[] octets = new byte[16];
		octets[0] = (byte) 0xfd;
		octets[14] = (byte) (number >> 8);
		octets[15] = (byte) number;
		try {
			return InetAddress.getByAddress(octets);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return the processes.
	 * @return all processes that were added
	 */
	public List<SimulatedProcess> processes() {
		return List.copyOf(this.processes);
	}

	/**
	 * Sets how long a message travels. It is drawn for each message; on one association
	 * messages stay in order.
	 * @param minimum the shortest time
	 * @param maximum the longest time
	 */
	public void latency(Duration minimum, Duration maximum) {
		this.network.latency(minimum, maximum);
	}

	/**
	 * Loses associations: both ends are told that it broke, some time within 2 s after it
	 * was set up.
	 * @param probability of each association that is set up from now on
	 */
	public void associationLoss(double probability) {
		trace("scope", "loses associations with probability " + probability);
		this.network.loss(probability);
	}

	/**
	 * Loses datagrams to multicast groups.
	 * @param probability of each datagram for each receiver, from now on
	 */
	public void datagramLoss(double probability) {
		trace("scope", "loses datagrams with probability " + probability);
		this.multicast.loss(probability);
	}

	/**
	 * Sends a datagram to a multicast group, whatever it is, as anybody in the network
	 * can do.
	 * @param sender whose machine sends it
	 * @param group the group
	 * @param sourcePort the port that it is sent from
	 * @param datagram the octets
	 */
	public void multicast(SimulatedProcess sender, InetSocketAddress group, int sourcePort, ByteBuffer datagram) {
		this.multicast.send(sender, group, sourcePort, datagram);
	}

	/**
	 * Sets what a name stands for in the name service.
	 * @param name the name, unresolved
	 * @param addresses the addresses; none to forget the name
	 */
	public void name(InetSocketAddress name, List<InetSocketAddress> addresses) {
		trace("scope", "names " + name.getHostString() + " " + addresses);
		this.names.define(name, addresses);
	}

	/**
	 * Lets the name service fail, or work again.
	 * @param reason why it fails, in words, or {@code null} if it works
	 */
	public void nameServiceFailure(@Nullable String reason) {
		trace("scope", "name service: " + reason);
		this.names.fail(reason);
	}

	/**
	 * Return how often the name service was asked.
	 * @return the number of questions since the scope began
	 */
	public long nameQueries() {
		return this.names.queries();
	}

	/**
	 * Cuts the network between two groups, in both directions.
	 * @param group one group
	 * @param others the other group
	 */
	public void partition(List<SimulatedProcess> group, List<SimulatedProcess> others) {
		trace("scope", "partition: " + group + " and " + others);
		for (SimulatedProcess one : group) {
			for (SimulatedProcess other : others) {
				this.network.block(one, other);
				this.network.block(other, one);
			}
		}
	}

	/**
	 * Cuts the network in one direction.
	 * @param from who is not heard any more
	 * @param to by whom
	 */
	public void block(SimulatedProcess from, SimulatedProcess to) {
		trace("scope", from + " does not reach " + to);
		this.network.block(from, to);
	}

	/**
	 * Repairs the network in one direction. What it held is delivered, if it was not
	 * given up.
	 * @param from who is heard again
	 * @param to by whom
	 */
	public void unblock(SimulatedProcess from, SimulatedProcess to) {
		trace("scope", from + " reaches " + to + " again");
		this.network.unblock(from, to);
	}

	/**
	 * Repairs the network. What it held is delivered, if it was not given up.
	 */
	public void heal() {
		trace("scope", "heals");
		this.network.heal();
	}

	/**
	 * Adds a check that runs after each step.
	 * @param check throws if an invariant does not hold
	 */
	public void check(Runnable check) {
		this.checks.add(check);
	}

	/**
	 * Lets time pass.
	 * @param duration how much
	 */
	public void run(Duration duration) {
		runTo(this.queue.now() + duration.toNanos());
	}

	/**
	 * Lets time pass until a condition holds. It is looked at every 10 ms.
	 * @param condition the condition
	 * @param limit how long to wait
	 * @return whether it holds
	 */
	public boolean runUntil(BooleanSupplier condition, Duration limit) {
		long end = this.queue.now() + limit.toNanos();
		while (!condition.getAsBoolean()) {
			if (this.queue.now() >= end) {
				return false;
			}
			runTo(Math.min(end, this.queue.now() + LOOK_AGAIN));
		}
		return true;
	}

	/**
	 * Return how many messages were sent.
	 * @param payloadProtocol their payload protocol
	 * @return the number since the scope began
	 */
	public long messages(int payloadProtocol) {
		return this.trace.messages(payloadProtocol);
	}

	/**
	 * Return how many events are to come: timers that run, and messages that travel.
	 * @return the number, which does not grow for ever in a sound scope
	 */
	public int pendingEvents() {
		return this.queue.pending();
	}

	/**
	 * Adds a line to the trace.
	 * @param who who did something
	 * @param what what
	 */
	public void trace(String who, String what) {
		this.trace.add(this.queue.now(), who, what);
	}

	/**
	 * Return what happened.
	 * @return the last events, one a line, without heartbeats
	 */
	public String trace() {
		return this.trace.toString();
	}

	/**
	 * Return what happened but messages, from further back than {@link #trace()}.
	 * @return the last events, one a line
	 */
	public String events() {
		return this.trace.events();
	}

	/**
	 * Return a number that is different for different histories.
	 * @return a digest of all events so far
	 */
	public long fingerprint() {
		return this.trace.fingerprint();
	}

	long nanoTime() {
		return this.queue.now();
	}

	SimulatedNetwork network() {
		return this.network;
	}

	SimulatedMulticast multicast() {
		return this.multicast;
	}

	SimulatedNames names() {
		return this.names;
	}

	Timer schedule(Duration delay, Runnable action) {
		return scheduleAt(this.queue.now() + Math.max(0, delay.toNanos()), action);
	}

	Timer scheduleAt(long time, Runnable action) {
		return this.queue.schedule(time, action);
	}

	void trace(String from, String to, UserMessage message) {
		this.trace.message(this.queue.now(), from, to, message);
	}

	private void runTo(long time) {
		while (this.queue.step(time)) {
			this.checks.forEach(Runnable::run);
		}
	}

}
