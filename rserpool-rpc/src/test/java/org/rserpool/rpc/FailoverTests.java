package org.rserpool.rpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.rserpool.Goal;
import org.rserpool.session.SessionSettings;
import org.rserpool.user.CachedPool;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.ResolutionFailure.Kind;
import org.rserpool.user.SelectionCallback;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which elements a call by another protocol may try, in virtual time.
 */
class FailoverTests {

	private static final PoolHandle POOL = PoolHandle.of("pool");

	private static final Duration DEADLINE = Duration.ofSeconds(1);

	private final VirtualNetwork runtime = new VirtualNetwork();

	private final Reach reach = new Reach(this.runtime, SessionSettings.DEFAULT);

	private final Elements elements = new Elements();

	private final RetryBudgets budgets = new RetryBudgets();

	private final List<EndedCall> told = new ArrayList<>();

	@Test
	void answerEndsTheCallAndConfirmsTheElement() {
		FailoverCall call = call(false, 3);
		assertThat(call.next().join().identifier()).isEqualTo(1);
		this.runtime.pass(Duration.ofMillis(300));
		assertThat(call.left()).isEqualTo(Duration.ofMillis(700));
		call.answered();
		assertThat(this.elements.confirmed).containsExactly(1);
		assertThat(this.told).singleElement().satisfies((ended) -> {
			assertThat(ended.outcome()).isEqualTo(CallOutcome.ANSWERED);
			assertThat(ended.method()).isEqualTo("GET /");
			assertThat(ended.failedAttempts()).isEmpty();
			assertThat(ended.duration()).isEqualTo(Duration.ofMillis(300));
		});
		assertThat(this.runtime.timers()).isZero();
	}

	@Test
	void whatWasNotSentIsTriedElsewhereEvenIfItIsNotIdempotent() {
		FailoverCall call = call(false, 3);
		call.next().join();
		call.unreachable(CallOutcome.NOT_SENT, "refused");
		assertThat(call.next().join().identifier()).isEqualTo(2);
		call.refused("draining");
		assertThat(call.next().join().identifier()).isEqualTo(3);
		call.answered();
		assertThat(this.elements.reported).containsExactly(1);
		assertThat(this.elements.avoided).containsExactly(2);
		assertThat(this.told.get(0).failedAttempts()).extracting(CallAttempt::outcome)
			.containsExactly(CallOutcome.NOT_SENT, CallOutcome.NOT_SENT);
	}

	@Test
	void whatMayHaveBeenCarriedOutIsTriedElsewhereIfItIsIdempotent() {
		FailoverCall call = call(true, 3);
		call.next().join();
		call.unreachable(CallOutcome.UNKNOWN, "reset");
		assertThat(call.next().join().identifier()).isEqualTo(2);
		call.unanswered("no answer within 100 ms");
		assertThat(call.next().join().identifier()).isEqualTo(3);
		assertThat(this.elements.reported).containsExactly(1);
		assertThat(this.elements.avoided).containsExactly(2);
	}

	@Test
	void whatMayHaveBeenCarriedOutFailsIfItIsNotIdempotent() {
		FailoverCall call = call(false, 3);
		call.next().join();
		call.unreachable(CallOutcome.UNKNOWN, "reset");
		assertThatFails(call, CallOutcomeUnknownException.class, "GET /", "pool pool", "UNKNOWN, reset");
		assertThat(this.elements.reported).containsExactly(1);
		assertThat(this.told).singleElement().extracting(EndedCall::outcome).isEqualTo(CallOutcome.UNKNOWN);
	}

	@Test
	void attemptsAreBounded() {
		FailoverCall call = call(false, 2);
		for (int attempt = 0; attempt < 2; attempt++) {
			call.next().join();
			call.unreachable(CallOutcome.NOT_SENT, "refused");
		}
		assertThatFails(call, NoPoolElementException.class, "in 2 attempts", "0x00000001 at localhost:1",
				"0x00000002 at localhost:2");
	}

	@Test
	void outcomeOfAllAttemptsIsUnknownIfThatOfOneIs() {
		FailoverCall call = call(true, 2);
		call.next().join();
		call.unreachable(CallOutcome.UNKNOWN, "reset");
		call.next().join();
		call.unreachable(CallOutcome.NOT_SENT, "refused");
		assertThatFails(call, CallOutcomeUnknownException.class, "in 2 attempts");
	}

