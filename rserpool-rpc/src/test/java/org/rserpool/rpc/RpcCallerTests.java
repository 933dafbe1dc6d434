package org.rserpool.rpc;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.rpc.state.SessionId;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.ElementChannel;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.ResolutionFailure.Kind;
import org.rserpool.user.SelectionCallback;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which attempts are made, and what becomes of a call, in virtual time.
 */
class RpcCallerTests {

	private static final PoolHandle POOL = PoolHandle.of("pool");

	private final VirtualRuntime runtime = new VirtualRuntime();

	private final FakeElements elements = new FakeElements();

	private final Map<Integer, FakeChannel> channels = new LinkedHashMap<>();

	private final List<EndedCall> told = new ArrayList<>();

	private int ended;

	private final RpcCaller caller = new RpcCaller(this.runtime, this.elements,
			(pool, element) -> this.channels.computeIfAbsent(element.identifier(), (id) -> new FakeChannel(element)),
			() -> this.ended++, this.told::add);

	@Test
	void answerEndsTheCall() throws RpcFrameException {
		CompletableFuture<byte[]> result = call(false, 3);
		RpcFrame.Request request = this.channels.get(1).request();
		assertThat(request.remainingMillis()).isEqualTo(1000);
		assertThat(request.element()).isEqualTo(1);
		answer(1, new RpcFrame.Response(request.callId(), new byte[] { 5 }));
		assertThat(result.join()).containsExactly(5);
		assertThat(this.ended).isEqualTo(1);
		assertThat(this.runtime.timers()).isZero();
	}

	/**
	 * Where the element then turns out not to be there, the call may have been carried
	 * out.
	 */
	@Test
	void onlyACallThatMayBeRepeatedIsSentEarly() throws RpcFrameException {
		call(true, 3);
		call(false, 3);
		this.caller.start(new Call(request(true, 3), new FutureReply(new CompletableFuture<>()),
				this.runtime.nanoTime(), new UserSession(new SessionId(1, 1), POOL)));
		assertThat(this.channels.get(1).sent).extracting(UserMessage::early).containsExactly(true, false, false);
		this.caller.down(this.channels.get(1), DownReason.CANNOT_START, "it did not greet");
		assertThat(this.channels.get(2).sent).extracting(UserMessage::early).containsExactly(true);
		assertThat(this.told).singleElement()
			.satisfies((call) -> assertThat(call.outcome()).isEqualTo(CallOutcome.UNKNOWN));
	}

	@Test
	@Conformance("PU25")
	void unsentCallGoesElsewhereEvenIfItIsNotIdempotent() throws RpcFrameException {
		CompletableFuture<byte[]> result = call(false, 3);
		FakeChannel first = this.channels.get(1);
		this.caller.sendFailed(first, first.sent.get(0));
		this.caller.down(first, DownReason.CANNOT_START, "refused");
		assertThat(this.elements.reported).containsExactly(1);
		answer(2, new RpcFrame.Response(this.channels.get(2).request().callId(), new byte[0]));
		assertThat(result).isCompleted();
	}

	@Test
	@Conformance("PU49")
	void listenerIsToldOfACallThatFailedOver() throws RpcFrameException {
		call(true, 3);
		this.caller.down(this.channels.get(1), DownReason.ABORTED, "reset");
		assertThat(this.told).isEmpty();
		answer(2, new RpcFrame.Response(this.channels.get(2).request().callId(), new byte[0]));
		assertThat(this.told).singleElement().satisfies((call) -> {
			assertThat(call.outcome()).isEqualTo(CallOutcome.ANSWERED);
			assertThat(call.failedAttempts()).singleElement()
				.satisfies((attempt) -> assertThat(attempt.outcome()).isEqualTo(CallOutcome.UNKNOWN));
		});
	}

	@Test
	void observerIsToldOfAttemptsAndReports() throws RpcFrameException {
		RecordingObserver observer = new RecordingObserver();
		CompletableFuture<byte[]> result = new CompletableFuture<>();
		this.caller.start(new Call(request(true, 4).withObserver(observer), new FutureReply(result),
				this.runtime.nanoTime(), null));
		this.caller.down(this.channels.get(1), DownReason.ABORTED, "reset");
		answer(2, new RpcFrame.Refusal(this.channels.get(2).request().callId(), RefusalReason.UNKNOWN_POOL, "no"));
		answer(3, new RpcFrame.Response(this.channels.get(3).request().callId(), new byte[0]));
		assertThat(observer.told).containsExactly("started 1", "reported", "ended 1 UNKNOWN", "started 2", "reported",
				"ended 2 NOT_SENT", "started 3", "ended 3 ANSWERED");
	}

