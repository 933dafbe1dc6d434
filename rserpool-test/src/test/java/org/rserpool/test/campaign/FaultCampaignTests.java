package org.rserpool.test.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plays random histories, each with other processes, faults and moments. The system
 * property {@code seeds} says how many, {@code firstSeed} where to begin, and
 * {@code seed} plays one alone.
 */
@Tag("campaign")
class FaultCampaignTests {

	private static final int SEEDS_IN_EVERY_BUILD = 20;

	private static final int REPORTED = 10;

	private static final int REPLAYS = 150;

	private static final int SHOWN = 12_000;

	private final Logger logger = LoggerFactory.getLogger(FaultCampaignTests.class);

	private final List<Duration> convergences = new ArrayList<>();

	private final List<String> failures = new ArrayList<>();

	@Test
	void noHistoryBreaksTheScope() {
		Long only = Long.getLong("seed");
		long first = Long.getLong("firstSeed", 1);
		long count = Long.getLong("seeds", SEEDS_IN_EVERY_BUILD);
		LongStream seeds = (only != null) ? LongStream.of(only) : LongStream.range(first, first + count);
		seeds.takeWhile((seed) -> this.failures.size() < REPORTED).forEach(this::play);
		progress();
		assertThat(this.failures).withFailMessage(() -> String.join("\n", this.failures)).isEmpty();
	}

	private void play(long seed) {
		History history = HistoryGenerator.generate(seed);
		Trial.Verdict verdict = Trial.judge(history);
		this.convergences.add(verdict.convergence());
		if (verdict.failed()) {
			this.failures.add(describe(history, verdict));
			this.logger.error(this.failures.get(this.failures.size() - 1));
		}
		if (this.convergences.size() % 100 == 0) {
			progress();
		}
	}

	private void progress() {
		List<Duration> sorted = this.convergences.stream().sorted().toList();
		this.logger.info(
				"{} histories, {} failed; convergence after the last repair: median {} ms, 99 % {} ms, longest {} ms",
				sorted.size(), this.failures.size(), sorted.get(sorted.size() / 2).toMillis(),
				sorted.get(sorted.size() * 99 / 100).toMillis(), sorted.get(sorted.size() - 1).toMillis());
	}

	private static String describe(History history, Trial.Verdict verdict) {
		History shortest = new Shrinker(history, (candidate) -> Trial.judge(candidate).failed(), REPLAYS).shrink();
		Trial.Verdict last = Trial.judge(shortest);
		String events = last.events();
		return "Seed " + history.seed() + " failed: " + verdict.failure()
				+ "\nReplay it: ./mvnw -Pcampaign verify -Dseed=" + history.seed() + "\nThe shortest story that fails ("
				+ shortest.faults().size() + " of " + history.faults().size() + " faults): " + last.failure() + "\n"
				+ shortest + "What happened:\n" + events.substring(Math.max(0, events.length() - SHOWN));
	}

}
