package org.rserpool.rpc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.rserpool.rpc.state.SessionId;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of calls while too much waits to be sent, in virtual time.
 */
class BacklogTests {

	private static final PoolHandle POOL = PoolHandle.of("pool");

	private final VirtualRuntime runtime = new VirtualRuntime();

	private final FakeElements elements = new FakeElements();

	private final Map<Integer, FakeChannel> channels = new LinkedHashMap<>();

	private int unreachable;

	private final RpcCaller caller = new RpcCaller(this.runtime, this.elements, (pool, element) -> {
		if (element.identifier() == this.unreachable) {
			throw new IllegalArgumentException("no way there");
		}
		return this.channels.computeIfAbsent(element.identifier(), (id) -> new FakeChannel(element));
	}, () -> {
	}, CallListener.NONE);

	private int lastNumber;

	@BeforeEach
	void channels() {
		for (int identifier = 1; identifier <= 3; identifier++) {
			this.channels.put(identifier, new FakeChannel(FakeElements.element(identifier)));
		}
	}

	@Test
	void callGoesElsewhereWhichIsNoAttempt() {
		full(1);
		full(2);
		call(1);
		assertThat(numbers(3)).containsExactly(1);
		this.channels.get(1).room = 1;
		call(1);
		assertThat(numbers(1)).as("not before the channel says that it takes messages again").isEmpty();
		this.caller.writable(this.channels.get(1));
		call(1);
		assertThat(numbers(1)).containsExactly(3);
	}

	@Test
	void observerIsToldOfAnAttemptThatFoundNoRoom() {
		full(1);
		RecordingObserver observer = new RecordingObserver();
		start(request(new byte[0]).withObserver(observer), null);
		start(request(new byte[0]).withObserver(observer), null);
		assertThat(observer.told).containsExactly("started 1", "ended 1 NOT_SENT", "started 2", "started 2");
	}

	@Test
	void callsWaitForRoomAndGoOnInTheirOrder() {
		full(1, 2, 3);
		List<CompletableFuture<byte[]>> results = IntStream.range(0, 5).mapToObj((number) -> call(1)).toList();
		assertThat(results).noneMatch(CompletableFuture::isDone);
		this.channels.get(2).room = 2;
		this.caller.writable(this.channels.get(2));
		assertThat(numbers(2)).containsExactly(1, 2);
		this.channels.get(3).room = 1;
		this.caller.writable(this.channels.get(3));
		assertThat(numbers(3)).containsExactly(3);
		this.channels.get(2).room = 10;
		this.caller.writable(this.channels.get(2));
		assertThat(numbers(2)).containsExactly(1, 2, 4, 5);
	}

	@Test
	void laterCallDoesNotOvertake() {
		full(1, 2, 3);
		call(1);
		this.channels.get(2).room = 1;
		call(1);
		assertThat(numbers(2)).isEmpty();
		this.caller.writable(this.channels.get(2));
		assertThat(numbers(2)).containsExactly(1);
	}

	@Test
	void callThatWaitedKeepsItsPlace() {
		full(1, 2, 3);
		call(1);
		call(1);
		this.runtime.pass(Duration.ofMillis(800));
		call(1);
		this.channels.get(1).room = 1;
		this.caller.writable(this.channels.get(1));
		this.caller.writable(this.channels.get(1));
		assertThat(numbers(1)).containsExactly(1);
		this.channels.get(1).room = 3;
		this.caller.writable(this.channels.get(1));
		assertThat(numbers(1)).containsExactly(1, 2, 3);
	}

	@Test
	void deadlineEndsTheWaitAndSaysWhatItWas() {
		full(1, 2, 3);
		CompletableFuture<byte[]> result = call(1);
		this.runtime.pass(Duration.ofSeconds(1));
		assertThat(failure(result)).isInstanceOf(DeadlineExceededException.class)
			.hasMessageContaining("while too much waited to be sent to the elements already");
		assertThat(this.runtime.timers()).isZero();
		writable(1);
		assertThat(numbers(1)).isEmpty();
	}

	@Test
	void callThatIsCancelledWaitsNoMore() {
		full(1, 2, 3);
		CompletableFuture<byte[]> result = new CompletableFuture<>();
		Call call = new Call(request(new byte[0]), new FutureReply(result), 0);
		this.caller.start(call);
		this.caller.cancelled(call);
		assertThat(this.runtime.timers()).isZero();
		writable(1);
		assertThat(numbers(1)).isEmpty();
	}

	@Test
	void callGoesToAnElementThatThePoolHasGot() {
		full(1, 2, 3);
		call(1);
		this.elements.size = 4;
		this.runtime.pass(Duration.ofMillis(250));
		assertThat(numbers(4)).containsExactly(1);
		assertThat(this.channels.get(1).sent).isEmpty();
	}

