package org.rserpool.test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import org.rserpool.runtime.DownReason;

/**
 * Carries associations between simulated processes. It behaves as the Internet does under
 * TCP: what it cannot deliver it holds and delivers later, until it gives up.
 */
final class SimulatedNetwork {

	static final Duration GIVE_UP = Duration.ofSeconds(15);

	private static final Duration CONNECT_AGAIN = Duration.ofSeconds(1);

	private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

	private static final Duration LOSS_WITHIN = Duration.ofSeconds(2);

	private final SimulatedScope scope;

	private final SplittableRandom random;

	private final Map<InetAddress, SimulatedProcess> machines = new LinkedHashMap<>();

	private final Set<Path> blocked = new LinkedHashSet<>();

	private final Set<SimulatedAssociation> holding = new LinkedHashSet<>();

	private long minimumLatency = Duration.ofNanos(50_000).toNanos();

	private long maximumLatency = Duration.ofMillis(2).toNanos();

	private double loss;

	SimulatedNetwork(SimulatedScope scope, SplittableRandom random) {
		this.scope = scope;
		this.random = random;
	}

	void add(SimulatedProcess process) {
		this.machines.put(process.address(), process);
		this.machines.put(process.secondAddress(), process);
	}

	void latency(Duration minimum, Duration maximum) {
		this.minimumLatency = minimum.toNanos();
		this.maximumLatency = maximum.toNanos();
	}

	void loss(double probability) {
		this.loss = probability;
	}

	long latency() {
		return this.random.nextLong(this.minimumLatency, this.maximumLatency + 1);
	}

	void block(SimulatedProcess from, SimulatedProcess to) {
		this.blocked.add(new Path(from.address(), to.address()));
	}

	void unblock(SimulatedProcess from, SimulatedProcess to) {
		if (this.blocked.remove(new Path(from.address(), to.address()))) {
			released();
		}
	}

	void heal() {
		this.blocked.clear();
		released();
	}

	boolean reaches(SimulatedProcess from, SimulatedProcess to) {
		return to.powered() && !this.blocked.contains(new Path(from.address(), to.address()));
	}

	void holds(SimulatedAssociation association) {
		this.holding.add(association);
	}

	/**
	 * Tries again what was held back.
	 */
	void released() {
		List<SimulatedAssociation> waiting = List.copyOf(this.holding);
		this.holding.clear();
		waiting.forEach(SimulatedAssociation::release);
	}

	void connect(SimulatedAssociation association, List<InetSocketAddress> addresses) {
		attempt(association, new ArrayList<>(addresses), this.scope.nanoTime() + CONNECT_LIMIT.toNanos());
	}

	private void attempt(SimulatedAssociation association, List<InetSocketAddress> addresses, long limit) {
		InetSocketAddress address = addresses.get(0);
		SimulatedProcess machine = this.machines.get(address.getAddress());
		this.scope.schedule(Duration.ofNanos(latency()), () -> {
			if (!association.connecting()) {
				return;
			}
			if (machine != null && reaches(association.process(), machine) && reaches(machine, association.process())) {
				arrive(association, addresses, machine, address, limit);
			}
			else if (this.scope.nanoTime() < limit) {
				this.scope.schedule(CONNECT_AGAIN, () -> attempt(association, addresses, limit));
			}
			else {
				refuse(association, addresses, "no answer from " + address, limit);
			}
		});
	}

	private void arrive(SimulatedAssociation association, List<InetSocketAddress> addresses, SimulatedProcess machine,
			InetSocketAddress address, long limit) {
		SimulatedEndpoint listener = machine.listener(association.protocol(), address.getPort());
		if (listener == null || !listener.listensAt(address.getAddress())) {
			this.scope.schedule(Duration.ofNanos(latency()),
					() -> refuse(association, addresses, "connection refused by " + address, limit));
			return;
		}
		if (listener.channel() != association.endpoint().channel()) {
			this.scope.schedule(Duration.ofNanos(latency()), () -> association.execute(
					() -> association.down(DownReason.PROTOCOL_VIOLATION, address + " speaks " + listener.channel())));
			return;
		}
		SimulatedAssociation accepted = association.accept(listener, address);
		association.acceptedBy(accepted);
		this.scope.schedule(Duration.ofNanos(latency()),
				() -> association.execute(() -> association.established(address)));
		if (this.loss > 0 && this.random.nextDouble() < this.loss) {
			this.scope.schedule(Duration.ofNanos(this.random.nextLong(LOSS_WITHIN.toNanos())), association::lose);
		}
	}

	private void refuse(SimulatedAssociation association, List<InetSocketAddress> addresses, String detail,
			long limit) {
		if (addresses.size() > 1) {
			attempt(association, addresses.subList(1, addresses.size()), limit);
		}
		else {
			association.execute(() -> association.down(DownReason.CANNOT_START, detail));
		}
	}

	/**
	 * One direction between two machines.
	 */
	private record Path(InetAddress from, InetAddress to) {

	}

}