	@Test
	void listenerIsToldOfACallThatFailed() {
		call(false, 3);
		this.caller.down(this.channels.get(1), DownReason.ABORTED, "reset");
		assertThat(this.told).singleElement()
			.satisfies((call) -> assertThat(call.outcome()).isEqualTo(CallOutcome.UNKNOWN));
	}

	@Test
	void refusedCallGoesElsewhereAndIsNoReport() throws RpcFrameException {
		CompletableFuture<byte[]> result = call(false, 3);
		answer(1, new RpcFrame.Refusal(this.channels.get(1).request().callId(), RefusalReason.DRAINING, "left"));
		answer(2, new RpcFrame.Refusal(this.channels.get(2).request().callId(), RefusalReason.OVERLOADED, "full"));
		answer(3, new RpcFrame.Response(this.channels.get(3).request().callId(), new byte[0]));
		assertThat(result).isCompleted();
		assertThat(this.elements.reported).isEmpty();
		assertThat(this.elements.avoided).containsExactly(1);
	}

	@Test
	void elementThatDoesNotKnowItsPoolIsReported() throws RpcFrameException {
		call(false, 3);
		answer(1, new RpcFrame.Refusal(this.channels.get(1).request().callId(), RefusalReason.UNKNOWN_POOL, "no"));
		assertThat(this.elements.reported).containsExactly(1);
		assertThat(this.elements.avoided).isEmpty();
		assertThat(this.channels.get(2).sent).hasSize(1);
	}

	@Test
	void unknownOutcomeEndsACallThatIsNotIdempotent() {
		CompletableFuture<byte[]> result = call(false, 3);
		this.runtime.pass(Duration.ofMillis(40));
		this.caller.down(this.channels.get(1), DownReason.ABORTED, "reset");
		assertThat(failure(result)).isInstanceOf(CallOutcomeUnknownException.class)
			.hasMessageContaining("pool")
			.hasMessageContaining("0x00000001 at localhost:4001 after 40 ms: UNKNOWN, reset");
		assertThat(this.channels).hasSize(1);
	}

	@Test
	void unknownOutcomeOfIdempotentCallGoesElsewhere() throws RpcFrameException {
		CompletableFuture<byte[]> result = call(true, 3);
		this.caller.down(this.channels.get(1), DownReason.SHUTDOWN, "ended");
		assertThat(this.elements.reported).containsExactly(1);
		answer(2, new RpcFrame.Response(this.channels.get(2).request().callId(), new byte[0]));
		assertThat(result).isCompleted();
	}

	@Test
	void idleChannelThatEndsIsNoReport() {
		FakeChannel idle = new FakeChannel(FakeElements.element(3));
		this.caller.down(idle, DownReason.SHUTDOWN, "idle");
		assertThat(this.elements.reported).isEmpty();
		this.caller.down(idle, DownReason.TIMEOUT, "silent");
		assertThat(this.elements.reported).containsExactly(3);
	}

	@Test
	void channelIsInUseWhileACallWaitsThere() throws RpcFrameException {
		call(false, 3);
		FakeChannel first = this.channels.get(1);
		assertThat(this.caller.inUse(first)).isTrue();
		assertThat(this.caller.inUse(new FakeChannel(FakeElements.element(1)))).isFalse();
		answer(1, new RpcFrame.Response(first.request().callId(), new byte[0]));
		assertThat(this.caller.inUse(first)).isFalse();
	}

	@Test
	void attemptsAreBounded() {
		CompletableFuture<byte[]> result = call(true, 2);
		this.caller.down(this.channels.get(1), DownReason.ABORTED, "reset");
		this.caller.down(this.channels.get(2), DownReason.ABORTED, "reset");
		assertThat(failure(result)).isInstanceOf(CallOutcomeUnknownException.class);
		assertThat(((RSerPoolException) failure(result)).attempts()).hasSize(2);
		assertThat(this.channels).hasSize(2);
	}

	@Test
	void allElementsAreTriedAgainAfterAPause() throws RpcFrameException {
		CompletableFuture<byte[]> result = call(false, 4);
		for (int identifier = 1; identifier <= 3; identifier++) {
			long callId = this.channels.get(identifier).request().callId();
			answer(identifier, new RpcFrame.Refusal(callId, RefusalReason.OVERLOADED, "full"));
		}
		assertThat(this.channels.get(1).sent).hasSize(1);
		this.runtime.pass(Duration.ofMillis(50));
		assertThat(this.channels.get(1).sent).hasSize(2);
		answer(1, new RpcFrame.Refusal(this.channels.get(1).request().callId(), RefusalReason.OVERLOADED, "full"));
		assertThat(failure(result)).isInstanceOf(NoPoolElementException.class)
			.hasMessageContaining("4 attempts")
			.hasMessageContaining("OVERLOADED (full)");
	}

