package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Throws everything at {@link RegistrarRole}s, and checks that they agree afterwards. A
 * seed that fails is named, and replays.
 */
class RegistrarChaosTests {

	private static final int SEEDS = Integer.getInteger("chaos.seeds", 100);

	private static final int FIRST_SEED = Integer.getInteger("chaos.first", 1);

	@Test
	void registrarsAgreeAfterAnyHistory() {
		for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
			new History(seed).play();
		}
	}

	private static final class History {

		private static final int REGISTRARS = 3;

		private static final int ELEMENTS = 8;

		private final long seed;

		private final Random random;

		private final FakeNetwork network;

		private final List<FakeNetwork.Process> places = new ArrayList<>();

		private final List<TestRegistrar> registrars = new ArrayList<>();

		private final List<TestElement> elements = new ArrayList<>();

		private final List<String> log = new ArrayList<>();

		private final List<FakeNetwork.Process[]> cuts = new ArrayList<>();

		private int identifiers;

		History(long seed) {
			this.seed = seed;
			this.random = new Random(seed);
			this.network = new FakeNetwork(seed);
		}

		void play() {
			for (int i = 0; i < REGISTRARS; i++) {
				this.places.add(this.network.process());
			}
			for (int i = 0; i < REGISTRARS; i++) {
				this.registrars.add(start(i));
			}
			List<InetSocketAddress> asap = this.places.stream().map((place) -> place.at(3863)).toList();
			for (int id = 1; id <= ELEMENTS; id++) {
				TestElement element = new TestElement(this.network, id);
				this.elements.add(element);
				element.hunt(asap, this.random.nextInt(REGISTRARS));
			}
			for (int i = 0; i < 25; i++) {
				this.network.run(Duration.ofMillis(this.random.nextInt(2500)));
				disturb();
			}
			calm();
			this.network.run(Duration.ofSeconds(60));
			check();
		}

		private TestRegistrar start(int index) {
			FakeNetwork.Process place = this.places.get(index);
			List<FakeNetwork.Process> peers = this.places.stream().filter((other) -> other != place).toList();
			int identifier = (index + 1) * 1000 + (this.identifiers++);
			TestRegistrar registrar = new TestRegistrar(place, identifier, peers, (builder) -> builder);
			registrar.role.start();
			return registrar;
		}

		private void disturb() {
			int which = this.random.nextInt(REGISTRARS);
			FakeNetwork.Process place = this.places.get(which);
			TestElement element = this.elements.get(this.random.nextInt(this.elements.size()));
			switch (this.random.nextInt(7)) {
				case 0 -> {
					log("restart registrar " + which);
					place.kill();
					place.revive();
					this.registrars.set(which, start(which));
				}
				case 1 -> {
					log("hang registrar " + which);
					place.hang();
				}
				case 2 -> {
					log("resume registrar " + which);
					place.resume();
				}
				case 3 -> {
					FakeNetwork.Process other = this.places.get((which + 1) % REGISTRARS);
					log("cut off registrar " + which);
					cut(place, other);
				}
				case 4 -> {
					log("cut off an element from registrar " + which);
					cut(place, element.process());
				}
				case 5 -> {
					log("break associations of registrar " + which);
					place.breakSome(this.random);
				}
				default -> {
					log("mend");
					mend();
				}
			}
		}

		private void cut(FakeNetwork.Process one, FakeNetwork.Process other) {
			one.cutOff(other);
			this.cuts.add(new FakeNetwork.Process[] { one, other });
		}

		private void mend() {
			this.cuts.forEach((cut) -> cut[0].reconnect(cut[1]));
			this.cuts.clear();
		}

		private void calm() {
			log("calm");
			mend();
			this.places.forEach(FakeNetwork.Process::resume);
		}

		private void log(String what) {
			this.log.add(this.network.nanoTime() / 1_000_000 + " " + what);
		}

		private void check() {
			TreeSet<Integer> alive = new TreeSet<>();
			this.registrars.forEach((registrar) -> alive.add(registrar.role.identifier()));
			Map<Integer, Integer> owners = this.registrars.get(0).owners();
			for (TestRegistrar registrar : this.registrars) {
				String about = "seed " + this.seed + ", registrar " + registrar.role.identifier() + ", " + this.log
						+ ", " + registrar.role.snapshot().peers();
				assertThat(registrar.isRunning()).as(about).isTrue();
				assertThat(registrar.peers()).as(about).hasSize(REGISTRARS - 1);
				assertThat(registrar.owners()).as(about).isEqualTo(owners).hasSize(ELEMENTS);
				assertThat(alive).as(about).containsAll(registrar.owners().values());
			}
		}

	}

}