	@Test
	void elementsAreTriedAgainOnlyAfterAllOthersAndAPause() {
		FailoverCall call = call(false, 10);
		Set<Integer> tried = new HashSet<>();
		for (int attempt = 0; attempt < 3; attempt++) {
			tried.add(call.next().join().identifier());
			call.unreachable(CallOutcome.NOT_SENT, "refused");
		}
		assertThat(tried).containsExactlyInAnyOrder(1, 2, 3);
		this.runtime.answer("127.0.0.1:1");
		CompletableFuture<PoolElement> again = call.next();
		assertThat(again).isNotDone();
		this.runtime.pass(Duration.ofMillis(51));
		assertThat(again).isCompleted();
	}

	@Test
	void waitsForElementsWhenAllWereLostBeforeItBegan() {
		this.elements.failure = new ResolutionFailure(Kind.NO_OTHER_ELEMENT, PoolHandle.of("greeters"), "none is left");
		CompletableFuture<PoolElement> next = call(false, 1).next();
		assertThat(next).isNotDone();
		this.elements.failure = null;
		this.runtime.pass(Duration.ofMillis(50));
		assertThat(next).isCompleted();
	}

	@Test
	void deadlineEndsAWaitForAnElement() {
		this.elements.silent = true;
		FailoverCall call = call(true, 3);
		CompletableFuture<PoolElement> next = call.next();
		this.runtime.pass(DEADLINE);
		assertThatExceptionOfType(CompletionException.class).isThrownBy(next::join)
			.withCauseInstanceOf(DeadlineExceededException.class);
		assertThat(this.told).singleElement().extracting(EndedCall::outcome).isEqualTo(CallOutcome.DEADLINE);
	}

	@Test
	void deadlineHoldsOverAllAttempts() {
		FailoverCall call = call(true, 3);
		call.next().join();
		this.runtime.pass(DEADLINE);
		assertThat(call.left()).isZero();
		call.unanswered("no answer");
		assertThatFails(call, DeadlineExceededException.class, "1000 ms", "DEADLINE, no answer");
		assertThat(this.elements.reported).isEmpty();
	}

	@Test
	void failedResolutionIsNamed() {
		this.elements.failure = new ResolutionFailure(Kind.NO_REGISTRAR, POOL, "no registrar could be reached");
		assertThatFails(call(true, 3), NoPoolElementException.class, "no registrar could be reached");
	}

	@Test
	void cancelledCallIsNotTold() {
		this.elements.silent = true;
		FailoverCall call = call(true, 3);
		CompletableFuture<PoolElement> next = call.next();
		call.cancel();
		this.runtime.pass(DEADLINE);
		assertThat(next).isCancelled();
		assertThat(this.told).isEmpty();
		assertThat(this.runtime.timers()).isZero();
	}

	@Test
	void secondAttemptNeedsTheEndOfTheFirst() {
		FailoverCall call = call(true, 3);
		call.next().join();
		assertThat(call.next()).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(IllegalStateException.class);
		call.answered();
		call.unreachable(CallOutcome.NOT_SENT, "late");
		assertThat(this.elements.reported).isEmpty();
	}

	@Test
	void closedLoopIsNamed() {
		FailoverCall call = new Failover(this.runtime, (task) -> {
			throw new RejectedExecutionException("closed");
		}, this.elements, request(true, 3), this.budgets, this.reach, this.told::add, CompletableFuture::new);
		assertThatFails(call, RSerPoolException.class, "left the operation scope");
		call.answered();
		call.cancel();
		assertThat(this.told).isEmpty();
	}

	@Test
	void overloadedPoolGetsNoMoreThanItsRetryBudget() {
		int attempts = 0;
		int calls = 2_000;
		for (int number = 0; number < calls; number++) {
			FailoverCall call = call(false, 3);
			CompletableFuture<PoolElement> next = call.next();
			while (!next.isCompletedExceptionally()) {
				attempts++;
				call.overloaded("full");
				next = call.next();
			}
		}
		assertThat(attempts).isGreaterThan(calls).isLessThanOrEqualTo((int) (1.2 * calls + RetryBudget.RESERVE));
		FailoverCall last = call(false, 3);
		last.next().join();
		last.overloaded("full");
		assertThatFails(last, NoPoolElementException.class, "the retry budget of pool", "is used up");
	}

