package org.rserpool.spring.grpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.grpc.CallOptions;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rserpool.Goal;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.rpc.CallContext;
import org.rserpool.rpc.CallOutcomeUnknownException;
import org.rserpool.rpc.DataElementSpecification;
import org.rserpool.rpc.NoPoolElementException;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.element.PoolElementSettings;
import org.rserpool.spring.grpc.RawGrpcElement.Behaviour;
import org.rserpool.spring.user.PoolUserSettings;
import org.rserpool.spring.user.PoolUserSettingsSource;
import org.rserpool.transport.RoleLoop;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Calls to gRPC servers that break in all ways, over sockets.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class GrpcFailoverTests {

	private static final PoolHandle SHOP = PoolHandle.of("shop");

	private static final int CALLS = 90;

	private final List<AutoCloseable> open = new ArrayList<>();

	private RoleLoop loop;

	private RegistrarRole registrar;

	private RSerPoolNode elements;

	private RSerPoolNode user;

	private RawGrpcElement first;

	private RawGrpcElement second;

	private ManagedChannel channel;

	@BeforeEach
	void start() throws Exception {
		this.loop = add(RoleLoop.start("registrar"));
		InetSocketAddress asap = this.loop.call(() -> {
			InetSocketAddress loopback = new InetSocketAddress("127.0.0.1", 0);
			this.registrar = new RegistrarRole(this.loop,
					RegistrarSettings.builder().asapListen(List.of(loopback)).enrpListen(List.of(loopback)).build(),
					new RegistrarListener() {
					});
			this.registrar.start();
			return this.registrar.snapshot().asapAddresses().get(0);
		});
		this.elements = add(node(asap, "elements"));
		this.first = add(new RawGrpcElement(this.elements, SHOP, "first", "grpc"));
		this.second = add(new RawGrpcElement(this.elements, SHOP, "second", "grpc"));
		Awaitility.await().until(() -> registered() == 2);
		this.user = add(node(asap, "user"));
		this.channel = channel(Duration.ofSeconds(20));
	}

	private ManagedChannel channel(Duration connectTimeout) {
		return channel(connectTimeout, GrpcFailoverTests::settings);
	}

	private ManagedChannel channel(Duration connectTimeout, PoolUserSettingsSource settings) {
		PoolChannels channels = new PoolChannels(() -> this.user, settings, connectTimeout);
		this.open.add(channels::destroy);
		NettyChannelBuilder builder = NettyChannelBuilder.forTarget("rserpool:///shop").usePlaintext();
		channels.configure("rserpool:///shop", builder);
		ManagedChannel made = builder.build();
		this.open.add(made::shutdownNow);
		return made;
	}

	@AfterEach
	void close() throws Exception {
		Collections.reverse(this.open);
		for (AutoCloseable each : this.open) {
			each.close();
		}
	}

	@Test
	void callsReachAllElements() {
		assertThat(Stream.generate(() -> call(TestMethods.FIND, "a")).limit(4).distinct())
			.containsExactlyInAnyOrder("first a", "second a");
		assertThat(call(TestMethods.ADD, "b")).endsWith(" b");
	}

	@Test
	void whenAnElementDiesThenNoIdempotentCallFails() {
		for (int number = 0; number < CALLS; number++) {
			if (number == CALLS / 3) {
				this.first.kill();
			}
			assertThat(call(TestMethods.FIND, "a")).endsWith(" a");
		}
		assertThat(this.second.calls()).isGreaterThan(CALLS / 2);
		Awaitility.await().until(() -> this.loop.call(this.registrar::counters).get("failure_reports") > 0);
	}

	@Test
	void whenACallWasNotSentThenItFailsOverThoughItIsNotIdempotent() {
		this.first.kill();
		for (int number = 0; number < 10; number++) {
			assertThat(call(TestMethods.ADD, "a")).isEqualTo("second a");
		}
	}

	@Test
	void whenNobodyKnowsWhetherACallWasCarriedOutThenItFailsUnlessItIsIdempotent() {
		this.first.behave(Behaviour.BREAK);
		this.second.behave(Behaviour.BREAK);
		StatusRuntimeException failure = failure(TestMethods.ADD);
		assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNKNOWN);
		assertThat(failure).hasMessageContaining("test.Shop/Add in pool shop").hasMessageContaining("not idempotent");
		assertThat(failure.getCause()).isInstanceOfSatisfying(CallOutcomeUnknownException.class,
				(cause) -> assertThat(cause.attempts()).hasSize(1));
		assertThat(this.first.calls() + this.second.calls()).isEqualTo(1);
		this.first.behave(Behaviour.ANSWER);
		this.second.behave(Behaviour.ANSWER);
		assertThat(call(TestMethods.FIND, "a")).endsWith(" a");
	}

	@Test
	void whenAnIdempotentCallBreaksOffThenItIsMadeAgainElsewhere() {
		this.first.behave(Behaviour.BREAK);
		assertThat(call(TestMethods.FIND, "a")).isEqualTo("second a");
		assertThat(call(TestMethods.FIND, "b")).isEqualTo("second b");
		assertThat(this.first.calls()).isEqualTo(1);
	}

	@Test
	void anAnswerIsAnAnswerWhateverItsStatus() {
		this.first.behave(Behaviour.FAIL);
		this.second.behave(Behaviour.FAIL);
		StatusRuntimeException failure = failure(TestMethods.FIND);
		assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
		assertThat(failure.getStatus().getDescription()).isEqualTo("sold out");
		assertThat(this.first.calls() + this.second.calls()).isEqualTo(1);
	}

	@Test
	void anElementThatLeavesRefusesAndNothingIsLost() {
		this.first.drain();
		for (int number = 0; number < 10; number++) {
			assertThat(call(TestMethods.ADD, "a")).isEqualTo("second a");
		}
		assertThat(this.first.calls()).isZero();
		Awaitility.await().until(() -> this.second.callsInProgress() == 0);
	}

	@Test
	void theDeadlineOfACallHolds() {
		this.first.behave(Behaviour.HANG);
		this.second.behave(Behaviour.HANG);
		CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS);
		StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class,
				() -> ClientCalls.blockingUnaryCall(this.channel, TestMethods.FIND, options, "a"));
		assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
	}

	@Test
	void aCancelledCallEnds() {
		this.first.behave(Behaviour.HANG);
		this.second.behave(Behaviour.HANG);
		Context.CancellableContext context = Context.current().withCancellation();
		CompletableFuture<Status> ended = new CompletableFuture<>();
		context.run(() -> ClientCalls.asyncUnaryCall(this.channel.newCall(TestMethods.FIND, CallOptions.DEFAULT), "a",
				new Ended(ended, new ArrayList<>())));
		Awaitility.await().until(() -> this.first.calls() + this.second.calls() == 1);
		context.cancel(null);
		assertThat(ended.join().getCode()).isEqualTo(Status.Code.CANCELLED);
		Awaitility.await().until(() -> this.first.callsInProgress() + this.second.callsInProgress() == 0);
	}

	@Test
	void aStreamFailsOverBeforeItsFirstMessageAndNotBehindIt() {
		this.first.behave(Behaviour.BREAK);
		assertThat(list("a")).toIterable().containsExactly("second a");
		this.second.behave(Behaviour.BREAK_IN_STREAM);
		Iterator<String> broken = list("b");
		assertThat(broken.next()).isEqualTo("second b");
		assertThat(catchThrowableOfType(StatusRuntimeException.class, broken::hasNext)).isNotNull();
	}

	@Test
	void aStreamOfRequestsFailsOverIfItWasNotSent() {
		this.first.kill();
		for (int number = 0; number < 4; number++) {
			CompletableFuture<Status> ended = new CompletableFuture<>();
			List<String> responses = new ArrayList<>();
			StreamObserver<String> requests = ClientCalls.asyncClientStreamingCall(
					this.channel.newCall(TestMethods.UPLOAD, CallOptions.DEFAULT), new Ended(ended, responses));
			requests.onNext("a");
			requests.onNext("b");
			requests.onCompleted();
			assertThat(ended.join()).isEqualTo(Status.OK);
			assertThat(responses).containsExactly("second a b");
		}
	}

	@Test
	void whenNoElementIsLeftThenTheFailureSaysWhatWasTried() {
		this.first.kill();
		this.second.kill();
		StatusRuntimeException failure = failure(TestMethods.ADD);
		assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
		assertThat(failure).hasCauseInstanceOf(NoPoolElementException.class)
			.hasMessageContaining("pool shop")
			.hasMessageContaining("the home is ")
			.hasMessageContaining("127.0.0.1:");
	}

	@Test
	void anOverloadedElementIsLeftForAnother() {
		this.first.limit(0);
		for (int number = 0; number < 10; number++) {
			assertThat(call(TestMethods.ADD, "a")).isEqualTo("second a");
		}
		this.second.limit(0);
		StatusRuntimeException failure = failure(TestMethods.ADD);
		assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
		assertThat(failure).hasCauseInstanceOf(NoPoolElementException.class)
			.hasMessageContaining("as many calls as it may");
		assertThat(this.first.calls()).isZero();
		assertThat(this.loop.call(this.registrar::counters)).containsEntry("failure_reports", 0L);
	}

	@Test
	void retriesThatAddLoadTakeFromTheBudgetOfThePool() {
		this.channel = channel(Duration.ofSeconds(20),
				(name) -> new PoolUserSettings(name, Duration.ofSeconds(30), 3, Set.of(), 0, true, false));
		this.first.limit(0);
		this.second.limit(0);
		assertThat(failure(TestMethods.FIND)).hasMessageContaining("the retry budget of pool shop is used up");
	}

	@Test
	void callsWhileACallIsServedTakeNoLonger() {
		this.first.behave(Behaviour.TELL_TIME);
		this.second.behave(Behaviour.TELL_TIME);
		assertThat(Long.parseLong(call(TestMethods.FIND, "a"))).isBetween(1L, 30_000L);
		this.first.behave(Behaviour.HANG);
		this.second.behave(Behaviour.HANG);
		try (CallContext.Scope served = CallContext.of(SHOP, "buy", Duration.ofMillis(300)).open()) {
			assertThat(failure(TestMethods.FIND).getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
			CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS);
			StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class,
					() -> ClientCalls.blockingUnaryCall(this.channel, TestMethods.ADD, options, "a"));
			assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
		}
	}

	@Test
	@Goal("G12")
	@DisplayName("G12: a gRPC server with three addresses, one silent and one that refuses, is reached at the first attempt")
	void callsArriveByTheAddressThatAnswers() throws Exception {
		PoolHandle pool = PoolHandle.of("moved");
		add(new RawGrpcElement(this.elements, pool, "moved",
				ElementMetadata.NONE.with(ElementMetadata.ADDRESSES, "=127.0.0.2,127.0.0.3,127.0.0.1"), false));
		Awaitility.await().until(() -> registered() == 3);
		this.channel = channel(Duration.ofSeconds(20),
				(name) -> new PoolUserSettings(pool.toString(), Duration.ofSeconds(30), 1, Set.of()));
		for (int number = 0; number < 3; number++) {
			assertThat(call(TestMethods.ADD, "a")).isEqualTo("moved a");
		}
	}

	@Test
	@Goal("G10")
	@DisplayName("G10: a gRPC call in flight fails over when its server drops all packets")
	void callsInFlightFailOverWhenAnElementFallsSilent() throws Exception {
		PoolHandle pool = PoolHandle.of("black");
		RawGrpcElement silent = add(new RawGrpcElement(this.elements, pool, "silent", ElementMetadata.NONE, true));
		silent.behave(Behaviour.HANG);
		this.channel = channel(Duration.ofSeconds(20),
				(name) -> new PoolUserSettings(pool.toString(), Duration.ofSeconds(30), 3, Set.of()));
		Awaitility.await().until(() -> registered() == 3);
		CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> call(TestMethods.FIND, "a"));
		Awaitility.await().until(() -> silent.calls() == 1);
		add(new RawGrpcElement(this.elements, pool, "other", "grpc"));
		Awaitility.await().until(() -> registered() == 4);
		silent.fallSilent();
		assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("other a");
		for (int number = 0; number < 10; number++) {
			assertThat(call(TestMethods.ADD, "b")).isEqualTo("other b");
		}
		assertThat(silent.calls()).isEqualTo(1);
	}

	@Test
	void whenAStreamOfRequestsBreaksThenItIsNotSaidThatTryingLaterIsSafe() {
		this.first.behave(Behaviour.BREAK);
		this.second.behave(Behaviour.BREAK);
		CompletableFuture<Status> ended = new CompletableFuture<>();
		StreamObserver<String> requests = ClientCalls.asyncClientStreamingCall(
				this.channel.newCall(TestMethods.UPLOAD, CallOptions.DEFAULT), new Ended(ended, new ArrayList<>()));
		requests.onNext("a");
		Awaitility.await().until(() -> this.first.callsInProgress() + this.second.callsInProgress() == 1);
		requests.onNext("b");
		requests.onCompleted();
		Status status = ended.join();
		assertThat(status.getCode()).isEqualTo(Status.Code.UNKNOWN);
		assertThat(status.getCause()).isInstanceOf(CallOutcomeUnknownException.class)
			.hasMessageContaining("test.Shop/Upload in pool shop");
	}

	@Test
	void anElementThatComesBackIsConnectedToAgain() {
		assertThat(call(TestMethods.FIND, "a")).endsWith(" a");
		this.channel.enterIdle();
		for (int number = 0; number < 4; number++) {
			assertThat(call(TestMethods.FIND, "b")).endsWith(" b");
		}
	}

	/**
	 * The operating system takes its connections, and nobody says a word.
	 */
	@Test
	void anElementThatIsSilentIsNotWaitedFor() throws Exception {
		ServerSocket silent = add(new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1")));
		PoolElementSettings settings = PoolElementSettings.DEFAULT;
		this.elements.register(new DataElementSpecification(SHOP, null, settings.policy(), settings.lifetime(),
				new InetSocketAddress("127.0.0.1", silent.getLocalPort())));
		Awaitility.await().until(() -> registered() == 3);
		this.channel = channel(Duration.ofMillis(300));
		for (int number = 0; number < 3; number++) {
			assertThat(call(TestMethods.ADD, "a")).endsWith(" a");
		}
		Awaitility.await().until(() -> this.loop.call(this.registrar::counters).get("failure_reports") > 0);
	}

	@Test
	void anElementThatSpeaksSomethingElseIsLeftOut() throws Exception {
		RawGrpcElement other = add(new RawGrpcElement(this.elements, SHOP, "other", "rpc"));
		Awaitility.await().until(() -> registered() == 3);
		for (int number = 0; number < 6; number++) {
			assertThat(call(TestMethods.ADD, "a")).doesNotStartWith("other");
		}
		assertThat(other.calls()).isZero();
	}

	@Test
	void aChannelThatWasNotConfiguredSaysSo() {
		ManagedChannel plain = NettyChannelBuilder.forTarget("rserpool:///shop").usePlaintext().build();
		this.open.add(plain::shutdownNow);
		StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class,
				() -> ClientCalls.blockingUnaryCall(plain, TestMethods.FIND, CallOptions.DEFAULT, "a"));
		assertThat(failure).hasMessageContaining("rserpool:///shop knows no pools");
	}

	@Test
	void aTargetNamesAPool() {
		assertThat(PoolTarget.user("rserpool:///shop")).isEqualTo("shop");
		assertThat(PoolTarget.user(PoolTarget.of("a shop/ä"))).isEqualTo("a shop/ä");
		assertThatIllegalArgumentException().isThrownBy(() -> PoolTarget.user("rserpool:///"))
			.withMessageContaining("names no pool");
		assertThatIllegalArgumentException().isThrownBy(() -> PoolTarget.user("rserpool://shop"))
			.withMessageContaining("rserpool:///POOL");
	}

	private String call(MethodDescriptor<String, String> method, String request) {
		return ClientCalls.blockingUnaryCall(this.channel, method, CallOptions.DEFAULT, request);
	}

	private Iterator<String> list(String request) {
		return ClientCalls.blockingServerStreamingCall(this.channel, TestMethods.LIST, CallOptions.DEFAULT, request);
	}

	private StatusRuntimeException failure(MethodDescriptor<String, String> method) {
		return catchThrowableOfType(StatusRuntimeException.class, () -> call(method, "a"));
	}

	private int registered() {
		return this.loop
			.call(() -> this.registrar.snapshot().pools().stream().mapToInt((pool) -> pool.elements().size()).sum());
	}

	private static PoolUserSettings settings(String name) {
		return new PoolUserSettings(name, Duration.ofSeconds(30), 3, Set.of());
	}

	private static RSerPoolNode node(InetSocketAddress registrar, String name) {
		return RSerPoolNode.start(NodeSettings.builder(List.of(registrar))
			.name(name)
			.listen(new InetSocketAddress("127.0.0.1", 0))
			.build());
	}

	private <T extends AutoCloseable> T add(T closeable) {
		this.open.add(closeable);
		return closeable;
	}

	private record Ended(CompletableFuture<Status> status, List<String> responses) implements StreamObserver<String> {

		@Override
		public void onNext(String value) {
			this.responses.add(value);
		}

		@Override
		public void onError(Throwable failure) {
			this.status.complete(Status.fromThrowable(failure));
		}

		@Override
		public void onCompleted() {
			this.status.complete(Status.OK);
		}

	}

}
