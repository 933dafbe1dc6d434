package org.rserpool.test.campaign;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.test.HandlespaceInvariants;
import org.rserpool.test.SimulatedElement;
import org.rserpool.test.SimulatedProcess;
import org.rserpool.test.SimulatedRegistrar;
import org.rserpool.test.SimulatedScope;
import org.rserpool.test.SimulatedUser;
import org.rserpool.wire.PoolHandle;

/**
 * The scope in which a history is played.
 */
final class Stage {

	static final Duration MINIMUM_LATENCY = Duration.ofNanos(50_000);

	static final Duration MAXIMUM_LATENCY = Duration.ofMillis(2);

	static final Duration CALL_INTERVAL = Duration.ofMillis(200);

	static final Duration PATIENCE = Duration.ofSeconds(5);

	private final SimulatedScope scope;

	private final List<SimulatedRegistrar> registrars = new ArrayList<>();

	private final List<SimulatedElement> elements = new ArrayList<>();

	private final List<SimulatedUser> users = new ArrayList<>();

	private final Map<Fault.Flood, SimulatedProcess> flooders = new LinkedHashMap<>();

	private final Map<Path, Integer> blocked = new HashMap<>();

	/** All identifiers that registrars have, or had. */
	private final Set<Integer> registrarIdentifiers = new HashSet<>();

	/** All identifiers that elements have, or had. */
	private final Set<Integer> elementIdentifiers = new HashSet<>();

	Stage(History history) {
		this.scope = new SimulatedScope(history.seed());
		this.scope.latency(MINIMUM_LATENCY, MAXIMUM_LATENCY);
		SplittableRandom identifiers = new SplittableRandom(history.seed());
		List<InetSocketAddress> enrp = addresses(history.registrars(), SimulatedRegistrar.ENRP_PORT);
		List<InetSocketAddress> asap = addresses(history.registrars(), SimulatedRegistrar.ASAP_PORT);
		UnaryOperator<RegistrarSettings.Builder> settings = UnaryOperator.identity();
		if (history.twoAddresses()) {
			for (int i = 1; i <= history.registrars(); i++) {
				asap.add(new InetSocketAddress(SimulatedScope.secondAddress(i), SimulatedRegistrar.ASAP_PORT));
			}
			InetSocketAddress everywhere = new InetSocketAddress("0.0.0.0", SimulatedRegistrar.ASAP_PORT);
			settings = (builder) -> builder.asapListen(List.of(everywhere));
		}
		for (int i = 0; i < history.registrars(); i++) {
			List<InetSocketAddress> peers = new ArrayList<>(enrp);
			peers.remove(i);
			this.registrars.add(new SimulatedRegistrar(this.scope, "r" + (i + 1),
					identifiers.nextInt(1, Integer.MAX_VALUE), peers, settings));
		}
		for (int i = 0; i < history.elements(); i++) {
			this.elements.add(new SimulatedElement(this.scope, "e" + (i + 1), pool(i % history.pools()), i + 1, asap,
					UnaryOperator.identity()));
			if (history.twoAddresses()) {
				this.elements.get(i).listenEverywhere();
			}
		}
		for (int i = 0; i < history.users(); i++) {
			this.users.add(new SimulatedUser(this.scope, "u" + (i + 1), pool(i % history.pools()), asap, CALL_INTERVAL,
					PATIENCE));
		}
		this.registrars.forEach((registrar) -> this.registrarIdentifiers.add(registrar.identifier()));
		this.elements.forEach((element) -> this.elementIdentifiers.add(element.identifier()));
		for (Fault fault : history.faults()) {
			if (fault instanceof Fault.Flood flood) {
				this.flooders.put(flood, this.scope.process("flood", new ReportFlooder(element(flood.element()),
						this.registrars.get(flood.registrar().index()).asapAddress(), flood.interval())));
			}
		}
	}

	private static PoolHandle pool(int number) {
		return PoolHandle.of("pool" + number);
	}