	@Test
	void anAttemptAfterOneThatReachedNobodyIsFree() {
		while (this.budgets.of(POOL).take(0.2, this.runtime.nanoTime())) {
			continue;
		}
		FailoverCall call = call(false, 3);
		call.next().join();
		call.unreachable(CallOutcome.NOT_SENT, "refused");
		assertThat(call.next().join().identifier()).isEqualTo(2);
		call.refused("draining");
		assertThat(call.next().join().identifier()).isEqualTo(3);
	}

	@Test
	void elementsOfOtherBindingsAreLeftOut() {
		this.elements.bindings.put(1, "rpc");
		this.elements.bindings.put(3, "http");
		FailoverCall call = bound("http");
		assertThat(call.next().join().identifier()).isEqualTo(2);
		call.refused("draining");
		assertThat(call.next().join().identifier()).isEqualTo(3);
		this.elements.bindings.put(2, "rpc");
		this.elements.bindings.put(3, "rpc");
		assertThatFails(bound("http"), NoPoolElementException.class, "no element of pool", "speaks http");
	}

	@Test
	void observerIsToldOfEachAttempt() {
		RecordingObserver observer = new RecordingObserver();
		FailoverCall call = observed(observer);
		call.next().join();
		assertThat(observer.told).containsExactly("started 1");
		call.unreachable(CallOutcome.UNKNOWN, "reset");
		call.next().join();
		call.refused("draining");
		call.next().join();
		call.answered();
		assertThat(observer.told).containsExactly("started 1", "reported", "ended 1 UNKNOWN", "started 2",
				"ended 2 NOT_SENT", "started 3", "ended 3 ANSWERED");
	}

	@Test
	void observerThatFailsHarmsNoCall() {
		FailoverCall call = observed(new CallObserver() {

			@Override
			public Map<String, String> attemptStarted(int element, InetSocketAddress address) {
				throw new UnsupportedOperationException("a test of a failing observer");
			}

		});
		assertThat(call.next().join().identifier()).isEqualTo(1);
	}

	@Test
	void callThatIsFinishedEndsWithItsLastAttempt() {
		FailoverCall call = call(true, 3);
		call.next().join();
		call.unreachable(CallOutcome.UNKNOWN, "reset");
		call.finish();
		call.finish();
		call.cancel();
		assertThat(this.told).singleElement().satisfies((ended) -> {
			assertThat(ended.outcome()).isEqualTo(CallOutcome.UNKNOWN);
			assertThat(ended.failedAttempts()).hasSize(1);
		});
	}

	@Test
	@Goal("G16")
	@DisplayName("G16: who calls by another protocol is told pool, registrar and each attempt with address, error and age")
	void failureNamesThePoolTheRegistrarAndEachAttempt() {
		FailoverCall call = call(false, 1);
		call.next().join();
		this.runtime.pass(Duration.ofMillis(20));
		call.unreachable(CallOutcome.NOT_SENT, "refused");
		assertThatFails(call, NoPoolElementException.class, "pool pool", "registrar 0x00000007",
				"0x00000001 at localhost:1 after 20 ms: NOT_SENT, refused");
	}

	@Test
	@Goal("G12")
	@DisplayName("G12: who calls by another protocol gets an element at the address that answers, and remembers it")
	void elementIsHandedOutWhereItIsReached() {
		this.elements.addresses = "=192.0.2.1,192.0.2.2,192.0.2.3";
		this.runtime.answer("192.0.2.3:1");
		this.runtime.refuse("192.0.2.2:1");
		CompletableFuture<PoolElement> next = call(false, 1).next();
		this.runtime.pass(Duration.ofMillis(200));
		assertThat(next).isCompletedWithValueMatching((element) -> at(element).equals("192.0.2.3:1"));
		assertThat(this.runtime.connections()).isEqualTo(1);
		assertThat(call(false, 1).next()).isCompletedWithValueMatching((element) -> at(element).equals("192.0.2.3:1"));
		assertThat(this.runtime.connections()).isEqualTo(1);
	}

