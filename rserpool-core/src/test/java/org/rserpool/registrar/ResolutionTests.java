package org.rserpool.registrar;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.rserpool.Conformance;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.AsapMessage.Deregistration;
import org.rserpool.wire.AsapMessage.EndpointUnreachable;
import org.rserpool.wire.AsapMessage.HandleResolution;
import org.rserpool.wire.AsapMessage.HandleResolutionResponse;
import org.rserpool.wire.AsapMessage.Registration;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Resolutions}.
 */
class ResolutionTests {

	private static final Duration SOON = Duration.ofMillis(20);

	private static final PoolHandle POOL = PoolHandle.of("Pool");

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestRegistrar registrar = new TestRegistrar(this.network.process(), 7, List.of(),
			UnaryOperator.identity());

	private final TestElement user = new TestElement(this.network, 99);

	ResolutionTests() {
		this.registrar.role.start();
		this.user.connect(this.registrar.asap());
	}

	@ParameterizedTest
	@EnumSource
	@Conformance({ "PR16", "PR17" })
	void answersOverEachProtocolAtTheWellKnownPort(TransportProtocol protocol) {
		assertThat(RegistrarSettings.builder().build().asapListen()).singleElement()
			.satisfies((address) -> assertThat(address.getPort()).isEqualTo(3863));
		TestRegistrar other = new TestRegistrar(this.network.process(), 8, List.of(),
				(settings) -> settings.protocol(protocol));
		other.role.start();
		TestElement element = new TestElement(this.network.process(), 1, TestElement.PORT, protocol);
		element.connect(other.process().at(3863));
		element.send(new Registration(POOL, element.description()));
		element.send(new HandleResolution(false, POOL, null));
		this.network.run(SOON);
		assertThat(element.last(HandleResolutionResponse.class))
			.isEqualTo(new HandleResolutionResponse(false, POOL, MemberSelectionPolicy.ROUND_ROBIN,
					List.of(element.description().withHomeRegistrar(8).withAsapTransport(null)), List.of()));
	}

	@Test
	@Conformance({ "PR18", "PR19", "PR20", "PO5" })
	void namesThePolicyAndListsTheElementsInItsOrder() {
		for (int identifier = 1; identifier <= 5; identifier++) {
			register(identifier, MemberSelectionPolicy.of(PolicyType.PRIORITY, 10 * identifier % 31));
		}
		HandleResolutionResponse response = resolve(HandleResolution.ALL_ITEMS);
		assertThat(response.elements()).extracting(PoolElement::identifier).containsExactly(3, 2, 5, 1, 4);
		assertThat(response.policy()).isNotNull();
		assertThat(response.policy().number()).isEqualTo(PolicyType.PRIORITY.number());
		assertThat(response.causes()).isEmpty();
		assertThat(response.elements().get(0).policy()).as("its own values")
			.isEqualTo(MemberSelectionPolicy.of(PolicyType.PRIORITY, 30));
	}

	@Test
	@Conformance({ "PO6", "PO8" })
	void countsWhatItAnsweredAndARegistrationBeginsTheCountAgain() {
		MemberSelectionPolicy policy = MemberSelectionPolicy.of(PolicyType.LEAST_USED_DEGRADATION, 10, 10);
		TestElement first = register(1, policy);
		register(2, MemberSelectionPolicy.of(PolicyType.LEAST_USED_DEGRADATION, 25, 10));
		assertThat(firsts(4)).containsExactly(1, 1, 2, 1);
		first.send(new Registration(POOL, first.description().withPolicy(policy)));
		this.network.run(SOON);
		assertThat(firsts(2)).containsExactly(1, 1);
	}

	@Test
	@Conformance({ "PR17", "PR20" })
	void anUnknownPoolHasNoElementsAndNoPolicy() {
		HandleResolutionResponse unknown = new HandleResolutionResponse(false, POOL, null, List.of(),
				List.of(ErrorCause.of(ErrorCause.UNKNOWN_POOL_HANDLE)));
		assertThat(resolve(null)).isEqualTo(unknown);
		TestElement element = register(1, MemberSelectionPolicy.ROUND_ROBIN);
		assertThat(resolve(null).elements()).hasSize(1);
		element.send(new Deregistration(POOL, 1));
		this.network.run(SOON);
		assertThat(resolve(null)).isEqualTo(unknown);
	}

	@Test
	@Conformance("PR20")
	void aPoolOfWhichEveryElementIsSuspectHasElementsNevertheless() {
		TestRegistrar home = new TestRegistrar(this.network.process(), 8, List.of(this.registrar.process()),
				UnaryOperator.identity());
		home.role.start();
		this.network.run(Duration.ofSeconds(1));
		TestElement element = new TestElement(this.network, 1);
		element.connect(home.asap());
		element.send(new Registration(POOL, element.description()));
		this.network.run(SOON);
		element.process().cutOff(this.registrar.process());
		this.user.send(new EndpointUnreachable(POOL, 1));
		this.network.run(Duration.ofSeconds(1));
		assertThat(resolve(null).elements()).hasSize(1);
	}

	private TestElement register(int identifier, MemberSelectionPolicy policy) {
		TestElement element = new TestElement(this.network, identifier);
		element.connect(this.registrar.asap());
		element.send(new Registration(POOL, element.description().withPolicy(policy)));
		this.network.run(SOON);
		return element;
	}

	private List<Integer> firsts(int times) {
		return IntStream.range(0, times).mapToObj((i) -> resolve(1).elements().get(0).identifier()).toList();
	}

	private HandleResolutionResponse resolve(Integer items) {
		this.user.send(new HandleResolution(false, POOL, items));
		this.network.run(SOON);
		return this.user.last(HandleResolutionResponse.class);
	}

}
