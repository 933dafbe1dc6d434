package org.rserpool.test.fault;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rserpool.rpc.CallOutcomeUnknownException;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RpcRequest;
import org.rserpool.test.embedded.EmbeddedRegistrar;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.rserpool.test.assertions.RSerPoolAssertions.assertThat;

/**
 * A pool user behind a network that breaks, and two elements behind a sound one.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FaultyNetworkTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final PoolHandle POOL = PoolHandle.of("names");

	private final FaultyNetwork network = new FaultyNetwork();

	private final EmbeddedRegistrar registrar = EmbeddedRegistrar.start();

	private final AtomicInteger served = new AtomicInteger();

	private RSerPoolNode one;

	private RSerPoolNode two;

	private RSerPoolNode user;

	@BeforeEach
	void start() {
		this.one = element(1);
		this.two = element(2);
		this.user = RSerPoolNode.start(NodeSettings.builder(List.of(this.registrar.address()))
			.name("user")
			.listen(new InetSocketAddress("127.0.0.1", 0))
			.interceptor(this.network)
			.build());
		assertThat(this.registrar).within(PATIENCE).hasPool("names").withElements(2);
		Awaitility.await().atMost(PATIENCE).until(() -> this.user.home() != null);
	}

	@AfterEach
	void stop() {
		this.user.close();
		this.one.close();
		this.two.close();
		this.registrar.close();
	}

	@Test
	void whileNothingIsWrongEveryElementIsCalled() {
		Awaitility.await().atMost(PATIENCE).until(() -> call(false).equals("1"));
		Awaitility.await().atMost(PATIENCE).until(() -> call(false).equals("2"));
	}

	@Test
	void whenAnElementIsRefusedThenNoCallFailsAndTheOtherServes() {
		this.network.to(element("names", 1)).refuse();
		for (int i = 0; i < 6; i++) {
			assertThat(call(false)).isEqualTo("2");
		}
	}

	@Test
	void whenAnElementIsInABlackHoleThenNobodyKnowsWhatBecameOfItsCalls() {
		Awaitility.await().atMost(PATIENCE).until(() -> call(false).equals("1"));
		Awaitility.await().atMost(PATIENCE).until(() -> call(false).equals("2"));
		this.network.everywhere().blackHole();
		int before = this.served.get();
		assertThat(catchThrowable(() -> call(false))).isInstanceOf(CompletionException.class)
			.hasCauseInstanceOf(CallOutcomeUnknownException.class);
		assertThat(this.served).hasValue(before);
	}

	@Test
	void whenABlackHoleIsHealedThenTheElementIsCalledAgain() {
		Awaitility.await().atMost(PATIENCE).until(() -> call(true).equals("1"));
		Link link = this.network.to(element("names", 1)).blackHole();
		for (int i = 0; i < 6; i++) {
			assertThat(call(true)).isEqualTo("2");
		}
		link.heal();
		this.two.close();
		Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> call(true).equals("1"));
	}

	@Test
	void whenTheRegistrarIsInABlackHoleThenItIsFoundAgainOnceHealed() {
		Link link = this.network.to(this.registrar.address()).blackHole().reset();
		Awaitility.await().atMost(PATIENCE).until(() -> this.user.home() == null);
		link.heal();
		Awaitility.await().atMost(PATIENCE).until(() -> this.user.home() != null);
	}

	@Test
	void whenTheLinkIsSlowThenCallsAreSlowAndInOrder() {
		call(true);
		this.network.everywhere().delay(Duration.ofMillis(40), Duration.ofMillis(20));
		long start = System.nanoTime();
		assertThat(call(true)).isIn("1", "2");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
		this.network.heal();
		assertThat(call(true)).isIn("1", "2");
	}

	@Test
	void whenPacketsAreDroppedThenEveryCallStillSucceeds() {
		this.network.everywhere().drop(0.2);
		for (int i = 0; i < 20; i++) {
			assertThat(call(true)).isIn("1", "2");
		}
	}

	@Test
	void whenAssociationsAreResetThenNewOnesComeUp() {
		for (int i = 0; i < 5; i++) {
			assertThat(call(true)).isIn("1", "2");
			this.network.everywhere().reset();
		}
	}

	@Test
	void whatMakesNoSenseIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.network.everywhere().drop(0.95))
			.withMessageContaining("0.95");
		assertThatIllegalArgumentException().isThrownBy(() -> this.network.everywhere().delay(Duration.ofHours(1)))
			.withMessageContaining("PT1H");
	}

	private PoolElement element(String pool, int identifier) {
		return this.registrar.elements(pool)
			.stream()
			.filter((element) -> element.identifier() == identifier)
			.findFirst()
			.orElseThrow();
	}

	private String call(boolean idempotent) {
		RpcRequest request = new RpcRequest(POOL, "name", new byte[0], Map.of(), idempotent, Duration.ofSeconds(20), 5,
				10, false, org.rserpool.rpc.CallObserver.NONE);
		return new String(this.user.client().call(request).join(), StandardCharsets.UTF_8);
	}

	private RSerPoolNode element(int identifier) {
		RSerPoolNode node = RSerPoolNode.start(NodeSettings.builder(List.of(this.registrar.address()))
			.name("element " + identifier)
			.listen(new InetSocketAddress("127.0.0.1", 0))
			.build());
		node.register(new ElementSpecification(POOL, identifier, MemberSelectionPolicy.ROUND_ROBIN,
				Duration.ofSeconds(30), (call) -> {
					this.served.incrementAndGet();
					return CompletableFuture
						.completedFuture(String.valueOf(identifier).getBytes(StandardCharsets.UTF_8));
				}, Runnable::run));
		return node;
	}

}
