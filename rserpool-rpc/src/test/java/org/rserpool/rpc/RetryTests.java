package org.rserpool.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.rserpool.Goal;
import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which attempts follow the first one, in virtual time.
 */
class RetryTests {

	private static final PoolHandle POOL = PoolHandle.of("pool");

	private final VirtualRuntime runtime = new VirtualRuntime();

	private final FakeElements elements = new FakeElements();

	private final Map<Integer, FakeChannel> channels = new LinkedHashMap<>();

	private final RpcCaller caller = new RpcCaller(this.runtime, this.elements,
			(pool, element) -> this.channels.computeIfAbsent(element.identifier(), (id) -> new FakeChannel(element)),
			() -> {
			}, CallListener.NONE);

	static LongStream seeds() {
		return LongStream.range(0, 300);
	}

	@Goal("G5")
	@ParameterizedTest(name = "G5: no element is visited twice before all were, seed {0}")
	@MethodSource("seeds")
	void distinctElementsFirst(long seed) throws RpcFrameException {
		SplittableRandom random = new SplittableRandom(seed);
		this.elements.size = 1 + random.nextInt(6);
		CompletableFuture<byte[]> result = call(true, 3 * this.elements.size, 1.0);
		Set<Integer> round = new HashSet<>();
		while (!result.isDone()) {
			FakeChannel visited = visited();
			if (visited == null) {
				assertThat(round).as("the elements that were visited before a pause").hasSize(this.elements.size);
				round.clear();
				this.runtime.pass(Duration.ofSeconds(1));
				continue;
			}
			assertThat(round.add(visited.element().identifier())).as("visited anew").isTrue();
			RpcFrame.Request request = visited.request();
			visited.sent.clear();
			switch (random.nextInt(3)) {
				case 0 -> this.caller.down(visited, DownReason.ABORTED, "reset");
				case 1 -> answer(visited, new RpcFrame.Refusal(request.callId(), RefusalReason.OVERLOADED, "full"));
				default -> answer(visited, new RpcFrame.Refusal(request.callId(), RefusalReason.DRAINING, "left"));
			}
		}
		assertThat(((RSerPoolException) failure(result)).attempts()).hasSize(3 * this.elements.size);
	}

	@Test
	@Goal("G18")
	@DisplayName("G18: with all elements overloaded, the pool gets at most 1.2 times the calls that are made")
	void budgetBoundsRetriesOfRefusedCalls() throws RpcFrameException {
		int calls = 10_000;
		int attempts = 0;
		for (int call = 0; call < calls; call++) {
			CompletableFuture<byte[]> result = call(true, 3, 0.2);
			while (!result.isDone()) {
				FakeChannel visited = visited();
				attempts++;
				RpcFrame.Request request = visited.request();
				visited.sent.clear();
				answer(visited, new RpcFrame.Refusal(request.callId(), RefusalReason.OVERLOADED, "full"));
			}
		}
		assertThat(attempts).isGreaterThan(calls).isLessThanOrEqualTo((int) (1.2 * calls + RetryBudget.RESERVE));
	}

	@Test
	@Goal("G18")
	@DisplayName("G18: with all elements down, at most 1.2 times the calls that are made are tried")
	void budgetBoundsRetriesOfSuspectElements() {
		this.elements.suspects.addAll(List.of(1, 2, 3));
		int calls = 10_000;
		Set<CallAttempt> attempts = new HashSet<>();
		for (int call = 0; call < calls; call++) {
			for (int identifier = 1; identifier <= 3; identifier++) {
				this.channels.computeIfAbsent(identifier,
						(id) -> new FakeChannel(FakeElements.element(id))).sendResult = SendResult.CLOSED;
			}
			int number = call;
			((RSerPoolException) failure(call(true, 3, 0.2))).attempts()
				.forEach((attempt) -> attempts.add(new CallAttempt(attempt.element(), attempt.address(),
						attempt.outcome(), "call " + number, attempt.age())));
		}
		assertThat(attempts.size()).isGreaterThan(calls).isLessThanOrEqualTo((int) (1.2 * calls + RetryBudget.RESERVE));
	}

	@Test
	void budgetThatIsUsedUpIsNamed() throws RpcFrameException {
		CompletableFuture<byte[]> result = call(true, 3, 0);
		answer(1, new RpcFrame.Refusal(this.channels.get(1).request().callId(), RefusalReason.OVERLOADED, "full"));
		assertThat(failure(result)).isInstanceOf(NoPoolElementException.class)
			.hasMessageContaining("the retry budget of pool pool is used up");
	}

	@Test
	void attemptAfterOneThatReachedNobodyIsFree() {
		for (int identifier = 1; identifier <= 2; identifier++) {
			this.channels.put(identifier, new FakeChannel(FakeElements.element(identifier)));
			this.channels.get(identifier).sendResult = SendResult.CLOSED;
		}
		call(false, 3, 0);
		assertThat(this.channels.get(3).sent).hasSize(1);
	}

	@Test
	void budgetFillsWithCallsAndWithTime() {
		RetryBudget budget = new RetryBudget();
		int taken = 0;
		while (budget.take(0.2, 0)) {
			taken++;
		}
		assertThat(taken).isEqualTo((int) RetryBudget.RESERVE);
		for (int call = 0; call < 10; call++) {
			budget.called(0.25);
		}
		assertThat(budget.take(0.25, 0)).isTrue();
		assertThat(budget.take(0.25, 0)).isTrue();
		assertThat(budget.take(0.25, 0)).isFalse();
		assertThat(budget.take(0.25, Duration.ofSeconds(1).toNanos())).isTrue();
		assertThat(budget.take(0.25, Duration.ofSeconds(1).toNanos())).isFalse();
	}