	@Test
	void elementThatRefusedIsAskedAgainThoughOthersTakeNothing() {
		full(2, 3);
		call(2);
		this.caller.message(this.channels.get(1),
				message(new RpcFrame.Refusal(callId(1), RefusalReason.OVERLOADED, "")));
		assertThat(this.channels.get(1).sent).hasSize(1);
		this.runtime.pass(Duration.ofMillis(250));
		assertThat(this.channels.get(1).sent).hasSize(2);
	}

	@Test
	void callsGoElsewhereWhenTheChannelEnds() {
		full(1, 2, 3);
		this.elements.size = 1;
		call(1);
		call(1);
		this.channels.remove(2);
		this.elements.size = 3;
		FakeChannel first = this.channels.get(1);
		this.elements.gone.add(1);
		this.caller.down(first, DownReason.TIMEOUT, "silent");
		assertThat(numbers(2)).containsExactly(1, 2);
		assertThat(this.elements.reported).containsExactly(1);
	}

	@Test
	void whenAllElementsAreGoneThenTheCallWaitsAsAnyOtherDoes() {
		full(1, 2, 3);
		CompletableFuture<byte[]> result = call(1);
		List.of(1, 2, 3).forEach((identifier) -> this.elements.gone.add(identifier));
		List.of(1, 2, 3)
			.forEach((identifier) -> this.caller.down(this.channels.remove(identifier), DownReason.ABORTED, "reset"));
		assertThat(result).isNotDone();
		this.elements.gone.clear();
		this.runtime.pass(Duration.ofMillis(50));
		assertThat(numbers(1)).containsExactly(1);
	}

	@Test
	void callOfASessionWaitsForItsElement() {
		UserSession session = new UserSession(new SessionId(1, 1), POOL);
		session.answered(this.channels.get(2), null);
		full(2);
		start(request(new byte[0]), session);
		assertThat(this.channels.get(1).sent).isEmpty();
		call(1);
		assertThat(numbers(1)).as("a call of no session").containsExactly(2);
		this.channels.get(2).room = 1;
		this.caller.writable(this.channels.get(2));
		assertThat(numbers(2)).containsExactly(1);
	}

	@Test
	void callOfASessionGoesOnElsewhereWhenItsElementIsGone() {
		UserSession session = new UserSession(new SessionId(1, 1), POOL);
		session.answered(this.channels.get(2), null);
		full(2);
		RecordingObserver observer = new RecordingObserver();
		start(request(new byte[0]).withObserver(observer), session);
		this.caller.down(this.channels.get(2), DownReason.ABORTED, "reset");
		assertThat(numbers(1)).containsExactly(1);
		assertThat(observer.told).containsExactly("started 2", "ended 2 NOT_SENT", "started 2", "ended 2 NOT_SENT",
				"started 1");
	}

	@Test
	void callThatMayHaveBeenCarriedOutWaitsForItsElementAlone() {
		CompletableFuture<byte[]> result = inDoubt();
		full(1);
		this.runtime.pass(Duration.ofMillis(50));
		assertThat(this.channels.get(2).sent).isEmpty();
		this.channels.get(1).room = 1;
		this.caller.writable(this.channels.get(1));
		assertThat(numbers(1)).containsExactly(1);
		assertThat(result).isNotDone();
	}

	@Test
	void callThatMayHaveBeenCarriedOutGoesNowhereElse() {
		CompletableFuture<byte[]> result = inDoubt();
		this.unreachable = 1;
		this.runtime.pass(Duration.ofMillis(900));
		assertThat(failure(result)).isInstanceOf(CallOutcomeUnknownException.class)
			.hasMessageContaining("no way there");
		assertThat(this.channels.get(2).sent).isEmpty();
	}

	@Test
	void whatMayWaitIsBounded() {
		full(1, 2, 3);
		byte[] large = new byte[8 << 20];
		List<CompletableFuture<byte[]>> results = IntStream.range(0, 7)
			.mapToObj((number) -> start(request(large), null))
			.toList();
		assertThat(results).noneMatch(CompletableFuture::isDone);
		CompletableFuture<byte[]> excess = start(request(large), null);
		assertThat(failure(excess)).isInstanceOf(NoPoolElementException.class).hasMessageContaining("calls of 64 MiB");
		this.runtime.pass(Duration.ofSeconds(1));
		assertThat(start(request(large), null)).as("when those have ended").isNotDone();
	}

