package org.rserpool.test.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
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

	private Duration withoutAnswer = Duration.ZERO;

	private final List<String> failures = new CopyOnWriteArrayList<>();

	@Test
	void noHistoryBreaksTheScope() {
		Long only = Long.getLong("seed");
		long first = Long.getLong("firstSeed", 1);
		long count = Long.getLong("seeds", SEEDS_IN_EVERY_BUILD);
		LongStream seeds = (only != null) ? LongStream.of(only) : LongStream.range(first, first + count);
		seeds.parallel().forEach(this::play);
		progress();
		assertThat(this.failures).withFailMessage(() -> String.join("\n", this.failures)).isEmpty();
	}

	private void play(long seed) {
		if (this.failures.size() < REPORTED) {
			History history = HistoryGenerator.generate(seed);
			Trial.Verdict verdict = Trial.judge(history);
			record(verdict, verdict.failed() ? describe(history, verdict) : null);
		}
	}

	private synchronized void record(Trial.Verdict verdict, @Nullable String failure) {
		this.convergences.add(verdict.convergence());
		if (verdict.withoutAnswer().compareTo(this.withoutAnswer) > 0) {
			this.withoutAnswer = verdict.withoutAnswer();
		}
		if (failure != null) {
			this.failures.add(failure);
			this.logger.error(failure);
		}
		if (this.convergences.size() % 100 == 0) {
			progress();
		}
	}

	private void progress() {
		List<Duration> sorted = this.convergences.stream().sorted().toList();
		this.logger.info(
				"{} histories, {} failed; convergence after the last repair: median {} ms, 99 % {} ms, longest {} ms; "
						+ "without an answer while a live element was reachable: at most {} ms",
				sorted.size(), this.failures.size(), sorted.get(sorted.size() / 2).toMillis(),
				sorted.get(sorted.size() * 99 / 100).toMillis(), sorted.get(sorted.size() - 1).toMillis(),
				this.withoutAnswer.toMillis());
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