	@Test
	@Goal("G12")
	@DisplayName("G12: when the address that answered does so no more, the element is tried at another one, and not reported")
	void elementThatMovedIsTriedElsewhere() {
		this.elements.addresses = "=192.0.2.1,192.0.2.2";
		this.runtime.answer("192.0.2.1:1");
		call(false, 1).next();
		this.runtime.pass(Duration.ofMillis(1));
		this.runtime.silence("192.0.2.1:1");
		this.runtime.answer("192.0.2.2:1");
		FailoverCall call = call(false, 2);
		assertThat(at(call.next().join())).isEqualTo("192.0.2.1:1");
		call.unreachable(CallOutcome.NOT_SENT, "timed out");
		CompletableFuture<PoolElement> next = call.next();
		this.runtime.pass(Duration.ofMillis(200));
		assertThat(next).isCompletedWithValueMatching((element) -> at(element).equals("192.0.2.2:1"));
		assertThat(this.elements.reported).isEmpty();
		call.unreachable(CallOutcome.NOT_SENT, "refused");
		assertThat(this.elements.reported).containsExactly(1);
	}

	@Test
	void elementWithoutAnAddressThatAnswersIsAnAttemptThatWasNotSent() {
		this.elements.addresses = "=192.0.2.1,192.0.2.2";
		this.runtime.answer("192.0.2.2:2");
		FailoverCall call = call(false, 3);
		CompletableFuture<PoolElement> next = call.next();
		this.runtime.pass(Duration.ofMillis(900));
		assertThat(next).isCompletedWithValueMatching((element) -> at(element).equals("192.0.2.2:2"));
		assertThat(this.elements.reported).containsExactly(1);
		call.answered();
		assertThat(this.told.get(0).failedAttempts()).singleElement()
			.satisfies((attempt) -> assertThat(attempt.error()).contains("192.0.2.1:1, 192.0.2.2:1", "600 ms"));
	}

	@Test
	@Goal("G10")
	@DisplayName("G10: of an element that failed, later calls find out first whether it takes connections")
	void elementThatFailedIsProbedBeforeItIsTriedAgain() {
		FailoverCall call = call(true, 1);
		call.next().join();
		call.unreachable(CallOutcome.UNKNOWN, "silent");
		FailoverCall later = call(false, 2);
		CompletableFuture<PoolElement> next = later.next();
		this.runtime.pass(SessionSettings.DEFAULT.connectTimeout());
		assertThat(next.join().identifier()).isEqualTo(2);
		this.runtime.answer("127.0.0.1:1");
		next = call(false, 2).next();
		this.runtime.pass(Duration.ofMillis(1));
		assertThat(next.join().identifier()).isEqualTo(1);
	}

	@Test
	@Goal("G10")
	@DisplayName("G10: a call in flight at an element that drops all packets is told so within 3 s")
	void silenceIsTold() {
		FailoverCall call = longCall(true);
		call.next().join();
		this.runtime.pass(Duration.ofMillis(600));
		assertThat(call.silence()).isNotDone();
		this.runtime.pass(Duration.ofMillis(2_400));
		assertThat(call.silence())
			.isCompletedWithValueMatching((text) -> text.contains("no connection to localhost:1"));
		call.unreachable(CallOutcome.UNKNOWN, call.silence().join());
		assertThat(call.next().join().identifier()).isEqualTo(2);
		assertThat(this.elements.reported).containsExactly(1);
	}

	@Test
	void slowElementIsNotSilent() {
		FailoverCall call = longCall(true);
		this.runtime.answer("127.0.0.1:1");
		call.next().join();
		this.runtime.pass(Duration.ofSeconds(20));
		this.runtime.refuse("127.0.0.1:1");
		this.runtime.pass(Duration.ofSeconds(20));
		assertThat(call.silence()).isNotDone();
		assertThat(this.runtime.connections()).isBetween(50, 60);
		call.answered();
		this.runtime.pass(Duration.ofSeconds(20));
		assertThat(this.runtime.timers()).isZero();
	}

	@Test
	void callThatWasAnsweredIsNotFinishedAgain() {
		FailoverCall call = call(true, 3);
		call.next().join();
		call.answered();
		call.finish();
		assertThat(this.told).singleElement().extracting(EndedCall::outcome).isEqualTo(CallOutcome.ANSWERED);
	}

	private FailoverCall observed(CallObserver observer) {
		return new Failover(this.runtime, Runnable::run, this.elements, request(true, 3).withObserver(observer),
				this.budgets, this.reach, this.told::add, CompletableFuture::new);
	}

	@Test
	void elementThatAnswersOthersIsNotProbed() {
		FailoverCall slow = longCall(true);
		slow.next().join();
		for (int number = 0; number < 100; number++) {
			FailoverCall fast = call(true, 1);
			fast.next().join();
			this.runtime.pass(Duration.ofMillis(100));
			fast.answered();
		}
		assertThat(slow.silence()).isNotDone();
		assertThat(this.runtime.connections()).isZero();
	}