	@Test
	void cancelAndCreditAreSentWhenThereIsRoom() throws RpcFrameException {
		RpcRequest request = request(new byte[0]);
		StreamReply reply = new StreamReply(new Sink(), request);
		reply.want(1);
		Call call = new Call(request, reply, 0);
		this.caller.start(call);
		full(1);
		long callId = callId(1);
		this.caller.message(this.channels.get(1), message(new RpcFrame.Item(callId, new byte[0])));
		reply.want(2);
		this.caller.credit(call);
		this.caller.cancelled(call);
		assertThat(this.channels.get(1).sent).hasSize(1);
		writable(1);
		assertThat(this.channels.get(1).sent).hasSize(3);
		assertThat(RpcFrameCodec.decode(this.channels.get(1).sent.get(1).data()))
			.isEqualTo(new RpcFrame.Credit(callId, 2));
		assertThat(this.channels.get(1).last()).isEqualTo(new RpcFrame.Cancel(callId));
	}

	static LongStream seeds() {
		return LongStream.range(0, 200);
	}

	@ParameterizedTest(name = "seed {0}")
	@MethodSource("seeds")
	void allCallsAreAnsweredThoughThereIsLittleRoom(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		RpcScope scope = new RpcScope(seed, 3,
				(identifier) -> (invocation) -> CompletableFuture.completedFuture(invocation.payload()));
		scope.room = 1 + random.nextInt(6);
		List<CompletableFuture<byte[]>> results = new ArrayList<>();
		for (int burst = 0; burst < 10; burst++) {
			for (int call = random.nextInt(60); call >= 0; call--) {
				results.add(scope.call(new RpcRequest(RpcScope.POOL, "m", octets(results.size()), Map.of(), false,
						Duration.ofSeconds(5), 1)));
			}
			scope.runtime.pass(Duration.ofMillis(random.nextInt(20)));
		}
		scope.runtime.pass(Duration.ofSeconds(5));
		for (int call = 0; call < results.size(); call++) {
			assertThat(results.get(call).join()).isEqualTo(octets(call));
		}
		assertThat(scope.requests).isEqualTo(results.size());
		assertThat(scope.runtime.timers()).isZero();
	}

	/**
	 * Makes a call whose channel breaks before its answer comes, at an element that knows
	 * calls again.
	 */
	private CompletableFuture<byte[]> inDoubt() {
		this.elements.size = 2;
		FakeChannel first = this.channels.get(1);
		CompletableFuture<byte[]> result = start(request(new byte[0]).withReplay(true), null);
		this.caller.message(first, message(new RpcFrame.Welcome(7)));
		this.channels.put(1, new FakeChannel(FakeElements.element(1)));
		this.caller.down(first, DownReason.ABORTED, "reset");
		return result;
	}

	private CompletableFuture<byte[]> call(int maxAttempts) {
		return start(new RpcRequest(POOL, "m" + ++this.lastNumber, new byte[0], Map.of(), false, Duration.ofSeconds(1),
				maxAttempts), null);
	}

	private RpcRequest request(byte[] payload) {
		return new RpcRequest(POOL, "m" + ++this.lastNumber, payload, Map.of(), false, Duration.ofSeconds(1), 3);
	}

	private CompletableFuture<byte[]> start(RpcRequest request, UserSession session) {
		CompletableFuture<byte[]> result = new CompletableFuture<>();
		Call call = new Call(request, new FutureReply(result), this.runtime.nanoTime(), session);
		this.caller.start(call);
		return result;
	}

	private void full(int... identifiers) {
		for (int identifier : identifiers) {
			this.channels.get(identifier).room = 0;
		}
	}

	private void writable(int identifier) {
		this.channels.get(identifier).room = Integer.MAX_VALUE;
		this.caller.writable(this.channels.get(identifier));
	}

	private List<Integer> numbers(int identifier) {
		return this.channels.get(identifier).sent.stream()
			.map((message) -> Integer.parseInt(decoded(message).method().substring(1)))
			.toList();
	}

	private long callId(int identifier) {
		List<UserMessage> sent = this.channels.get(identifier).sent;
		return decoded(sent.get(sent.size() - 1)).callId();
	}

	private static RpcFrame.Request decoded(UserMessage message) {
		try {
			return (RpcFrame.Request) RpcFrameCodec.decode(message.data());
		}
		catch (RpcFrameException ex) {
			throw new AssertionError(ex);
		}
	}

	private static Throwable failure(CompletableFuture<byte[]> result) {
		assertThat(result).isCompletedExceptionally();
		return result.handle((octets, failure) -> failure).join();
	}

	private static UserMessage message(RpcFrame frame) {
		return new UserMessage(RpcFrameCodec.PAYLOAD_PROTOCOL, RpcFrameCodec.encode(frame));
	}

	private static byte[] octets(int number) {
		return ByteBuffer.allocate(4).putInt(number).array();
	}

	/**
	 * Takes a stream and forgets it.
	 */
	private static final class Sink implements Flow.Subscriber<byte[]> {

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
		}

		@Override
		public void onNext(byte[] item) {
		}

		@Override
		public void onError(Throwable failure) {
		}

		@Override
		public void onComplete() {
		}

	}

}
