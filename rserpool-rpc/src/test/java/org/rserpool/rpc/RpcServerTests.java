package org.rserpool.rpc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;

import org.junit.jupiter.api.Test;

import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How calls are served, in virtual time.
 */
class RpcServerTests {

	private static final PoolHandle POOL = PoolHandle.of("pool");

	private final VirtualRuntime runtime = new VirtualRuntime();

	private final RpcServer server = new RpcServer(this.runtime, (task) -> this.runtime.schedule(Duration.ZERO, task),
			2);

	private final FakeAssociation association = new FakeAssociation();

	private final List<CompletableFuture<byte[]>> results = new ArrayList<>();

	private final List<RpcInvocation> seen = new ArrayList<>();

	@Test
	void callIsCarriedOutAndAnswered() throws RpcFrameException {
		add();
		call(7);
		assertThat(this.seen).singleElement().satisfies((invocation) -> {
			assertThat(invocation.pool()).isEqualTo(POOL);
			assertThat(invocation.method()).isEqualTo("m");
			assertThat(invocation.metadata()).isEqualTo(Map.of("k", "v"));
			assertThat(invocation.payload()).containsExactly(9);
			assertThat(invocation.remaining()).isEqualTo(Duration.ofSeconds(1));
			assertThat(invocation.caller()).isEqualTo(FakeAssociation.PEER);
		});
		finish(0, new byte[] { 5 });
		assertThat(this.association.frame()).usingRecursiveComparison()
			.isEqualTo(new RpcFrame.Response(7, new byte[] { 5 }));
		assertThat(this.runtime.timers()).isZero();
	}

	@Test
	void tooManyCallsAreRefusedUntilOneEnds() throws RpcFrameException {
		add();
		call(1);
		call(2);
		call(3);
		assertThat(this.association.frame())
			.isEqualTo(new RpcFrame.Refusal(3, RefusalReason.OVERLOADED, "2 calls of one association are in progress"));
		finish(0, new byte[0]);
		this.association.frame();
		call(4);
		assertThat(this.seen).hasSize(3);
	}

	@Test
	void executorThatTakesNoMoreRefuses() throws RpcFrameException {
		this.server.add(POOL, 1, this::handle, (task) -> {
			throw new RejectedExecutionException("full");
		});
		call(1);
		assertThat(refusal()).isEqualTo(RefusalReason.OVERLOADED);
		assertThat(this.runtime.timers()).isZero();
	}

	@Test
	void expiredCallIsRefused() throws RpcFrameException {
		add();
		receive(RpcFrameCodec.encode(request(1, 0)));
		assertThat(refusal()).isEqualTo(RefusalReason.EXPIRED);
		assertThat(this.seen).isEmpty();
	}

	@Test
	void brokenRequestIsRefusedAndOtherNonsenseEndsTheAssociation() throws RpcFrameException {
		ByteBuffer octets = RpcFrameCodec.encode(request(1, 1000));
		octets.limit(20);
		receive(octets);
		assertThat(refusal()).isEqualTo(RefusalReason.BAD_FRAME);
		receive(ByteBuffer.allocate(3));
		assertThat(this.association.end).isEqualTo("abort");
	}

	@Test
	void elementThatLeftIsToldFromOneThatNeverWas() throws RpcFrameException {
		call(1);
		assertThat(refusal()).isEqualTo(RefusalReason.UNKNOWN_POOL);
		add();
		call(2);
		this.server.drain(POOL, 1);
		call(3);
		assertThat(refusal()).isEqualTo(RefusalReason.DRAINING);
		finish(0, new byte[0]);
		assertThat(this.association.frame()).isInstanceOf(RpcFrame.Response.class);
	}

	@Test
	void cancelAndDeadlineAndEndOfTheAssociationCancel() throws RpcFrameException {
		add();
		call(1);
		receive(RpcFrameCodec.encode(new RpcFrame.Cancel(1)));
		assertThat(this.results.get(0)).isCancelled();
		call(2);
		this.runtime.pass(Duration.ofMillis(999));
		assertThat(this.results.get(1)).isNotDone();
		this.runtime.pass(Duration.ofMillis(1));
		assertThat(this.results.get(1)).isCancelled();
		call(3);
		this.server.down(this.association, DownReason.ABORTED, "reset");
		assertThat(this.results.get(2)).isCancelled();
		this.runtime.pass(Duration.ZERO);
		assertThat(this.association.frames()).isEmpty();
		assertThat(this.runtime.timers()).isZero();
	}

	@Test
	void whatAHandlerThrowsIsAnswered() throws RpcFrameException {
		this.server.add(POOL, 1, (invocation) -> {
			throw new UnknownMethodException("no m");
		}, Runnable::run);
		call(1);
		assertThat(failure()).isEqualTo(UnknownMethodException.class.getName());
		this.server.add(POOL, 1, (invocation) -> null, Runnable::run);
		call(2);
		assertThat(failure()).isEqualTo(IllegalStateException.class.getName());
	}