	private static List<InetSocketAddress> addresses(int count, int port) {
		List<InetSocketAddress> addresses = new ArrayList<>();
		for (int i = 1; i <= count; i++) {
			addresses.add(new InetSocketAddress(SimulatedScope.address(i), port));
		}
		return addresses;
	}

	SimulatedScope scope() {
		return this.scope;
	}

	List<SimulatedRegistrar> registrars() {
		return this.registrars;
	}

	List<SimulatedElement> elements() {
		return this.elements;
	}

	List<SimulatedUser> users() {
		return this.users;
	}

	List<SimulatedRegistrar> runningRegistrars() {
		return this.registrars.stream().filter((registrar) -> registrar.process().running()).toList();
	}

	List<SimulatedElement> runningElements() {
		return this.elements.stream().filter((element) -> element.process().running()).toList();
	}

	List<SimulatedUser> runningUsers() {
		return this.users.stream().filter((user) -> user.process().running()).toList();
	}

	SimulatedProcess process(Victim victim) {
		return switch (victim.role()) {
			case REGISTRAR -> this.registrars.get(victim.index()).process();
			case ELEMENT -> element(victim).process();
			case USER -> this.users.get(victim.index()).process();
		};
	}

	private SimulatedElement element(Victim victim) {
		return this.elements.get(victim.index());
	}

	SimulatedProcess flooder(Fault.Flood flood) {
		SimulatedProcess flooder = this.flooders.get(flood);
		if (flooder == null) {
			throw new IllegalArgumentException("Not on this stage: " + flood);
		}
		return flooder;
	}

	/**
	 * Every other registrar begins with what it knew, or had begun with, when it ended.
	 */
	void save(Victim victim) {
		if (victim.role() == Victim.Role.REGISTRAR && victim.index() % 2 == 1) {
			this.registrars.get(victim.index()).save();
		}
	}

	void rename(Victim victim, int identifier) {
		if (victim.role() == Victim.Role.REGISTRAR) {
			this.registrars.get(victim.index()).identifier(identifier);
			this.registrarIdentifiers.add(identifier);
		}
		else {
			element(victim).identifier(identifier);
			this.elementIdentifiers.add(identifier);
		}
	}

	Set<Integer> registrarIdentifiers() {
		return this.registrarIdentifiers;
	}

	Set<Integer> elementIdentifiers() {
		return this.elementIdentifiers;
	}

	/**
	 * Return whether the network is cut between two processes in neither direction.
	 */
	boolean areConnected(SimulatedProcess one, SimulatedProcess other) {
		return !isBlocked(new Path(one, other)) && !isBlocked(new Path(other, one));
	}

	private boolean isBlocked(Path path) {
		return this.blocked.getOrDefault(path, 0) > 0;
	}

	/**
	 * Return the directions that a partition cuts.
	 */
	List<Path> paths(Fault.Partition partition) {
		List<SimulatedProcess> island = partition.island().stream().map(this::process).toList();
		List<Path> paths = new ArrayList<>();
		for (SimulatedProcess inside : island) {
			for (SimulatedProcess outside : this.scope.processes()) {
				if (!island.contains(outside)) {
					if (partition.direction() != Fault.Direction.TO_ISLAND) {
						paths.add(new Path(inside, outside));
					}
					if (partition.direction() != Fault.Direction.FROM_ISLAND) {
						paths.add(new Path(outside, inside));
					}
				}
			}
		}
		return paths;
	}

	void block(Path path) {
		if (this.blocked.merge(path, 1, Integer::sum) == 1) {
			this.scope.block(path.from(), path.to());
		}
	}

	void unblock(Path path) {
		if (this.blocked.merge(path, -1, Integer::sum) == 0) {
			this.scope.unblock(path.from(), path.to());
		}
	}

	List<String> violations() {
		return new HandlespaceInvariants(this.registrars, this.elements).violations();
	}

	record Path(SimulatedProcess from, SimulatedProcess to) {

	}

}