	@Test
	void callWaitsForElementsWhenAllWereLostBeforeItBegan() throws RpcFrameException {
		this.elements.size = 0;
		CompletableFuture<byte[]> result = call(false, 1);
		assertThat(result).isNotDone();
		this.elements.size = 1;
		this.runtime.pass(Duration.ofMillis(50));
		assertThat(this.channels.get(1).sent).hasSize(1);
	}

	@Test
	void callWaitsForAPoolThatIsNotKnownYet() throws RpcFrameException {
		this.elements.failure = unknownPool();
		CompletableFuture<byte[]> result = call(false, 1);
		this.runtime.pass(Duration.ofMillis(200));
		assertThat(result).isNotDone();
		this.elements.failure = null;
		this.runtime.pass(Duration.ofMillis(100));
		assertThat(this.channels.get(1).sent).hasSize(1);
	}

	@Test
	void whenAPoolDoesNotAppearThenTheCallSaysThatItIsNotKnown() throws RpcFrameException {
		this.elements.failure = unknownPool();
		CompletableFuture<byte[]> result = call(false, 1);
		this.runtime.pass(Duration.ofMillis(299));
		assertThat(result).isNotDone();
		this.runtime.pass(Duration.ofMillis(1));
		assertThat(result).isCompletedExceptionally();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(result::join)
			.withCauseInstanceOf(NoPoolElementException.class)
			.withMessageContaining("knows no pool pool");
		assertThat(this.runtime.timers()).isZero();
	}

	private static ResolutionFailure unknownPool() {
		return new ResolutionFailure(Kind.UNKNOWN_POOL, POOL, "a registrar knows no pool pool");
	}

	@Test
	void deadlineCoversAllAttemptsAndIsToldToTheElement() throws RpcFrameException {
		CompletableFuture<byte[]> result = call(true, 3);
		this.runtime.pass(Duration.ofMillis(600));
		this.caller.down(this.channels.get(1), DownReason.TIMEOUT, "silent");
		assertThat(this.channels.get(2).request().remainingMillis()).isEqualTo(400);
		long callId = this.channels.get(2).request().callId();
		this.runtime.pass(Duration.ofMillis(400));
		assertThat(failure(result)).isInstanceOf(DeadlineExceededException.class).hasMessageContaining("1000 ms");
		assertThat(this.channels.get(2).last()).isEqualTo(new RpcFrame.Cancel(callId));
		assertThat(this.ended).isEqualTo(1);
	}

	@Test
	void deadlineCoversResolution() {
		this.elements.silent = true;
		CompletableFuture<byte[]> result = call(true, 3);
		this.runtime.pass(Duration.ofMillis(1000));
		assertThat(failure(result)).isInstanceOf(DeadlineExceededException.class)
			.hasMessageContaining("while it looked for an element");
	}

	@Test
	void resolutionThatFailsIsNamed() {
		this.elements.failure = new ResolutionFailure(Kind.NO_REGISTRAR, POOL, "no registrar at 127.0.0.1:3863");
		assertThat(failure(call(true, 3))).isInstanceOf(NoPoolElementException.class)
			.hasMessageContaining("no registrar at 127.0.0.1:3863");
	}

	@Test
	void lateAnswerOfAnotherAttemptIsIgnored() throws RpcFrameException {
		CompletableFuture<byte[]> result = call(true, 3);
		long callId = this.channels.get(1).request().callId();
		answer(1, new RpcFrame.Refusal(callId, RefusalReason.OVERLOADED, "full"));
		answer(1, new RpcFrame.Response(callId, new byte[] { 1 }));
		assertThat(result).isNotDone();
	}

	@Test
	void cancelIsToldToTheElement() throws RpcFrameException {
		CompletableFuture<byte[]> result = new CompletableFuture<>();
		Call call = new Call(request(true, 3), new FutureReply(result), 0);
		this.caller.start(call);
		long callId = this.channels.get(1).request().callId();
		result.cancel(true);
		this.caller.cancelled(call);
		assertThat(this.channels.get(1).last()).isEqualTo(new RpcFrame.Cancel(callId));
		assertThat(this.ended).isEqualTo(1);
		assertThat(this.runtime.timers()).isZero();
	}

