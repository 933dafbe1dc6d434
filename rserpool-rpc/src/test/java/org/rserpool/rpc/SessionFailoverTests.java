package org.rserpool.rpc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.rserpool.Goal;
import org.rserpool.rpc.state.SessionId;
import org.rserpool.rpc.state.StateCookies;
import org.rserpool.rpc.state.StateKey;
import org.rserpool.rpc.state.StateSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sessions with a counter, while elements die and links break.
 */
class SessionFailoverTests {

	private static final StateSettings SETTINGS = StateSettings.of(new StateKey("a", new byte[32]));

	private final List<Integer> servedBy = new ArrayList<>();

	private RpcScope scope = scope(1, SETTINGS);

	private RpcScope scope(long seed, StateSettings settings) {
		RpcScope created = new RpcScope(seed, 3, (identifier) -> (invocation) -> new CompletableFuture<>());
		List.of(1, 2, 3).forEach((identifier) -> serve(created, identifier, settings));
		return created;
	}

	private void serve(RpcScope in, int identifier, StateSettings settings) {
		StateCookies cookies = new StateCookies(RpcScope.POOL, settings,
				() -> java.time.Instant.ofEpochMilli(in.runtime.nanoTime() / 1_000_000));
		in.servers.get(identifier).add(RpcScope.POOL, identifier, (invocation) -> {
			this.servedBy.add(identifier);
			long[] counter = CallContext.current()
				.session()
				.get("counter", (saved) -> new long[] { (saved != null) ? ByteBuffer.wrap(saved).getLong() : 0 },
						(value) -> octets(value[0]));
			counter[0] += ByteBuffer.wrap(invocation.payload()).getLong();
			byte[] answer = octets(counter[0]);
			CompletableFuture<byte[]> result = new CompletableFuture<>();
			in.runtime.schedule(Duration.ofMillis(2), () -> result.complete(answer));
			return result;
		}, (task) -> in.runtime.schedule(Duration.ZERO, task), 100, cookies);
	}

	private static byte[] octets(long value) {
		return ByteBuffer.allocate(8).putLong(value).array();
	}

	private UserSession open() {
		return new UserSession(new SessionId(1, this.scope.runtime.nanoTime() + 1), RpcScope.POOL);
	}

	private CompletableFuture<Long> add(UserSession session, long amount) {
		return add(session, amount, false, Duration.ofSeconds(5));
	}

	private CompletableFuture<Long> add(UserSession session, long amount, CallObserver observer) {
		return add(session, amount, false, Duration.ofSeconds(5), observer);
	}

	private CompletableFuture<Long> add(UserSession session, long amount, boolean idempotent, Duration deadline) {
		return add(session, amount, idempotent, deadline, CallObserver.NONE);
	}

	private CompletableFuture<Long> add(UserSession session, long amount, boolean idempotent, Duration deadline,
			CallObserver observer) {
		CompletableFuture<byte[]> result = new CompletableFuture<>();
		RpcRequest request = new RpcRequest(RpcScope.POOL, "add", octets(amount), Map.of(), idempotent, deadline, 3)
			.withReplay(true)
			.withObserver(observer);
		this.scope.caller.start(new Call(request, new FutureReply(result), this.scope.runtime.nanoTime(), session));
		return result.thenApply((octets) -> ByteBuffer.wrap(octets).getLong());
	}

	private void pass(long millis) {
		this.scope.runtime.pass(Duration.ofMillis(millis));
	}

	private void await(CompletableFuture<?> result) {
		for (int millis = 0; !result.isDone() && millis < 10_000; millis++) {
			pass(1);
		}
		assertThat(result).isDone();
	}

	private void restart(int identifier) {
		this.scope.start(identifier);
		serve(this.scope, identifier, SETTINGS);
	}

	static LongStream seeds() {
		return LongStream.range(0, 100);
	}

	@Goal("G7")
	@ParameterizedTest(
			name = "G7: a counter in a session is exact though its element is killed again and again, seed {0}")
	@MethodSource("seeds")
	void counterIsExactThoughElementsAreKilled(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		this.scope = scope(seed, SETTINGS);
		UserSession session = open();
		long longest = 0;
		int kills = 0;
		for (long expected = 1; expected <= 120; expected++) {
			CompletableFuture<Long> result = add(session, 1);
			long begun = this.scope.runtime.nanoTime();
			if (expected % 4 == 0 && session.element() != null) {
				pass(random.nextInt(5));
				int victim = session.element().identifier();
				this.scope.kill(victim);
				kills++;
				await(result);
				pass(random.nextInt(5));
				restart(victim);
			}
			await(result);
			longest = Math.max(longest, this.scope.runtime.nanoTime() - begun);
			assertThat(result).isCompletedWithValue(expected);
		}
		assertThat(kills).isEqualTo(30);
		assertThat(longest).isLessThan(Duration.ofMillis(300).toNanos());
	}

	@Goal("G7")
	@ParameterizedTest(
			name = "G7: nothing is lost or doubled while links break and calls wait for one another, seed {0}")
	@MethodSource("seeds")
	void counterIsExactThoughLinksBreak(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		this.scope = scope(seed, SETTINGS);
		UserSession session = open();
		List<CompletableFuture<Long>> results = new ArrayList<>();
		for (int call = 0; call < 150; call++) {
			results.add(add(session, 1));
			pass(random.nextInt(6));
			if (call % 10 == 5 && !this.scope.links.isEmpty()) {
				this.scope.links.get(random.nextInt(this.scope.links.size()))
					.cut(Duration.ofMillis(random.nextInt(10)), Duration.ofMillis(random.nextInt(10)));
			}
		}
		results.forEach(this::await);
		for (int call = 0; call < results.size(); call++) {
			assertThat(results.get(call)).as("call " + call).isCompletedWithValue(call + 1L);
		}
	}

