package org.rserpool.spring.element;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.BDDMockito;
import org.mockito.Mockito;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.rpc.RpcHandler;
import org.rserpool.rpc.RpcRequest;
import org.rserpool.spring.InMemoryNode;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyField;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolHandle;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PoolElementRegistryTests {

	private final InMemoryNode node = new InMemoryNode();

	private final PoolElementDiscoverer discoverer = Mockito.mock(PoolElementDiscoverer.class);

	private final Logger logger = (Logger) LoggerFactory.getLogger(PoolElementContainer.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final CompletableFuture<byte[]> result = new CompletableFuture<>();

	private Executor executor = Runnable::run;

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
		this.logger.setAdditive(false);
		this.logger.setLevel(Level.INFO);
	}

	@AfterEach
	void ignore() {
		this.logger.detachAppender(this.log);
		this.logger.setAdditive(true);
		this.logger.setLevel(null);
	}

	@Test
	void whenStartedThenTheElementsAreRegistered() {
		PoolElementRegistry registry = registry(true, endpoint("echo", Duration.ofSeconds(5)));
		registry.start();
		assertThat(registry.isRunning()).isTrue();
		assertThat(this.node.elements()).extracting(RegisteredElement::pool).containsExactly(PoolHandle.of("echo"));
		assertThat(registry.elements()).isEqualTo(this.node.elements());
		assertThat(this.log.list).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.INFO);
			assertThat(event.getFormattedMessage()).isEqualTo("Pool element 0x00000064 ('bean') of pool 'echo'"
					+ " is registered at registrar 0x00000007 (memory:1)");
		});
	}

	@Test
	void whenNotToRegisterOnStartThenTheElementsWaitForIt() {
		PoolElementRegistry registry = registry(false, endpoint("echo", Duration.ofSeconds(5)));
		registry.start();
		assertThat(this.node.elements()).isEmpty();
		registry.register();
		assertThat(this.node.elements()).hasSize(1);
	}

	@Test
	void whenToldToRegisterBeforeItStartsThenTheElementsAreRegisteredOnStart() {
		PoolElementRegistry registry = registry(false, endpoint("echo", Duration.ofSeconds(5)));
		registry.register();
		assertThat(this.node.elements()).isEmpty();
		registry.start();
		assertThat(this.node.elements()).hasSize(1);
	}

	@Test
	void whenRegisteredTwiceThenAnElementIsRegisteredOnce() {
		PoolElementRegistry registry = registry(true, endpoint("echo", Duration.ofSeconds(5)));
		registry.start();
		registry.register();
		assertThat(this.node.elements()).hasSize(1);
	}

	@Test
	void whenAnElementLeavesAndComesBackThenItKeepsItsIdentifier() {
		PoolElementRegistry registry = registry(true, endpoint("other", Duration.ofSeconds(5)),
				endpoint("echo", Duration.ofSeconds(5)));
		registry.start();
		int identifier = registry.elements().get(1).identifier();
		registry.deregister();
		assertThat(this.node.elements()).isEmpty();
		assertThat(registry.elements()).isEmpty();
		registry.register();
		assertThat(registry.elements().get(1).identifier()).isEqualTo(identifier);
	}

	@Test
	void whenPausedAndStartedAgainThenTheElementsComeBack() {
		PoolElementRegistry registry = registry(true, endpoint("echo", Duration.ofSeconds(5)));
		registry.start();
		registry.stop();
		assertThat(registry.isRunning()).isFalse();
		assertThat(this.node.elements()).isEmpty();
		registry.start();
		assertThat(this.node.elements()).hasSize(1);
	}

	@Test
	void whenStoppedThenElementsLeaveAtOnceAndCallsInProgressEndFirst() {
		PoolElementRegistry registry = registry(true, endpoint("echo", Duration.ofHours(1)));
		registry.start();
		CompletableFuture<byte[]> call = call();
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		registry.stop(() -> stopped.complete(null));
		assertThat(this.node.elements()).isEmpty();
		assertThat(stopped).isNotDone();
		this.result.complete(new byte[0]);
		assertThat(call).isCompleted();
		assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void whenStoppedThenCallsThatWaitForAThreadEndFirst() {
		CompletableFuture<Runnable> waiting = new CompletableFuture<>();
		this.executor = waiting::complete;
		PoolElementRegistry registry = registry(true, endpoint("echo", Duration.ofHours(1)));
		registry.start();
		this.result.complete(new byte[0]);
		CompletableFuture<byte[]> call = call();
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		registry.stop(() -> stopped.complete(null));
		assertThat(stopped).isNotDone();
		waiting.join().run();
		assertThat(call).isCompleted();
		assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void whenTheDrainTimeoutIsOverThenCallsInProgressAreLeft() {
		PoolElementRegistry registry = registry(true, endpoint("echo", Duration.ofMillis(1)));
		registry.start();
		CompletableFuture<byte[]> call = call();
		CountDownLatch stopped = new CountDownLatch(1);
		registry.stop(stopped::countDown);
		Awaitility.await().until(() -> stopped.getCount() == 0);
		assertThat(call).isNotDone();
		assertThat(this.log.list).anySatisfy((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getFormattedMessage()).contains("pool 'echo' are still in progress after PT0.001S");
		});
	}

	@Test
	void whenTheExecutorRefusesThenTheCallIsNotInProgress() {
		this.executor = (task) -> {
			throw new RejectedExecutionException("full");
		};
		PoolElementRegistry registry = registry(true, endpoint("echo", Duration.ofHours(1)));
		registry.start();
		assertThat(call()).isCompletedExceptionally();
		CountDownLatch stopped = new CountDownLatch(1);
		registry.stop(stopped::countDown);
		Awaitility.await().until(() -> stopped.getCount() == 0);
	}

	@Test
	void whenRefusedThenItIsSaidOnce() {
		this.node.reject("the pool has the policy LEAST_USED");
		PoolElementRegistry registry = registry(true, endpoint("echo", Duration.ofSeconds(5)));
		registry.start();
		assertThat(this.log.list).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.ERROR);
			assertThat(event.getFormattedMessage()).contains("0x00000064", "pool 'echo'",
					"was refused by its registrar: the pool has the policy LEAST_USED");
		});
	}

	@Test
	void whenAnEndpointIsAddedThenItIsRegisteredWithTheOthers() {
		PoolElementRegistry registry = registry(true);
		registry.start();
		registry.register(endpoint("late", Duration.ofSeconds(5)));
		assertThat(this.node.elements()).hasSize(1);
		assertThatIllegalStateException().isThrownBy(() -> registry.register(endpoint("late", Duration.ofSeconds(5))))
			.withMessageContaining("pool 'late'");
	}

	@Test
	void whenThereAreNoElementsThenNoNodeIsAskedFor() {
		BDDMockito.given(this.discoverer.discover()).willReturn(List.of());
		PoolElementRegistry registry = new PoolElementRegistry(this.discoverer, () -> {
			throw new IllegalStateException("node");
		}, true);
		registry.start();
		registry.stop();
		assertThat(registry.elements()).isEmpty();
	}

	@Test
	void whenDrainedThenItStaysOutUntilItIsTold() {
		PoolElementRegistry registry = registry(true, endpoint("echo", Duration.ofSeconds(5)),
				endpoint("other", Duration.ofSeconds(5)));
		registry.start();
		assertThat(registry.drain(PoolHandle.of("echo"))).isCompleted();
		assertThat(this.node.elements()).extracting(RegisteredElement::pool).containsExactly(PoolHandle.of("other"));
		registry.register();
		assertThat(this.node.elements()).hasSize(1);
		assertThat(registry.status()).extracting(PoolElementStatus::drained).containsExactly(true, false);
		registry.undrain(PoolHandle.of("echo"));
		assertThat(this.node.elements()).hasSize(2);
		assertThat(registry.isRunning()).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> registry.drain(PoolHandle.of("none")))
			.withMessageContaining("no element of pool 'none'")
			.withMessageContaining("echo");
	}

	@Test
	void whenDrainedThenCallsInProgressEnd() {
		PoolElementRegistry registry = registry(true, endpoint("echo", Duration.ofSeconds(5)));
		registry.start();
		CompletableFuture<byte[]> answer = call();
		CompletableFuture<Void> drained = registry.drain(PoolHandle.of("echo"));
		assertThat(drained).isNotDone();
		this.result.complete(new byte[0]);
		assertThat(answer).succeedsWithin(Duration.ofSeconds(10));
		assertThat(drained).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void whenRegistrationIsOnStartThenReadinessIsNotAwaited() {
		PoolElementRegistry registry = registry(false, endpoint("ready", Registration.ON_READY),
				endpoint("start", Registration.ON_START), endpoint("manual", Registration.MANUAL));
		registry.start();
		assertThat(this.node.elements()).extracting(RegisteredElement::pool).containsExactly(PoolHandle.of("start"));
		registry.register();
		assertThat(this.node.elements()).hasSize(2);
		registry.undrain(PoolHandle.of("manual"));
		assertThat(this.node.elements()).hasSize(3);
		registry.deregister();
		assertThat(this.node.elements()).isEmpty();
	}

	@Test
	void whenTheWeightChangesThenItIsRegisteredAndKept() {
		PoolElementSettings settings = PoolElementSettings.DEFAULT
			.withPolicy(MemberSelectionPolicy.of(PolicyType.WEIGHTED_ROUND_ROBIN, 1));
		PoolElementRegistry registry = registry(true, endpoint("echo", settings));
		registry.start();
		registry.change(PoolHandle.of("echo"), PolicyField.WEIGHT, 5);
		MemberSelectionPolicy changed = MemberSelectionPolicy.of(PolicyType.WEIGHTED_ROUND_ROBIN, 5);
		assertThat(this.node.policies()).last().isEqualTo(changed);
		assertThat(registry.status()).extracting(PoolElementStatus::policy).containsExactly(changed);
		registry.deregister();
		registry.register();
		assertThat(this.node.policies()).hasSize(3).last().isEqualTo(changed);
	}

	@Test
	void whenTheWeightChangesOutOfThePoolThenTheElementComesBackWithIt() {
		PoolElementSettings settings = PoolElementSettings.DEFAULT
			.withPolicy(MemberSelectionPolicy.of(PolicyType.PRIORITY, 1));
		PoolElementRegistry registry = registry(true, endpoint("echo", settings));
		registry.start();
		registry.drain(PoolHandle.of("echo"));
		registry.change(PoolHandle.of("echo"), PolicyField.PRIORITY, 9);
		assertThat(this.node.policies()).hasSize(1);
		registry.undrain(PoolHandle.of("echo"));
		assertThat(this.node.policies()).last().isEqualTo(MemberSelectionPolicy.of(PolicyType.PRIORITY, 9));
	}

	@Test
	void whenAValueIsNoneOfThePolicyThenItCannotChange() {
		PoolElementRegistry registry = registry(true, endpoint("echo", Duration.ofSeconds(5)));
		registry.start();
		PoolHandle pool = PoolHandle.of("echo");
		assertThatIllegalArgumentException().isThrownBy(() -> registry.change(pool, PolicyField.WEIGHT, 5))
			.withMessage("ROUND_ROBIN has no WEIGHT");
		assertThatIllegalArgumentException().isThrownBy(() -> registry.change(pool, PolicyField.LOAD, 5))
			.withMessageContaining("not its LOAD");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> registry.change(PoolHandle.of("other"), PolicyField.WEIGHT, 5))
			.withMessageContaining("no element of pool 'other'");
	}

	@Test
	void whenAnElementHasAnExecutorThenItsCallsRunThere() {
		CompletableFuture<Runnable> own = new CompletableFuture<>();
		PoolElementRegistry registry = registry(true,
				endpoint("echo", PoolElementSettings.DEFAULT.withExecutor(own::complete)));
		registry.start();
		this.result.complete(new byte[0]);
		CompletableFuture<byte[]> call = call();
		assertThat(call).isNotDone();
		own.join().run();
		assertThat(call).isCompleted();
	}

	@Test
	void pausesWithTheApplication() {
		assertThat(registry(true).isPauseable()).isTrue();
	}

	private PoolElementEndpoint endpoint(String pool, PoolElementSettings settings) {
		return new PoolElementEndpoint(PoolHandle.of(pool), "bean", settings,
				new RpcElementService((invocation) -> this.result, () -> this.executor));
	}

	private static PoolElementEndpoint endpoint(String pool, Registration registration) {
		PoolElementSettings defaults = PoolElementSettings.DEFAULT;
		return new PoolElementEndpoint(PoolHandle.of(pool), "bean",
				new PoolElementSettings(null, defaults.policy(), defaults.lifetime(), Duration.ofSeconds(5), null,
						defaults.metadata(), List.of(), 7, registration, LoadSettings.DEFAULT),
				new RpcElementService((invocation) -> new CompletableFuture<>(), () -> Runnable::run));
	}

	private CompletableFuture<byte[]> call() {
		return this.node
			.call(new RpcRequest(PoolHandle.of("echo"), "m", new byte[0], Map.of(), false, Duration.ofSeconds(1), 1));
	}

	private PoolElementRegistry registry(boolean registerOnStart, PoolElementEndpoint... endpoints) {
		BDDMockito.given(this.discoverer.discover()).willReturn(List.of(endpoints));
		return new PoolElementRegistry(this.discoverer, () -> this.node, registerOnStart);
	}

	private PoolElementEndpoint endpoint(String pool, Duration drainTimeout) {
		RpcHandler handler = (invocation) -> this.result;
		PoolElementSettings defaults = PoolElementSettings.DEFAULT;
		return new PoolElementEndpoint(PoolHandle.of(pool), "bean",
				new PoolElementSettings(null, defaults.policy(), defaults.lifetime(), drainTimeout),
				new RpcElementService(handler, () -> this.executor));
	}

}
