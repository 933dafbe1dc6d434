package org.rserpool.test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.wire.PoolHandle;

/**
 * A scope with registrars, elements and users, and what a scenario does to it.
 */
final class Scenario {

	static final PoolHandle POOL = PoolHandle.of("echo");

	private static final long SEEDS = Long.getLong("scope.seeds", 200);

	final SimulatedScope scope;

	final List<SimulatedRegistrar> registrars = new ArrayList<>();

	final List<SimulatedElement> elements = new ArrayList<>();

	final List<SimulatedUser> users = new ArrayList<>();

	private UnaryOperator<RegistrarSettings.Builder> registrarSettings = UnaryOperator.identity();

	private boolean everywhere;

	private Scenario(long seed) {
		this.scope = new SimulatedScope(seed);
	}

	/**
	 * Plays a scenario with many seeds (system property {@code scope.seeds}), or with the
	 * one of the system property {@code scope.seed}.
	 */
	static void play(Consumer<Scenario> story) {
		Long only = Long.getLong("scope.seed");
		LongStream seeds = (only != null) ? LongStream.of(only) : LongStream.rangeClosed(1, SEEDS);
		seeds.forEach((seed) -> play(seed, story));
	}

	static Scenario play(long seed, Consumer<Scenario> story) {
		Scenario scenario = new Scenario(seed);
		try {
			story.accept(scenario);
		}
		catch (AssertionError | RuntimeException ex) {
			throw new AssertionError("Seed " + seed + " failed (replay it with -Dscope.seed=" + seed + "): "
					+ ex.getMessage() + "\nWhat happened:\n" + scenario.scope.trace(), ex);
		}
		return scenario;
	}

	/**
	 * Changes the settings of the registrars that are added from now on.
	 */
	Scenario registrarsWith(UnaryOperator<RegistrarSettings.Builder> newSettings) {
		this.registrarSettings = newSettings;
		return this;
	}

	/**
	 * Lets the registrars and elements that are added from now on listen at all addresses
	 * of their machines, and names elements and users both addresses of each registrar.
	 */
	Scenario everywhere() {
		this.everywhere = true;
		return registrarsWith((settings) -> settings
			.asapListen(List.of(new InetSocketAddress("0.0.0.0", SimulatedRegistrar.ASAP_PORT))));
	}

	/**
	 * Adds registrars, each of which names all others, then elements and users.
	 */
	Scenario with(int registrarCount, int elementCount, int userCount) {
		List<InetSocketAddress> enrp = addresses(registrarCount, SimulatedRegistrar.ENRP_PORT);
		List<InetSocketAddress> asap = addresses(registrarCount, SimulatedRegistrar.ASAP_PORT);
		if (this.everywhere) {
			for (int i = 1; i <= registrarCount; i++) {
				asap.add(new InetSocketAddress(SimulatedScope.secondAddress(i), SimulatedRegistrar.ASAP_PORT));
			}
		}
		for (int i = 0; i < registrarCount; i++) {
			List<InetSocketAddress> peers = new ArrayList<>(enrp);
			peers.remove(i);
			int identifier = this.scope.random().nextInt(1, Integer.MAX_VALUE);
			this.registrars
				.add(new SimulatedRegistrar(this.scope, "r" + (i + 1), identifier, peers, this.registrarSettings));
		}
		for (int i = 0; i < elementCount; i++) {
			this.elements
				.add(new SimulatedElement(this.scope, "e" + (i + 1), POOL, i + 1, asap, (settings) -> settings));
			if (this.everywhere) {
				this.elements.get(i).listenEverywhere();
			}
		}
		for (int i = 0; i < userCount; i++) {
			this.users.add(new SimulatedUser(this.scope, "u" + (i + 1), POOL, asap, Duration.ofMillis(50),
					Duration.ofSeconds(5)));
		}
		return this;
	}

	private static List<InetSocketAddress> addresses(int count, int port) {
		List<InetSocketAddress> addresses = new ArrayList<>();
		for (int i = 1; i <= count; i++) {
			addresses.add(new InetSocketAddress(SimulatedScope.address(i), port));
		}
		return addresses;
	}

	/**
	 * Checks after each step that no registrar forgets an element, for a scenario in
	 * which no element comes to harm.
	 */
	Scenario neverForgetting() {
		this.scope.check(() -> {
			for (SimulatedRegistrar registrar : this.registrars) {
				if (!registrar.removals().isEmpty()) {
					throw new AssertionError(registrar + " forgot a live element: " + registrar.removals());
				}
			}
		});
		return this;
	}

	/**
	 * Starts all processes and waits until the scope has converged.
	 */
	Scenario started() {
		this.registrars.forEach((registrar) -> registrar.process().start());
		this.elements.forEach((element) -> element.process().start());
		convergesWithin(Duration.ofSeconds(10));
		startUsers();
		return this;
	}

	void startUsers() {
		this.users.forEach((user) -> user.process().start());
		run(Duration.ofMillis(500));
		this.users.forEach(SimulatedUser::forgetGaps);
	}

	/**
	 * Waits for a random time, so that what follows comes at any moment.
	 */
	void runAWhile() {
		run(Duration.ofNanos(this.scope.random().nextLong(Duration.ofSeconds(1).toNanos())));
	}

	void run(Duration duration) {
		this.scope.run(duration);
	}

	SimulatedRegistrar homeOf(SimulatedElement element) {
		return this.registrars.stream()
			.filter((registrar) -> element.home() != null
					&& registrar.process().isAt(element.home().address().getAddress()))
			.findFirst()
			.orElseThrow(() -> new AssertionError(element + " has no home"));
	}

	SimulatedElement anyElement() {
		return this.elements.get(this.scope.random().nextInt(this.elements.size()));
	}

	List<SimulatedProcess> processes() {
		return this.scope.processes();
	}

	boolean converged() {
		return new HandlespaceInvariants(this.registrars, this.elements).hold();
	}

	void convergesWithin(Duration limit) {
		if (!this.scope.runUntil(this::converged, limit)) {
			throw new AssertionError("After " + limit.toMillis() + " ms: "
					+ new HandlespaceInvariants(this.registrars, this.elements).violations());
		}
	}

	/**
	 * Makes sure that what was reached also lasts.
	 */
	void staysConvergedFor(Duration duration) {
		run(duration);
		List<String> violations = new HandlespaceInvariants(this.registrars, this.elements).violations();
		if (!violations.isEmpty()) {
			throw new AssertionError("It had converged, but then: " + violations);
		}
	}

	/**
	 * Makes sure that no call failed, and none took too long.
	 */
	void noCallFailed(Duration limit) {
		for (SimulatedUser user : this.users) {
			if (!user.failures().isEmpty()) {
				throw new AssertionError(user + ": " + user.failures());
			}
			if (user.longestGap().compareTo(limit) > 0) {
				throw new AssertionError(user + " had no answer for " + user.longestGap().toMillis() + " ms");
			}
			if (user.longestCall().compareTo(limit) > 0) {
				throw new AssertionError(user + " made a call that took " + user.longestCall().toMillis() + " ms");
			}
		}
	}

}