	@Test
	void budgetIsNotNegative() {
		assertThatIllegalArgumentException().isThrownBy(() -> request(true, 1).withRetryBudget(-0.1))
			.withMessageContaining("-0.1");
	}

	@Test
	void pauseIsRandomAndGrows() throws RpcFrameException {
		this.elements.size = 1;
		Map<Long, Integer> pauses = new HashMap<>();
		for (int number = 0; number < 50; number++) {
			CompletableFuture<byte[]> result = call(true, 2, 1.0);
			overload();
			long millis = 0;
			while (this.channels.get(1).sent.isEmpty()) {
				this.runtime.pass(Duration.ofMillis(1));
				millis++;
			}
			assertThat(millis).isLessThanOrEqualTo(50);
			pauses.merge(millis, 1, Integer::sum);
			overload();
			assertThat(result).isCompletedExceptionally();
		}
		assertThat(pauses.keySet()).hasSizeGreaterThan(15);
	}

	@Test
	@Goal("G16")
	@DisplayName("G16: an exception tells pool, registrar, and each attempt with address, error and age")
	void exceptionTellsAll() throws RpcFrameException {
		CompletableFuture<byte[]> result = call(true, 2, 1.0);
		this.runtime.pass(Duration.ofMillis(25));
		overload();
		this.runtime.pass(Duration.ofMillis(5));
		FakeChannel second = this.channels.get(2);
		answer(second, new RpcFrame.Refusal(second.request().callId(), RefusalReason.DRAINING, "the element left"));
		assertThat(failure(result)).isInstanceOfSatisfying(NoPoolElementException.class, (failure) -> {
			assertThat(failure.pool()).isEqualTo(POOL);
			assertThat(failure.registrar()).isEqualTo("registrar 0x00000007 at registrar:3863");
			assertThat(failure.attempts()).hasSize(2);
		})
			.hasMessageContaining("in pool pool failed")
			.hasMessageContaining("the home is registrar 0x00000007 at registrar:3863")
			.hasMessageContaining("0x00000001 at localhost:4001 after 25 ms: NOT_SENT, OVERLOADED (full)")
			.hasMessageContaining("0x00000002 at localhost:4002 after 30 ms: NOT_SENT, DRAINING (the element left)");
	}

	@Test
	@Goal("G14")
	@DisplayName("G14: an element that answers a probe is trusted again")
	void suspectThatServesIsTrusted() throws RpcFrameException {
		this.elements.suspects.add(1);
		call(true, 1, 0.2);
		answer(1, new RpcFrame.Response(this.channels.get(1).request().callId(), new byte[0]));
		assertThat(this.elements.trusted).containsExactly(1);
		call(true, 1, 0.2);
		answer(1, new RpcFrame.Response(this.channels.get(1).request().callId(), new byte[0]));
		assertThat(this.elements.trusted).hasSize(1);
	}

	@Test
	@Goal("G11")
	@DisplayName("G11: a pool that was prepared has a channel to each element before the first call")
	void preparationOpensChannels() throws RpcFrameException {
		this.caller.prepare(POOL);
		assertThat(this.channels).containsOnlyKeys(1, 2, 3);
		call(true, 1, 0.2);
		assertThat(this.channels.get(1).request().element()).isEqualTo(1);
		assertThat(this.channels).hasSize(3);
	}

	private void overload() throws RpcFrameException {
		FakeChannel channel = this.channels.get(1);
		long callId = channel.request().callId();
		channel.sent.clear();
		answer(channel, new RpcFrame.Refusal(callId, RefusalReason.OVERLOADED, "full"));
	}

	private FakeChannel visited() {
		List<FakeChannel> visited = new ArrayList<>();
		this.channels.values().stream().filter((channel) -> !channel.sent.isEmpty()).forEach(visited::add);
		assertThat(visited).hasSizeLessThanOrEqualTo(1);
		return visited.isEmpty() ? null : visited.get(0);
	}

	private CompletableFuture<byte[]> call(boolean idempotent, int maxAttempts, double budget) {
		CompletableFuture<byte[]> result = new CompletableFuture<>();
		this.caller.start(new Call(request(idempotent, maxAttempts).withRetryBudget(budget), new FutureReply(result),
				this.runtime.nanoTime()));
		return result;
	}

	private static RpcRequest request(boolean idempotent, int maxAttempts) {
		return new RpcRequest(POOL, "m", new byte[0], Map.of(), idempotent, Duration.ofHours(1), maxAttempts);
	}

	private void answer(int identifier, RpcFrame frame) {
		answer(this.channels.get(identifier), frame);
	}

	private void answer(FakeChannel channel, RpcFrame frame) {
		this.caller.message(channel, new UserMessage(RpcFrameCodec.PAYLOAD_PROTOCOL, RpcFrameCodec.encode(frame)));
	}

	private static Throwable failure(CompletableFuture<byte[]> result) {
		try {
			result.join();
			throw new AssertionError("The call did not fail");
		}
		catch (CompletionException ex) {
			return ex.getCause();
		}
	}

}