	@Test
	void aSessionStaysWithItsElementWhileThatLives() {
		UserSession session = open();
		for (int call = 0; call < 20; call++) {
			await(add(session, 1));
		}
		assertThat(this.servedBy).hasSize(20).containsOnly(session.element().identifier());
		assertThat(session.version()).isEqualTo(20);
	}

	@Test
	void observerIsToldWhereTheCookieGoesAlong() {
		RecordingObserver observer = new RecordingObserver();
		UserSession session = open();
		await(add(session, 1, observer));
		await(add(session, 1, observer));
		assertThat(observer.told).doesNotContain("echoed");
		int first = session.element().identifier();
		this.scope.kill(first);
		observer.told.clear();
		await(add(session, 1, observer));
		int second = session.element().identifier();
		assertThat(second).isNotEqualTo(first);
		assertThat(observer.told).endsWith("started " + second, "echoed", "ended " + second + " ANSWERED");
	}

	@Test
	void aCallThatEndedWhileItsLinkWasBrokenIsAnsweredFromMemory() {
		UserSession session = open();
		await(add(session, 1));
		CompletableFuture<Long> result = add(session, 1);
		pass(2);
		this.scope.links.get(0).lost = true;
		pass(4);
		assertThat(this.servedBy).hasSize(2);
		Runnable down = () -> this.scope.caller.down(this.scope.links.get(0), org.rserpool.runtime.DownReason.ABORTED,
				"reset");
		this.scope.links.get(0).usable = false;
		down.run();
		this.scope.links.remove(0);
		await(result);
		assertThat(result).isCompletedWithValue(2L);
		assertThat(this.servedBy).hasSize(2);
		assertThat(session.version()).isEqualTo(2);
	}

	@Test
	void aCallThatTimedOutIsFollowedInOrder() {
		UserSession session = open();
		await(add(session, 1));
		CompletableFuture<Long> late = add(session, 10, false, Duration.ofMillis(2));
		await(late);
		assertThat(late).isCompletedExceptionally();
		CompletableFuture<Long> next = add(session, 100);
		await(next);
		assertThat(next).isCompletedWithValueMatching((value) -> value == 101 || value == 111);
		int element = session.element().identifier();
		this.scope.kill(element);
		CompletableFuture<Long> elsewhere = add(session, 0);
		await(elsewhere);
		assertThat(elsewhere.join()).isEqualTo(next.join());
	}

	@Test
	void aCallThatChangesNothingBringsNoCookie() {
		UserSession session = open();
		await(add(session, 0));
		long version = session.version();
		await(add(session, 0));
		assertThat(session.version()).isEqualTo(version);
	}

	@Test
	void aSessionWithoutKnownKeyGoesToAnElementThatKnowsIt() {
		UserSession session = open();
		await(add(session, 5));
		int first = session.element().identifier();
		this.scope.kill(first);
		int stranger = first % 3 + 1;
		this.scope.kill(stranger);
		this.scope.start(stranger);
		serve(this.scope, stranger, StateSettings.of(new StateKey("b", new byte[32])));
		CompletableFuture<Long> result = add(session, 5);
		await(result);
		assertThat(result).isCompletedWithValue(10L);
		assertThat(session.element().identifier()).isNotIn(first, stranger);
	}

	@Test
	void aSessionThatNobodyCanGoOnWithFailsWithTheReason() {
		UserSession session = open();
		await(add(session, 5));
		this.scope.kill(session.element().identifier());
		pass(Duration.ofHours(2).toMillis());
		CompletableFuture<Long> result = add(session, 5);
		await(result);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(result::join)
			.havingCause()
			.isInstanceOf(SessionRefusedException.class)
			.withMessageContaining("expired");
	}

	@Test
	void anElementWithoutKeysRefusesSessionsAndSaysWhatToSet() {
		List.of(1, 2, 3)
			.forEach((identifier) -> this.scope.servers.get(identifier)
				.add(RpcScope.POOL, identifier, (invocation) -> CompletableFuture.completedFuture(new byte[8]),
						Runnable::run));
		CompletableFuture<Long> result = add(open(), 5);
		await(result);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(result::join)
			.havingCause()
			.isInstanceOf(SessionRefusedException.class)
			.withMessageContaining("rserpool.element.pool.state.keys");
	}

	@Test
	void stateThatIsTooLargeFailsTheCallAndIsUndone() {
		StateSettings small = new StateSettings(SETTINGS.keys(), false, 20, Duration.ofHours(1));
		this.scope = scope(1, small);
		CompletableFuture<Long> result = add(open(), 5);
		await(result);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(result::join)
			.havingCause()
			.isInstanceOf(RemoteInvocationException.class)
			.withMessageContaining("state.max-size")
			.withMessageContaining("20");
	}

	@Test
	void aClosedSessionIsForgottenByItsElement() {
		UserSession session = open();
		await(add(session, 5));
		session.close();
		pass(10);
		UserSession same = new UserSession(session.id(), RpcScope.POOL);
		CompletableFuture<Long> result = add(same, 1);
		await(result);
		assertThat(result).isCompletedWithValue(1L);
	}

	@Test
	void sessionsOfOneLinkAreKeptApart() {
		UserSession one = open();
		pass(1);
		UserSession two = open();
		List<CompletableFuture<Long>> results = List.of(add(one, 1), add(two, 10), add(one, 1), add(two, 10));
		results.forEach(this::await);
		assertThat(results.stream().map(CompletableFuture::join)).containsExactly(1L, 10L, 2L, 20L);
	}

}
