package org.rserpool.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a server leaves its callers, in virtual time.
 */
class RpcServerLeaveTests {

	private static final PoolHandle POOL = PoolHandle.of("pool");

	private static final Duration LIMIT = Duration.ofSeconds(2);

	private static final RpcFrame LEAVING = new RpcFrame.Leaving(Set.of());

	private final VirtualRuntime runtime = new VirtualRuntime();

	private final RpcServer server = new RpcServer(this.runtime, (task) -> this.runtime.schedule(Duration.ZERO, task),
			10);

	private final FakeAssociation association = new FakeAssociation();

	private final List<CompletableFuture<byte[]>> results = new ArrayList<>();

	@BeforeEach
	void addElement() {
		this.server.add(POOL, 1, (invocation) -> {
			this.results.add(new CompletableFuture<>());
			return this.results.get(this.results.size() - 1);
		}, Runnable::run);
	}

	@Test
	void serverWithoutCallersLeavesAtOnce() {
		assertThat(this.server.leave(LIMIT)).isCompleted();
		assertThat(this.runtime.timers()).isZero();
	}

	@Test
	void callerWithoutCallsIsLeftInOrder() throws RpcFrameException {
		this.server.up(this.association);
		CompletableFuture<Void> left = this.server.leave(LIMIT);
		assertThat(this.association.frame()).isEqualTo(LEAVING);
		assertThat(this.association.end).isEqualTo("shutdown");
		assertThat(left).isNotDone();
		this.server.down(this.association, DownReason.SHUTDOWN, "ended");
		assertThat(left).isCompleted();
		assertThat(this.runtime.timers()).isZero();
	}

	@Test
	@Conformance("PE28")
	void callInProgressIsAnsweredFirst() throws RpcFrameException {
		call(1);
		this.server.leave(LIMIT);
		assertThat(this.association.frames()).isEmpty();
		assertThat(this.association.end).isEmpty();
		this.runtime.pass(Duration.ofMillis(1999));
		this.results.get(0).complete(new byte[] { 5 });
		this.runtime.pass(Duration.ZERO);
		List<RpcFrame> frames = this.association.frames();
		assertThat(frames).hasSize(2);
		assertThat(frames.get(0)).isInstanceOf(RpcFrame.Response.class);
		assertThat(frames.get(1)).isEqualTo(LEAVING);
		assertThat(this.association.end).isEqualTo("shutdown");
	}

	@Test
	void newCallIsRefusedWhileOthersEnd() throws RpcFrameException {
		call(1);
		this.server.leave(LIMIT);
		call(2);
		assertThat(this.association.frame())
			.isEqualTo(new RpcFrame.Refusal(2, RefusalReason.DRAINING, "the element left pool pool"));
		assertThat(this.results).hasSize(1);
	}

	@Test
	void callThatTakesTooLongIsCancelledAndNamed() throws RpcFrameException {
		call(1);
		call(2);
		FakeAssociation idle = new FakeAssociation();
		this.server.up(idle);
		this.server.leave(LIMIT);
		this.results.get(0).complete(new byte[0]);
		this.runtime.pass(Duration.ofMillis(1999));
		this.association.frame();
		assertThat(this.association.end).isEmpty();
		this.runtime.pass(Duration.ofMillis(1));
		assertThat(this.association.frame()).isEqualTo(new RpcFrame.Leaving(Set.of(2L)));
		assertThat(this.association.end).isEqualTo("shutdown");
		assertThat(this.results.get(1)).isCancelled();
		assertThat(idle.frame()).isEqualTo(LEAVING);
	}

	@Test
	void cancelledCallIsNotWaitedFor() throws RpcFrameException {
		call(1);
		this.server.leave(LIMIT);
		receive(new RpcFrame.Cancel(1));
		assertThat(this.association.frame()).isEqualTo(LEAVING);
	}

	@Test
	void callerThatComesLateIsLeftAtOnce() throws RpcFrameException {
		call(1);
		this.server.leave(LIMIT);
		FakeAssociation late = new FakeAssociation();
		this.server.up(late);
		assertThat(late.frame()).isEqualTo(LEAVING);
		assertThat(late.end).isEqualTo("shutdown");
	}

	@Test
	void answersThatWaitAreSentBeforeTheEnd() throws RpcFrameException {
		call(1);
		this.association.blocked = true;
		this.results.get(0).complete(new byte[0]);
		this.runtime.pass(Duration.ZERO);
		this.server.leave(LIMIT);
		assertThat(this.association.end).isEmpty();
		this.association.blocked = false;
		this.server.writable(this.association);
		List<RpcFrame> frames = this.association.frames();
		assertThat(frames).hasSize(2);
		assertThat(frames.get(0)).isInstanceOf(RpcFrame.Response.class);
		assertThat(frames.get(1)).isEqualTo(LEAVING);
		assertThat(this.association.end).isEqualTo("shutdown");
	}

	@Test
	void leavingTwiceIsLeavingOnce() throws RpcFrameException {
		this.server.up(this.association);
		assertThat(this.server.leave(LIMIT)).isSameAs(this.server.leave(LIMIT));
		assertThat(this.association.frame()).isEqualTo(LEAVING);
	}

	@Test
	void callerThatComesAfterTheLastLeftIsLeftToo() throws RpcFrameException {
		assertThat(this.server.leave(LIMIT)).isCompleted();
		this.server.up(this.association);
		assertThat(this.association.frame()).isEqualTo(LEAVING);
		assertThat(this.association.end).isEqualTo("shutdown");
		CompletableFuture<Void> left = this.server.leave(LIMIT);
		assertThat(left).isNotDone();
		this.server.down(this.association, DownReason.SHUTDOWN, "ended");
		assertThat(left).isCompleted();
	}

	@Test
	void stopEndsTheWait() {
		call(1);
		CompletableFuture<Void> left = this.server.leave(LIMIT);
		this.server.stop();
		assertThat(left).isCompleted();
		assertThat(this.results.get(0)).isCancelled();
		this.runtime.pass(Duration.ZERO);
		assertThat(this.runtime.timers()).isZero();
	}

	private void call(long callId) {
		receive(new RpcFrame.Request(callId, 60_000, 1, POOL, "m", Map.of(), new byte[0]));
	}

	private void receive(RpcFrame frame) {
		this.server.message(this.association,
				new UserMessage(RpcFrameCodec.PAYLOAD_PROTOCOL, RpcFrameCodec.encode(frame)));
	}

}
