package org.rserpool.spring.user;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.rserpool.rpc.CborPayloadCodec;
import org.rserpool.rpc.DeadlineExceededException;
import org.rserpool.rpc.JsonPayloadCodec;
import org.rserpool.rpc.NoPoolElementException;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.rpc.RemoteInvocationException;
import org.rserpool.rpc.RpcRequest;
import org.rserpool.spring.Deadline;
import org.rserpool.spring.Idempotent;
import org.rserpool.spring.InMemoryNode;
import org.rserpool.wire.PoolHandle;

import org.springframework.core.ResolvableType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PoolUserProxyTests {

	private static final PoolHandle POOL = PoolHandle.of("pool");

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final CborPayloadCodec codec = new CborPayloadCodec();

	private final InMemoryNode node = new InMemoryNode();

	PoolUserProxyTests() {
		this.node.beSilent();
	}

	@Test
	void whenCalledThenTheRequestSaysWhatIsCalled() {
		Service service = service(PoolUserSettings.of("pool"));
		service.later("text");
		assertThat(this.node.requests()).singleElement().satisfies((request) -> {
			assertThat(request.pool()).isEqualTo(POOL);
			assertThat(request.method()).isEqualTo(Service.class.getName() + "/later(java.lang.String)");
			assertThat(this.codec.decodeArguments(new Class<?>[] { String.class }, request.payload()))
				.containsExactly("text");
			assertThat(request.deadline()).isEqualTo(RpcRequest.DEFAULT_DEADLINE);
			assertThat(request.maxAttempts()).isEqualTo(RpcRequest.DEFAULT_MAX_ATTEMPTS);
			assertThat(request.idempotent()).isFalse();
		});
	}

	@Test
	void whenConfiguredThenTheRequestSaysSo() {
		service(new PoolUserSettings("other", Duration.ofMillis(7), 9, Set.of("later"))).later("text");
		assertThat(this.node.requests()).singleElement().satisfies((request) -> {
			assertThat(request.pool()).hasToString("other");
			assertThat(request.deadline()).hasMillis(7);
			assertThat(request.maxAttempts()).isEqualTo(9);
			assertThat(request.idempotent()).isTrue();
		});
	}

	@Test
	void whenTheFormatIsNotTheUsualOneThenTheRequestNamesIt() {
		service(PoolUserSettings.of("pool")).later("text");
		new PoolUserProxyFactory(() -> this.node, new JsonPayloadCodec(), PoolUserSettings::of)
			.create("pool", Service.class)
			.later("text");
		assertThat(this.node.requests()).extracting(RpcRequest::metadata)
			.containsExactly(Map.of(), Map.of("payload", "json"));
	}

	@Test
	void whenABindingIsConfiguredThenItIsTaken() {
		PoolUserClientFactory other = new OtherFactory();
		List<PoolUserClientFactory> factories = List.of(other,
				new RpcPoolUserClientFactory(() -> this.node, this.codec));
		Service rpc = new PoolUserProxyFactory(() -> factories, (name) -> bound(name, "rpc")).create("pool",
				Service.class);
		rpc.later("text");
		assertThat(this.node.requests()).hasSize(1);
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> new PoolUserProxyFactory(() -> factories, PoolUserSettings::of).create("pool", Service.class))
			.withMessage("made by the other");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new PoolUserProxyFactory(() -> factories, (name) -> bound(name, "grpc")).create("pool",
					Service.class))
			.withMessage("@PoolUser(\"pool\"): the binding 'grpc' that is configured for it is not here, or does not"
					+ " support " + Service.class.getName() + "; there are [other, rpc]");
	}

	private static PoolUserSettings bound(String pool, String binding) {
		return new PoolUserSettings(pool, PATIENCE, 1, Set.of(), 0, false, false, binding);
	}

	private static final class OtherFactory implements PoolUserClientFactory {

		@Override
		public String binding() {
			return "other";
		}

		@Override
		public boolean supports(ResolvableType type) {
			return true;
		}

		@Override
		public Object create(PoolUserSpec spec, ResolvableType type) {
			throw new IllegalArgumentException("made by the other");
		}

	}

	@Test
	void whenADeadlineIsAnnotatedThenTheNearestHolds() {
		Timed timed = proxy(Timed.class, PoolUserSettings.of("pool"));
		timed.fast();
		timed.other();
		assertThat(this.node.requests()).extracting(RpcRequest::deadline)
			.containsExactly(Duration.ofMillis(500), Duration.ofSeconds(2));
		assertThatIllegalArgumentException().isThrownBy(() -> proxy(Wrong.class, PoolUserSettings.of("pool")))
			.withMessageContaining("soon")
			.withMessageContaining("Wrong/call()");
		assertThatIllegalArgumentException().isThrownBy(() -> proxy(Never.class, PoolUserSettings.of("pool")))
			.withMessageContaining("not positive");
	}

	@Test
	void whenRetriesAreConfiguredThenTheRequestSaysSo() {
		service(new PoolUserSettings("pool", Duration.ofMillis(7), 9, Set.of(), 0.5, false, false)).later("text");
		service(PoolUserSettings.of("pool")).later("text");
		assertThat(this.node.requests()).extracting(RpcRequest::retryBudget).containsExactly(0.5, 0.2);
		assertThat(this.node.requests()).extracting(RpcRequest::replay).containsExactly(false, true);
	}

	@Test
	void whenAMethodIsIdempotentThenItsRequestsAre() {
		Service service = service(PoolUserSettings.of("pool"));
		service.idempotent();
		service.later("text");
		proxy(IdempotentService.class, PoolUserSettings.of("pool")).call();
		assertThat(this.node.requests()).extracting(RpcRequest::idempotent).containsExactly(true, false, true);
	}

	@Test
	void whenIdempotentMethodsAreConfiguredThenNameOrSignatureOrAllMatch() {
		for (String name : Set.of("later", "later(java.lang.String)", "*",
				Service.class.getName() + "/later(java.lang.String)")) {
			service(new PoolUserSettings("pool", Duration.ofSeconds(1), 1, Set.of(name))).later("text");
		}
		service(new PoolUserSettings("pool", Duration.ofSeconds(1), 1, Set.of("late", "later(int)"))).later("text");
		assertThat(this.node.requests()).extracting(RpcRequest::idempotent)
			.containsExactly(true, true, true, true, false);
	}

	@Test
	void whenAnsweredThenTheResultIsAsDeclared() throws Exception {
		Service service = service(PoolUserSettings.of("pool"));
		assertThat(answered(() -> service.value(1), "one")).isEqualTo("one");
		assertThat(answered(() -> service.find(1), "one")).isEqualTo(Optional.of("one"));
		assertThat(answered(() -> service.find(1), null)).isEqualTo(Optional.empty());
		assertThat(answered(() -> service.inherited("a"), "one")).isEqualTo("one");
	}

	@Test
	void whenTheResultComesLaterThenTheStageCompletesThen() {
		Service service = service(PoolUserSettings.of("pool"));
		CompletableFuture<String> result = service.later("text").toCompletableFuture();
		assertThat(result).isNotDone();
		this.node.answers().get(0).complete(this.codec.encodeResult(String.class, "now"));
		assertThat(result).succeedsWithin(PATIENCE).isEqualTo("now");
	}

	@Test
	void whenAStageCompletesThenNotOnTheThreadThatBroughtTheAnswer() {
		CompletableFuture<Thread> thread = service(PoolUserSettings.of("pool")).later("text")
			.thenApply((result) -> Thread.currentThread())
			.toCompletableFuture();
		this.node.answers().get(0).complete(this.codec.encodeResult(String.class, "now"));
		assertThat(thread).succeedsWithin(PATIENCE).isNotEqualTo(Thread.currentThread());
	}

	@Test
	void whenAStageIsCancelledThenItsCallIs() {
		service(PoolUserSettings.of("pool")).later("text").toCompletableFuture().cancel(true);
		assertThat(this.node.answers().get(0)).isCancelled();
	}

	@Test
	void whenACallFailsThenTheExceptionSaysWhereItWasMade() {
		Service service = service(PoolUserSettings.of("pool"));
		NoPoolElementException failure = new NoPoolElementException("nobody", POOL, List.of());
		failure.setStackTrace(new StackTraceElement[0]);
		assertThatThrownBy(() -> failed(() -> service.value(1), failure)).isSameAs(failure);
		assertThat(failure.getStackTrace()).anySatisfy(
				(frame) -> assertThat(frame.getClassName()).isEqualTo(PoolUserInvocationHandler.class.getName()));
	}

	@Test
	void whenAStageFailsThenItFailsWithTheException() {
		CompletableFuture<String> result = service(PoolUserSettings.of("pool")).later("text").toCompletableFuture();
		DeadlineExceededException failure = new DeadlineExceededException("late", POOL, List.of());
		this.node.answers().get(0).completeExceptionally(new CompletionException(failure));
		assertThatThrownBy(result::join).hasCauseReference(failure);
	}

	@Test
	void whenADeclaredExceptionWasThrownThenItIsMadeAgain() {
		Service service = service(PoolUserSettings.of("pool"));
		RemoteInvocationException remote = remote(IOException.class.getName());
		assertThatThrownBy(() -> failed(() -> service.value(1), remote)).isExactlyInstanceOf(IOException.class)
			.hasMessage("broken")
			.hasCause(remote);
	}

	@Test
	void whenAnotherExceptionWasThrownThenItIsKnownByName() {
		Service service = service(PoolUserSettings.of("pool"));
		for (String name : Set.of(FileNotFoundException.class.getName(), "org.example.Unknown",
				NoMessageException.class.getName())) {
			RemoteInvocationException remote = remote(name);
			assertThatThrownBy(() -> failed(() -> service.value(1), remote)).isSameAs(remote);
		}
	}

	@Test
	void whenInterruptedThenTheCallIsCancelledAndTheThreadStaysInterrupted() throws InterruptedException {
		Service service = service(PoolUserSettings.of("pool"));
		AtomicReference<Throwable> thrown = new AtomicReference<>();
		AtomicReference<Boolean> interrupted = new AtomicReference<>();
		Thread thread = new Thread(() -> {
			try {
				service.value(1);
			}
			catch (Exception ex) {
				thrown.set(ex);
				interrupted.set(Thread.currentThread().isInterrupted());
			}
		});
		thread.start();
		Awaitility.await().until(() -> !this.node.answers().isEmpty());
		thread.interrupt();
		thread.join();
		assertThat(thrown.get()).isInstanceOf(RSerPoolException.class).hasCauseInstanceOf(InterruptedException.class);
		assertThat(interrupted.get()).isTrue();
		assertThat(this.node.answers().get(0)).isCancelled();
	}

	@Test
	void whenTheResultDoesNotDecodeThenTheMethodIsNamed() {
		CompletableFuture<String> result = service(PoolUserSettings.of("pool")).later("text").toCompletableFuture();
		this.node.answers().get(0).complete(new byte[] { (byte) 0x9f });
		assertThatThrownBy(result::join).cause()
			.isInstanceOf(RSerPoolException.class)
			.hasMessageContaining(
					Service.class.getName() + "/later(java.lang.String) (cbor): The result cannot be decoded");
	}

	@Test
	void whenAnArgumentDoesNotEncodeThenNothingIsSent() {
		Service service = service(PoolUserSettings.of("pool"));
		assertThatIllegalArgumentException().isThrownBy(() -> service.send(new Cycle()))
			.withMessageContaining(Service.class.getName() + "/send(");
		assertThat(this.node.requests()).isEmpty();
	}

	@Test
	void methodsOfObjectAreLocal() {
		Service service = service(PoolUserSettings.of("pool"));
		assertThat(service).isEqualTo(service)
			.isNotEqualTo(service(PoolUserSettings.of("pool")))
			.hasSameHashCodeAs(service)
			.hasToString("pool user 'user' (" + Service.class.getName() + ")");
		assertThat(this.node.requests()).isEmpty();
	}

	@Test
	void defaultMethodsAreLocal() {
		assertThat(service(PoolUserSettings.of("pool")).twice("a")).isEqualTo("aa");
		assertThat(proxy(PublicService.class, PoolUserSettings.of("pool")).twice("a")).isEqualTo("aa");
		assertThat(this.node.requests()).isEmpty();
	}

	@Test
	void whenTheTypeIsNoInterfaceThenItIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> proxy(Cycle.class, PoolUserSettings.of("pool")))
			.withMessageContaining("Cycle is not an interface");
	}

	@Test
	void whenSettingsAreOutOfRangeThenTheyAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new PoolUserSettings("pool", Duration.ZERO, 1, Set.of()));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new PoolUserSettings("pool", Duration.ofSeconds(1), 0, Set.of()));
	}

	private Service service(PoolUserSettings settings) {
		return proxy(Service.class, settings);
	}

	private <T> T proxy(Class<T> type, PoolUserSettings settings) {
		return new PoolUserProxyFactory(() -> this.node, this.codec, (name) -> settings).create("user", type);
	}

	private Object answered(BlockingCall call, Object result) throws Exception {
		return finish(call, (answer) -> answer.complete(this.codec.encodeResult(String.class, result)));
	}

	private void failed(BlockingCall call, Throwable failure) throws Exception {
		finish(call, (answer) -> answer.completeExceptionally(failure));
	}

	private Object finish(BlockingCall call, Consumer<CompletableFuture<byte[]>> end) throws Exception {
		int before = this.node.answers().size();
		Thread other = new Thread(() -> {
			Awaitility.await().until(() -> this.node.answers().size() > before);
			end.accept(this.node.answers().get(before));
		});
		other.start();
		try {
			return call.call();
		}
		finally {
			other.join();
		}
	}

	private static RemoteInvocationException remote(String className) {
		return new RemoteInvocationException(POOL, className, "broken", "at there");
	}

	interface BlockingCall {

		Object call() throws Exception;

	}

	static class Cycle {

		public Cycle getSelf() {
			return this;
		}

	}

	static class NoMessageException extends Exception {

		private static final long serialVersionUID = 1L;

	}

	interface Inherited<T> {

		T inherited(T value);

	}

	interface Service extends Inherited<String> {

		String value(int number) throws IOException, NoMessageException;

		Optional<String> find(int number);

		CompletionStage<String> later(String text);

		@Idempotent
		CompletableFuture<String> idempotent();

		void send(Cycle cycle);

		default String twice(String text) {
			return text + text;
		}

	}

	public interface PublicService {

		default String twice(String text) {
			return text + text;
		}

	}

	@Idempotent
	interface IdempotentService {

		CompletableFuture<Void> call();

	}

	@Deadline("PT2S")
	interface Timed {

		@Deadline("500ms")
		CompletableFuture<Void> fast();

		CompletableFuture<Void> other();

	}

	interface Wrong {

		@Deadline("soon")
		void call();

	}

	interface Never {

		@Deadline("0s")
		void call();

	}

}
