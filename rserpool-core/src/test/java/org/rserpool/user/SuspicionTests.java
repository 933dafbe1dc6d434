package org.rserpool.user;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.rserpool.Goal;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When elements that failed are selected again.
 */
class SuspicionTests {

	private static final long PAUSE = Duration.ofSeconds(2).toNanos();

	private static final long MILLI = 1_000_000;

	private final SplittableRandom random = new SplittableRandom(1);

	private final ElementCache cache = new ElementCache();

	private long now;

	@Test
	@Goal("G3")
	@DisplayName("G3: an element that failed is not selected before it served or was named again: 10,000 schedules")
	void failedElementIsNotSelectedBeforeItIsKnownAgain() {
		for (long seed = 0; seed < 10_000; seed++) {
			play(new SplittableRandom(seed));
		}
	}

	private static void play(SplittableRandom random) {
		ElementCache cache = new ElementCache();
		List<PoolElement> all = elements(1 + random.nextInt(5));
		Set<Integer> failed = new HashSet<>();
		long now = random.nextLong();
		cache.fill(all, true, PolicyType.ROUND_ROBIN.number(), now);
		for (int step = 0; step < 60; step++) {
			now += random.nextInt(1500) * MILLI;
			switch (random.nextInt(8)) {
				case 0 -> {
					cache.fill(all, true, PolicyType.ROUND_ROBIN.number(), now);
					failed.clear();
				}
				case 1 -> {
					int identifier = 1 + random.nextInt(all.size());
					cache.trust(identifier);
					failed.remove(identifier);
				}
				default -> {
					PoolElement selected = cache.select(Set.of(), random, now);
					if (selected == null) {
						assertThat(cache.suspects()).isPositive();
					}
					else {
						assertThat(failed).doesNotContain(selected.identifier());
						if (random.nextInt(3) == 0) {
							cache.suspect(selected.identifier(), now, PAUSE, random.nextBoolean());
							failed.add(selected.identifier());
						}
					}
				}
			}
		}
	}

	@Test
	@Goal("G14")
	@DisplayName("G14: 1 bad element of 3 gets at most 1 % of the calls of a minute, though its registrar names it")
	void badElementGetsFewCalls() {
		List<PoolElement> all = elements(3);
		this.cache.fill(all, true, PolicyType.ROUND_ROBIN.number(), this.now);
		int calls = 60_000;
		List<Long> failing = new ArrayList<>();
		int affected = 0;
		for (int call = 0; call < calls; call++) {
			this.now += MILLI;
			if (call % 1_000 == 0) {
				this.cache.fill(all, true, PolicyType.ROUND_ROBIN.number(), this.now);
			}
			while (!failing.isEmpty() && failing.get(0) <= this.now) {
				failing.remove(0);
				if (!this.cache.reported(1, this.now)) {
					this.cache.suspect(1, this.now, PAUSE, true);
				}
			}
			int selected = select();
			if (selected == 1) {
				affected++;
				failing.add(this.now + 500 * MILLI);
			}
			else {
				this.cache.trust(selected);
			}
		}
		assertThat(affected).isPositive().isLessThanOrEqualTo(calls / 100);
	}

	@Test
	@Goal("G14")
	@DisplayName("G14: one selection probes an element whose suspicion is over, and its success brings it back")
	void oneSelectionProbes() {
		List<PoolElement> all = elements(2);
		this.cache.fill(all, true, PolicyType.ROUND_ROBIN.number(), this.now);
		this.cache.suspect(1, this.now, PAUSE, true);
		this.now += PAUSE;
		this.cache.fill(all, true, PolicyType.ROUND_ROBIN.number(), this.now);
		assertThat(selections(5)).containsExactly(1, 2, 2, 2, 2);
		assertThat(this.cache.doubted(1)).isTrue();
		this.cache.trust(1);
		assertThat(this.cache.doubted(1)).isFalse();
		assertThat(selections(4)).containsOnly(1, 2).contains(1);
	}

	@Test
	void pauseDoublesWhenAProbeFails() {
		List<PoolElement> all = elements(2);
		this.cache.fill(all, true, PolicyType.ROUND_ROBIN.number(), this.now);
		long pause = PAUSE;
		for (int probe = 0; probe < 6; probe++) {
			this.cache.suspect(1, this.now, PAUSE, true);
			this.now += pause - 1;
			this.cache.fill(all, true, PolicyType.ROUND_ROBIN.number(), this.now);
			assertThat(selections(3)).doesNotContain(1);
			this.now += 1;
			this.cache.fill(all, true, PolicyType.ROUND_ROBIN.number(), this.now);
			assertThat(selections(1)).containsExactly(1);
			pause = Math.min(2 * pause, 8 * PAUSE);
		}
	}

	@Test
	void probeOfWhichNothingIsHeardWentWell() {
		List<PoolElement> all = elements(2);
		this.cache.fill(all, true, PolicyType.ROUND_ROBIN.number(), this.now);
		this.cache.suspect(1, this.now, PAUSE, true);
		this.now += PAUSE;
		this.cache.fill(all, true, PolicyType.ROUND_ROBIN.number(), this.now);
		assertThat(selections(2)).containsExactly(1, 2);
		this.now += PAUSE;
		assertThat(selections(4)).contains(1);
		assertThat(this.cache.doubted(1)).isFalse();
	}

	@Test
	void elementThatIsGoneIsForgotten() {
		this.cache.fill(elements(2), true, PolicyType.ROUND_ROBIN.number(), this.now);
		this.cache.suspect(2, this.now, PAUSE, true);
		this.now += PAUSE;
		this.cache.fill(elements(1), true, PolicyType.ROUND_ROBIN.number(), this.now);
		assertThat(this.cache.suspects()).isZero();
	}

	private int select() {
		return this.cache.select(Set.of(), this.random, this.now).identifier();
	}

	private List<Integer> selections(int count) {
		return IntStream.range(0, count).mapToObj((index) -> select()).toList();
	}

	private static List<PoolElement> elements(int count) {
		return IntStream.rangeClosed(1, count)
			.mapToObj((identifier) -> new PoolElement(identifier, 1, 1000,
					new Transport.Tcp(4000 + identifier, InetAddress.getLoopbackAddress()),
					MemberSelectionPolicy.ROUND_ROBIN, null))
			.toList();
	}

}
