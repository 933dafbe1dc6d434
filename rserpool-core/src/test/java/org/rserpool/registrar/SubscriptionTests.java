package org.rserpool.registrar;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.HandleResolutionResponse;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Subscriptions}.
 */
class SubscriptionTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Duration SOON = Duration.ofMillis(10);

	private static final PoolHandle OTHER = PoolHandle.of("OtherPool");

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestRegistrar registrar = new TestRegistrar(this.network.process(), 7, List.of(),
			(settings) -> settings.subscriptions(new SubscriptionSettings(3, 2, Duration.ofMillis(50))));

	private final TestElement first = new TestElement(this.network, 1);

	private final TestElement user = new TestElement(this.network, 99);

	SubscriptionTests() {
		this.registrar.role.start();
		this.first.register(this.registrar.asap());
		this.user.connect(this.registrar.asap());
		this.network.run(SECOND);
	}

	@Test
	@Conformance("PR21")
	void tellsASubscriberOfElementsThatComeAndGo() {
		assertThat(subscribe(this.user, TestElement.POOL, null)).isTrue();
		TestElement second = new TestElement(this.network, 2);
		second.register(this.registrar.asap());
		this.network.run(SOON);
		assertThat(told(this.user).subscribed()).isTrue();
		assertThat(identifiers(told(this.user))).containsExactlyInAnyOrder(1, 2);
		this.network.run(SECOND);
		second.deregister();
		this.network.run(SOON);
		assertThat(identifiers(told(this.user))).containsExactly(1);
		this.network.run(SECOND);
		assertThat(this.user.received(HandleResolutionResponse.class)).hasSize(3);
	}

	@Test
	void tellsOfValuesOfThePolicyButNotOfRegistrationsThatChangeNothing() {
		TestElement weighted = new TestElement(this.network, 2);
		weighted.connect(this.registrar.asap());
		weighted.send(new AsapMessage.Registration(OTHER, weighted(weighted, 1)));
		this.network.run(SECOND);
		subscribe(this.user, OTHER, null);
		weighted.send(new AsapMessage.Registration(OTHER, weighted(weighted, 1)));
		this.network.run(SECOND);
		assertThat(this.user.received(HandleResolutionResponse.class)).hasSize(1);
		weighted.send(new AsapMessage.Registration(OTHER, weighted(weighted, 5)));
		this.network.run(SOON);
		assertThat(told(this.user).elements()).singleElement()
			.extracting(PoolElement::policy)
			.isEqualTo(MemberSelectionPolicy.of(PolicyType.WEIGHTED_ROUND_ROBIN, 5));
	}

	@Test
	void tellsOfChangesTogetherThatComeCloseTogether() {
		subscribe(this.user, TestElement.POOL, 128);
		int before = this.user.received(HandleResolutionResponse.class).size();
		for (int i = 0; i < 100; i++) {
			TestElement element = new TestElement(this.network, 1000 + i);
			element.register(this.registrar.asap());
			this.network.run(Duration.ofMillis(2));
		}
		this.network.run(Duration.ofMillis(100));
		assertThat(this.user.received(HandleResolutionResponse.class).size() - before).isBetween(2, 7);
		assertThat(told(this.user).elements()).hasSize(101);
	}

	@Test
	void tellsAsManyElementsAsWereAskedFor() {
		subscribe(this.user, TestElement.POOL, 2);
		for (int i = 2; i < 6; i++) {
			new TestElement(this.network, i).register(this.registrar.asap());
		}
		this.network.run(SECOND);
		assertThat(told(this.user).elements()).hasSize(2);
		subscribe(this.user, TestElement.POOL, AsapMessage.HandleResolution.ALL_ITEMS);
		new TestElement(this.network, 6).register(this.registrar.asap());
		this.network.run(SECOND);
		assertThat(told(this.user).elements()).hasSize(6);
	}

	@Test
	@Conformance("PR22")
	void theEndOfAPoolEndsTheSubscription() {
		subscribe(this.user, TestElement.POOL, null);
		this.first.deregister();
		this.network.run(SOON);
		assertThat(told(this.user).subscribed()).isFalse();
		assertThat(told(this.user).causes()).extracting(ErrorCause::code)
			.containsExactly(ErrorCause.UNKNOWN_POOL_HANDLE);
		this.first.register();
		this.network.run(SECOND);
		assertThat(this.user.received(HandleResolutionResponse.class)).hasSize(2);
	}

	@Test
	@Conformance("PR22")
	void aNegativeAnswerSubscribesToNothing() {
		assertThat(subscribe(this.user, OTHER, null)).isFalse();
		TestElement element = new TestElement(this.network, 2);
		element.connect(this.registrar.asap());
		element.send(new AsapMessage.Registration(OTHER, weighted(element, 1)));
		this.network.run(SECOND);
		assertThat(this.user.received(HandleResolutionResponse.class)).hasSize(1);
	}

	@Test
	void refusesMoreSubscriptionsThanItMayHave() {
		TestElement another = new TestElement(this.network, 98);
		another.connect(this.registrar.asap());
		for (int i = 0; i < 3; i++) {
			TestElement element = new TestElement(this.network, 10 + i);
			element.connect(this.registrar.asap());
			element.send(new AsapMessage.Registration(pool(i), element.description()));
		}
		this.network.run(SECOND);
		assertThat(subscribe(this.user, pool(0), null)).isTrue();
		assertThat(subscribe(this.user, pool(1), null)).isTrue();
		assertThat(subscribe(this.user, pool(2), null)).as("more than two by one association").isFalse();
		assertThat(told(this.user).elements()).as("the answer nevertheless").hasSize(1);
		assertThat(subscribe(this.user, pool(1), null)).as("again").isTrue();
		assertThat(subscribe(another, pool(0), null)).isTrue();
		assertThat(subscribe(another, pool(1), null)).as("more than three in all").isFalse();
		assertThat(this.registrar.counter("subscriptions_granted")).isEqualTo(3);
		assertThat(this.registrar.counter("subscriptions_refused")).isEqualTo(2);
		this.user.home.abort();
		this.network.run(SECOND);
		assertThat(subscribe(another, pool(1), null)).as("there is room again").isTrue();
	}

	@Test
	void tellsManySubscribersInTurn() {
		TestRegistrar large = new TestRegistrar(this.network.process(), 8, List.of(), (settings) -> settings);
		large.role.start();
		this.first.register(large.asap());
		List<TestElement> users = IntStream.range(0, 450)
			.mapToObj((i) -> new TestElement(this.network, 5000 + i))
			.peek((each) -> each.connect(large.asap()))
			.toList();
		this.network.run(SECOND);
		users.forEach((each) -> each.send(new AsapMessage.HandleResolution(true, TestElement.POOL, 4)));
		this.network.run(SECOND);
		new TestElement(this.network, 2).register(large.asap());
		this.network.run(SOON);
		assertThat(users).allSatisfy((each) -> assertThat(identifiers(told(each))).containsExactlyInAnyOrder(1, 2));
		assertThat(large.counter("pool_updates_sent")).isEqualTo(450);
	}

	@Test
	void refusesSettingsOutOfRange() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SubscriptionSettings(-1, 1, SECOND))
			.withMessageContaining("maxSubscriptions is -1");
		assertThatIllegalArgumentException().isThrownBy(() -> new SubscriptionSettings(1, 1, Duration.ZERO))
			.withMessageContaining("interval is PT0S");
	}

	private static PoolHandle pool(int number) {
		return PoolHandle.of("pool" + number);
	}

	private static PoolElement weighted(TestElement element, int weight) {
		return new PoolElement(2, 0, 30_000, new Transport.Tcp(80, element.process().address()),
				MemberSelectionPolicy.of(PolicyType.WEIGHTED_ROUND_ROBIN, weight),
				element.description().asapTransport());
	}

	private boolean subscribe(TestElement subscriber, PoolHandle pool, @Nullable Integer items) {
		subscriber.send(new AsapMessage.HandleResolution(true, pool, items));
		this.network.run(SECOND);
		return told(subscriber).subscribed();
	}

	private static HandleResolutionResponse told(TestElement subscriber) {
		return subscriber.last(HandleResolutionResponse.class);
	}

	private static List<Integer> identifiers(HandleResolutionResponse response) {
		return response.elements().stream().map(PoolElement::identifier).toList();
	}

}
