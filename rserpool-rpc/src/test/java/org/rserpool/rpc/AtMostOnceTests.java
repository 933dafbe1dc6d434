package org.rserpool.rpc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.rserpool.Goal;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How often calls are carried out that are not idempotent, while elements die and links
 * break.
 */
class AtMostOnceTests {

	private final Map<Long, Integer> counts = new HashMap<>();

	private final Map<Long, CompletableFuture<byte[]>> results = new HashMap<>();

	static LongStream seeds() {
		return LongStream.range(0, 200);
	}

	@Goal("G6")
	@ParameterizedTest(name = "G6: a call is carried out once, or it fails, seed {0}")
	@MethodSource("seeds")
	void withReplay(long seed) {
		play(seed, true, false, true);
		this.results.forEach((number, result) -> {
			int count = this.counts.getOrDefault(number, 0);
			assertThat(count).as("call " + number).isLessThanOrEqualTo(1);
			assertThat(result).as("call " + number).isDone();
			if (!result.isCompletedExceptionally()) {
				assertThat(count).as("call " + number).isOne();
			}
		});
	}

	@Goal("G6")
	@ParameterizedTest(name = "G6: a call is never carried out twice without replay, seed {0}")
	@MethodSource("seeds")
	void withoutReplay(long seed) {
		play(seed, false, false, true);
		this.results.forEach((number, result) -> {
			assertThat(result).as("call " + number).isDone();
			assertThat(this.counts.getOrDefault(number, 0)).as("call " + number).isLessThanOrEqualTo(1);
		});
	}

	@Test
	@Goal("G6")
	@DisplayName("G6: replay ends calls well whose link breaks, which fail without it")
	void replayHelps() {
		assertThat(failures(true)).isLessThan(failures(false) / 2);
	}

	@Test
	void idempotentCallsAreCarriedOutMoreThanOnceUnderTheSameFaults() {
		seeds().limit(5).forEach((seed) -> play(seed, false, true, true));
		assertThat(this.counts.values()).anyMatch((count) -> count > 1);
	}

	private long failures(boolean replay) {
		return seeds().limit(20).map((seed) -> {
			this.counts.clear();
			this.results.clear();
			play(seed, replay, false, false);
			return this.results.values().stream().filter(CompletableFuture::isCompletedExceptionally).count();
		}).sum();
	}

	/**
	 * Every second history has links that take a few frames at a time only.
	 */
	private static int room(long seed) {
		return (seed % 2 == 0) ? Integer.MAX_VALUE : 1 + (int) (seed / 2 % 5);
	}

	private void play(long seed, boolean replay, boolean idempotent, boolean kill) {
		SplittableRandom random = new SplittableRandom(seed);
		RpcScope scope = new RpcScope(seed, 3, (identifier) -> (invocation) -> new CompletableFuture<>());
		scope.room = room(seed);
		List<Integer> all = List.of(1, 2, 3);
		all.forEach((identifier) -> replaceHandler(scope, identifier, random));
		for (long number = 0; number < 200; number++) {
			byte[] payload = ByteBuffer.allocate(8).putLong(number).array();
			this.results.put(number,
					scope.call(
							new RpcRequest(RpcScope.POOL, "m", payload, Map.of(), idempotent, Duration.ofSeconds(2), 6)
								.withReplay(replay)));
			scope.runtime.pass(Duration.ofMillis(random.nextInt(5)));
			if (random.nextInt(6) == 0 && !scope.links.isEmpty()) {
				List<RpcScope.Link> links = new ArrayList<>(scope.links);
				links.get(random.nextInt(links.size()))
					.cut(Duration.ofMillis(random.nextInt(30)), Duration.ofMillis(random.nextInt(30)));
			}
			if (kill && random.nextInt(25) == 0) {
				int identifier = 1 + random.nextInt(3);
				scope.kill(identifier);
				if (random.nextBoolean()) {
					scope.start(identifier);
					replaceHandler(scope, identifier, random);
				}
			}
		}
		scope.runtime.pass(Duration.ofSeconds(10));
	}

	private void replaceHandler(RpcScope scope, int identifier, SplittableRandom random) {
		scope.servers.get(identifier).add(RpcScope.POOL, identifier, (invocation) -> {
			this.counts.merge(ByteBuffer.wrap(invocation.payload()).getLong(), 1, Integer::sum);
			CompletableFuture<byte[]> result = new CompletableFuture<>();
			scope.runtime.schedule(Duration.ofMillis(random.nextInt(10)), () -> result.complete(new byte[0]));
			return result;
		}, (task) -> scope.runtime.schedule(Duration.ofMillis(random.nextInt(3)), task));
	}

}