	@Test
	void callThatALeavingElementDidNotBeginGoesElsewhere() throws RpcFrameException {
		CompletableFuture<byte[]> first = call(false, 3);
		CompletableFuture<byte[]> second = call(false, 3);
		FakeChannel left = this.channels.get(1);
		answer(1, new RpcFrame.Leaving(Set.of()));
		assertThat(left.closed).isTrue();
		assertThat(this.elements.avoided).containsExactly(1);
		assertThat(this.channels.get(2).sent).hasSize(2);
		this.caller.down(left, DownReason.SHUTDOWN, "ended");
		answer(2, new RpcFrame.Response(this.channels.get(2).request().callId(), new byte[0]));
		assertThat(second).isCompleted();
		assertThat(this.elements.reported).isEmpty();
		assertThat(first).isNotDone();
	}

	@Test
	void callThatALeavingElementAbandonedIsUnknown() throws RpcFrameException {
		CompletableFuture<byte[]> begun = call(false, 3);
		long callId = this.channels.get(1).request().callId();
		CompletableFuture<byte[]> other = call(false, 3);
		answer(1, new RpcFrame.Leaving(Set.of(callId)));
		assertThat(failure(begun)).isInstanceOf(CallOutcomeUnknownException.class)
			.hasMessageContaining("the element left before the call ended");
		assertThat(other).isNotDone();
		assertThat(this.channels.get(2).sent).hasSize(1);
	}

	@Test
	void answerThatALeavingElementsLastWordOvertookCounts() throws RpcFrameException {
		this.elements.sctp = true;
		CompletableFuture<byte[]> answered = call(false, 3);
		long callId = this.channels.get(1).request().callId();
		CompletableFuture<byte[]> notBegun = call(false, 3);
		FakeChannel left = this.channels.get(1);
		answer(1, new RpcFrame.Leaving(Set.of()));
		answer(1, new RpcFrame.Response(callId, new byte[] { 5 }));
		assertThat(answered.join()).containsExactly(5);
		assertThat(notBegun).isNotDone();
		assertThat(this.channels).containsOnlyKeys(1);
		this.caller.down(left, DownReason.SHUTDOWN, "ended");
		answer(2, new RpcFrame.Response(this.channels.get(2).request().callId(), new byte[] { 6 }));
		assertThat(notBegun.join()).containsExactly(6);
		assertThat(this.elements.reported).isEmpty();
	}

	@Test
	void callOfALeavingElementIsUnknownIfAnswersMayBeLost() throws RpcFrameException {
		this.elements.sctp = true;
		CompletableFuture<byte[]> call = call(false, 3);
		FakeChannel left = this.channels.get(1);
		answer(1, new RpcFrame.Leaving(Set.of()));
		this.caller.down(left, DownReason.TIMEOUT, "silent");
		assertThat(failure(call)).isInstanceOf(CallOutcomeUnknownException.class);
	}

	@Test
	void leavingElementHasNoSayInCallsOfOthers() {
		CompletableFuture<byte[]> result = call(false, 3);
		FakeChannel other = new FakeChannel(FakeElements.element(3));
		this.caller.message(other, new UserMessage(RpcFrameCodec.PAYLOAD_PROTOCOL,
				RpcFrameCodec.encode(new RpcFrame.Leaving(Set.of(1L)))));
		assertThat(result).isNotDone();
		assertThat(other.closed).isTrue();
	}

	@Test
	void stopFailsWhatIsPending() {
		CompletableFuture<byte[]> pending = call(true, 3);
		this.caller.stop();
		assertThat(failure(pending)).isInstanceOf(RSerPoolException.class);
		assertThat(failure(call(true, 3))).isInstanceOf(RSerPoolException.class);
		assertThat(this.ended).isEqualTo(2);
	}

	private CompletableFuture<byte[]> call(boolean idempotent, int maxAttempts) {
		CompletableFuture<byte[]> result = new CompletableFuture<>();
		this.caller.start(new Call(request(idempotent, maxAttempts), new FutureReply(result), this.runtime.nanoTime()));
		return result;
	}

	private static RpcRequest request(boolean idempotent, int maxAttempts) {
		return new RpcRequest(POOL, "m", new byte[0], Map.of(), idempotent, Duration.ofSeconds(1), maxAttempts);
	}

	private void answer(int identifier, RpcFrame frame) {
		this.caller.message(this.channels.get(identifier),
				new UserMessage(RpcFrameCodec.PAYLOAD_PROTOCOL, RpcFrameCodec.encode(frame)));
	}

	private static Throwable failure(CompletableFuture<byte[]> result) {
		assertThat(result).isCompletedExceptionally();
		try {
			result.join();
			return null;
		}
		catch (CompletionException ex) {
			return ex.getCause();
		}
	}

}