	@Test
	void callThatIsNotIdempotentIsNotWatched() {
		FailoverCall call = longCall(false);
		call.next().join();
		this.runtime.pass(Duration.ofSeconds(50));
		assertThat(call.silence()).isNotDone();
		assertThat(this.runtime.connections()).isZero();
	}

	private FailoverCall longCall(boolean idempotent) {
		return new Failover(this.runtime, Runnable::run, this.elements,
				new FailoverRequest(POOL, "GET /", idempotent, Duration.ofMinutes(1), 3), this.budgets, this.reach,
				this.told::add, CompletableFuture::new);
	}

	private static String at(PoolElement element) {
		Transport.Tcp tcp = (Transport.Tcp) element.userTransport();
		return tcp.address().getHostAddress() + ":" + tcp.port();
	}

	private FailoverCall bound(String binding) {
		return new Failover(this.runtime, Runnable::run, this.elements,
				new FailoverRequest(POOL, "GET /", true, DEADLINE, 3, 0.2, binding), this.budgets, this.reach,
				this.told::add, CompletableFuture::new);
	}

	@Test
	void requestNeedsTimeAndAttempts() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new FailoverRequest(POOL, "GET /", true, Duration.ZERO, 1))
			.withMessageContaining("not positive");
		assertThatIllegalArgumentException().isThrownBy(() -> request(true, 0)).withMessageContaining("one attempt");
	}

	private static void assertThatFails(FailoverCall call, Class<? extends Throwable> type, String... parts) {
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> call.next().join())
			.havingCause()
			.isInstanceOf(type)
			.satisfies((failure) -> assertThat(failure.getMessage()).contains(parts));
	}

	private FailoverCall call(boolean idempotent, int maxAttempts) {
		return new Failover(this.runtime, Runnable::run, this.elements, request(idempotent, maxAttempts), this.budgets,
				this.reach, this.told::add, CompletableFuture::new);
	}

	private static FailoverRequest request(boolean idempotent, int maxAttempts) {
		return new FailoverRequest(POOL, "GET /", idempotent, DEADLINE, maxAttempts);
	}

	/**
	 * A pool of three elements.
	 */
	private static final class Elements implements UserElements {

		private String addresses;

		private final List<Integer> reported = new ArrayList<>();

		private final Map<Integer, String> bindings = new HashMap<>();

		private final List<Integer> avoided = new ArrayList<>();

		private final List<Integer> confirmed = new ArrayList<>();

		private ResolutionFailure failure;

		private boolean silent;

		@Override
		public void select(PoolHandle pool, Set<Integer> excluded, SelectionCallback callback) {
			if (this.silent) {
				return;
			}
			for (int identifier = 1; identifier <= 3 && this.failure == null; identifier++) {
				if (!excluded.contains(identifier)) {
					callback.selected(new PoolElement(identifier, 0, 30_000,
							new Transport.Tcp(identifier, InetAddress.getLoopbackAddress()),
							MemberSelectionPolicy.ROUND_ROBIN, null, metadata(identifier)));
					return;
				}
			}
			callback.failed((this.failure != null) ? this.failure
					: new ResolutionFailure(Kind.NO_OTHER_ELEMENT, pool, "no other element"));
		}

		private ElementMetadata metadata(int identifier) {
			Map<String, String> said = new HashMap<>();
			if (this.bindings.containsKey(identifier)) {
				said.put(ElementMetadata.BINDING, this.bindings.get(identifier));
			}
			if (this.addresses != null) {
				said.put(ElementMetadata.ADDRESSES, this.addresses);
			}
			return ElementMetadata.of(said);
		}

		@Override
		public String registrar() {
			return "registrar 0x00000007";
		}

		@Override
		public boolean reportUnreachable(PoolHandle pool, int identifier) {
			return this.reported.add(identifier);
		}

		@Override
		public void avoid(PoolHandle pool, int identifier) {
			this.avoided.add(identifier);
		}

		@Override
		public void confirm(PoolHandle pool, int identifier) {
			this.confirmed.add(identifier);
		}

		@Override
		public CachedPool known(PoolHandle pool) {
			return null;
		}

		@Override
		public Collection<CachedPool> known() {
			return List.of();
		}

	}

}
