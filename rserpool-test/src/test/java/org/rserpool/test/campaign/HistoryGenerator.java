package org.rserpool.test.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.rserpool.test.campaign.Fault.Direction;
import org.rserpool.test.campaign.Victim.Role;

/**
 * Draws a history from a seed. Three in four are small, as those are played fast and are
 * easy to understand; of the others, one in eight is as large as can be. In one in four,
 * machines have two addresses.
 */
final class HistoryGenerator {

	private static final int WINDOW_MILLIS = 6_000;

	private static final int REGISTRARS = 7;

	private static final int ELEMENTS = 200;

	private static final int USERS = 50;

	private static final int DRIFT_MILLIONTHS = 10_000;

	private final long seed;

	private final SplittableRandom random;

	private final int registrars;

	private final int elements;

	private final int users;

	private final int pools;

	private final boolean large;

	private final List<Fault> faults = new ArrayList<>();

	private HistoryGenerator(long seed) {
		this.seed = seed;
		this.random = new SplittableRandom(seed);
		this.large = this.random.nextInt(4) == 0;
		boolean largest = this.large && this.random.nextInt(8) == 0;
		this.registrars = largest ? REGISTRARS : 1 + this.random.nextInt(this.large ? REGISTRARS : 4);
		this.elements = largest ? ELEMENTS : 1 + this.random.nextInt(this.large ? ELEMENTS : 10);
		this.users = largest ? USERS : this.random.nextInt(this.large ? USERS + 1 : 4);
		this.pools = 1 + this.random.nextInt(Math.min(3, this.elements));
	}

	static History generate(long seed) {
		return new HistoryGenerator(seed).generate();
	}

	private History generate() {
		int count = 1 + this.random.nextInt(this.large ? 20 : 10);
		for (int i = 0; i < count; i++) {
			add(Duration.ofMillis(this.random.nextInt(WINDOW_MILLIS)));
		}
		boolean twoAddresses = this.random.nextInt(4) == 0;
		return new History(this.seed, this.registrars, this.elements, this.users, this.pools, twoAddresses,
				this.faults);
	}

	private void add(Duration at) {
		switch (this.random.nextInt(12)) {
			case 0, 1 -> this.faults.add(crash(at, registrar()));
			case 2 -> this.faults.add(crash(at, element()));
			case 3 -> this.faults.add(crash(at, anyone()));
			case 4 -> this.faults.add(new Fault.Hang(at, length(), registrar()));
			case 5 -> this.faults.add(new Fault.Hang(at, length(), anyone()));
			case 6 -> partition(at);
			case 7 -> this.faults.add(new Fault.Delay(at, length(), Duration.ofMillis(10 + this.random.nextInt(800))));
			case 8 -> this.faults.add(new Fault.Loss(at, length(), 10 + this.random.nextInt(70)));
			case 9 -> this.faults.add(new Fault.Break(at, anyone()));
			case 10 -> flood(at);
			default -> special(at);
		}
	}

	private void special(Duration at) {
		if (this.random.nextBoolean()) {
			drift(at);
		}
		else {
			flap(at);
		}
	}

	private Fault crash(Duration at, Victim victim) {
		boolean spared = victim.index() == 0 || (victim.role() == Role.ELEMENT && victim.index() < this.pools);
		boolean forever = !spared && this.random.nextInt(5) == 0;
		boolean renamed = victim.role() != Role.USER && this.random.nextInt(3) == 0;
		int identifier = renamed ? 1_000_000 + this.random.nextInt(1_000_000_000) : 0;
		return new Fault.Crash(at, length(), victim, this.random.nextInt(3) == 0, identifier, forever);
	}

	/**
	 * An element crashes again and again.
	 */
	private void flap(Duration at) {
		Victim element = element();
		int period = 100 + this.random.nextInt(900);
		IntStream.range(0, 2 + this.random.nextInt(5))
			.forEach((i) -> this.faults.add(new Fault.Crash(at.plusMillis((long) i * period),
					Duration.ofMillis(1 + this.random.nextInt(period)), element, false, 0, false)));
	}

	private void drift(Duration at) {
		for (int i = 0; i < this.registrars; i++) {
			this.faults.add(new Fault.Drift(at, new Victim(Role.REGISTRAR, i), drift()));
		}
		this.faults.add(new Fault.Drift(at, element(), drift()));
		this.faults.add(new Fault.Drift(at, anyone(), drift()));
	}

	private int drift() {
		return this.random.nextInt(-DRIFT_MILLIONTHS, DRIFT_MILLIONTHS + 1);
	}

	private void flood(Duration at) {
		this.faults
			.add(new Fault.Flood(at, length(), element(), registrar(), Duration.ofMillis(1 + this.random.nextInt(50))));
	}

	private void partition(Duration at) {
		List<Victim> island = new ArrayList<>();
		double share = this.random.nextDouble(0.5);
		for (Victim victim : all()) {
			if (this.random.nextDouble() < share) {
				island.add(victim);
			}
		}
		if (island.isEmpty()) {
			island.add(registrar());
		}
		Direction[] directions = Direction.values();
		this.faults.add(new Fault.Partition(at, length(), island, directions[this.random.nextInt(directions.length)]));
	}

	/**
	 * Lasts for milliseconds as often as for seconds.
	 */
	private Duration length() {
		double millis = Math.pow(10, 1 + 2.7 * this.random.nextDouble());
		if (this.random.nextInt(20) == 0) {
			millis *= 5;
		}
		return Duration.ofMillis((long) millis);
	}

	private Victim registrar() {
		return new Victim(Role.REGISTRAR, this.random.nextInt(this.registrars));
	}

	private Victim element() {
		return new Victim(Role.ELEMENT, this.random.nextInt(this.elements));
	}

	private Victim anyone() {
		List<Victim> all = all();
		return all.get(this.random.nextInt(all.size()));
	}

	private List<Victim> all() {
		List<Victim> all = new ArrayList<>();
		IntStream.range(0, this.registrars).forEach((i) -> all.add(new Victim(Role.REGISTRAR, i)));
		IntStream.range(0, this.elements).forEach((i) -> all.add(new Victim(Role.ELEMENT, i)));
		IntStream.range(0, this.users).forEach((i) -> all.add(new Victim(Role.USER, i)));
		return all;
	}

}