	@Test
	void whatAnExecutorOrAStageThrowsIsAnswered() throws RpcFrameException {
		this.server.add(POOL, 1, this::handle, (task) -> {
			throw new IllegalStateException("broken");
		});
		call(1);
		assertThat(failure()).isEqualTo(IllegalStateException.class.getName());
		this.server.add(POOL, 1, (invocation) -> new CompletableFuture<>() {

			@Override
			public CompletableFuture<byte[]> whenComplete(BiConsumer<? super byte[], ? super Throwable> action) {
				throw new ArithmeticException("broken");
			}

		}, Runnable::run);
		call(2);
		assertThat(failure()).isEqualTo(ArithmeticException.class.getName());
		assertThat(this.runtime.timers()).isZero();
	}

	@Test
	void answersWaitWhileTheAssociationTakesNone() throws RpcFrameException {
		add();
		call(1);
		this.association.blocked = true;
		finish(0, new byte[0]);
		call(2);
		for (int callId = 3; callId <= 5; callId++) {
			call(callId);
		}
		assertThat(this.association.end).isEmpty();
		this.association.blocked = false;
		this.server.writable(this.association);
		assertThat(this.association.frames()).extracting(RpcFrame::callId).containsExactly(1L, 3L, 4L, 5L);
	}

	@Test
	void callerThatTakesNoAnswersIsDropped() {
		this.association.blocked = true;
		for (int callId = 1; callId <= 5; callId++) {
			call(callId);
		}
		assertThat(this.association.end).isEqualTo("abort");
	}

	@Test
	void answerThatIsTooLongBecomesAFailure() throws RpcFrameException {
		add();
		call(1);
		this.association.longest = 20_000;
		finish(0, new byte[20_000]);
		assertThat(this.association.frame()).isInstanceOfSatisfying(RpcFrame.Failure.class,
				(failure) -> assertThat(failure.callId()).isEqualTo(1));
	}

	@Test
	void concurrencyLimitRefusesBeforeTheHandlerSeesTheCall() throws RpcFrameException {
		ServedElement element = this.server.add(POOL, 1, this::handle, Runnable::run, 1);
		call(1);
		assertThat(element.inProgress()).isOne();
		call(2);
		assertThat(this.association.frame())
			.isEqualTo(new RpcFrame.Refusal(2, RefusalReason.OVERLOADED, "1 calls of the element are in progress"));
		finish(0, new byte[0]);
		assertThat(element.inProgress()).isZero();
		call(3);
		assertThat(this.seen).hasSize(2);
	}

	@Test
	void cancelledCallCountsUntilItsHandlerEnds() {
		ServedElement element = this.server.add(POOL, 1, this::handle, Runnable::run, 1);
		call(1);
		receive(RpcFrameCodec.encode(new RpcFrame.Cancel(1)));
		assertThat(this.results.get(0)).isCancelled();
		assertThat(element.inProgress()).isZero();
	}

	@Test
	void callThatExpiresWhileItWaitsForAThreadIsRefusedAsNotBegun() throws RpcFrameException {
		List<Runnable> queue = new ArrayList<>();
		ServedElement element = this.server.add(POOL, 1, this::handle, queue::add, 9);
		call(1);
		this.runtime.pass(Duration.ofSeconds(1));
		assertThat(refusal()).isEqualTo(RefusalReason.EXPIRED);
		queue.forEach(Runnable::run);
		assertThat(this.seen).isEmpty();
		assertThat(element.inProgress()).isZero();
	}

	@Test
	void handlerKnowsTheCallThatItServes() {
		List<Duration> left = new ArrayList<>();
		this.server.add(POOL, 1, (invocation) -> {
			this.runtime.pass(Duration.ofMillis(300));
			left.add(CallContext.bound(Duration.ofSeconds(5)));
			left.add(CallContext.bound(Duration.ofMillis(5)));
			return handle(invocation);
		}, Runnable::run);
		call(1);
		assertThat(left).containsExactly(Duration.ofMillis(700), Duration.ofMillis(5));
		assertThat(CallContext.current()).isNull();
		assertThat(CallContext.bound(Duration.ofSeconds(5))).hasSeconds(5);
	}

	private void add() {
		this.server.add(POOL, 1, this::handle, Runnable::run);
	}

	private CompletableFuture<byte[]> handle(RpcInvocation invocation) {
		this.seen.add(invocation);
		this.results.add(new CompletableFuture<>());
		return this.results.get(this.results.size() - 1);
	}

	private void finish(int index, byte[] result) {
		this.results.get(index).complete(result);
		this.runtime.pass(Duration.ZERO);
	}

	private RefusalReason refusal() throws RpcFrameException {
		return ((RpcFrame.Refusal) this.association.frame()).reason();
	}

	private String failure() throws RpcFrameException {
		this.runtime.pass(Duration.ZERO);
		return ((RpcFrame.Failure) this.association.frame()).className();
	}

	private void call(long callId) {
		receive(RpcFrameCodec.encode(request(callId, 1000)));
	}

	private static RpcFrame.Request request(long callId, int remainingMillis) {
		return new RpcFrame.Request(callId, remainingMillis, 1, POOL, "m", Map.of("k", "v"), new byte[] { 9 });
	}

	private void receive(ByteBuffer frame) {
		this.server.message(this.association, new UserMessage(RpcFrameCodec.PAYLOAD_PROTOCOL, frame));
	}

}
