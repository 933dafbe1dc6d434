package org.rserpool.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.rserpool.Conformance;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.user.PoolUserRole;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.SelectionCallback;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.HandleResolution;
import org.rserpool.wire.AsapMessage.HandleResolutionResponse;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a pool user selects from what a registrar answered (RFC 5356, "Pool User
 * Considerations").
 */
class UserPolicyTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private static final long HALF = 0x80000000L;

	private final SimulatedScope scope = new SimulatedScope(1);

	private final ScriptedRegistrar registrar = new ScriptedRegistrar(this.scope, "r1");

	private final List<PoolElement> elements = new ArrayList<>();

	private PoolUserRole user;

	private int items = 8;

	@BeforeEach
	void answerWithTheElements() {
		this.registrar.process.start();
		this.registrar.pools.put(POOL, this.elements);
	}

	@Test
	@Conformance("PU18")
	void takesTurnsWhereTheRegistrarNamesNoPolicy() {
		element(1, PolicyType.PRIORITY, 5);
		element(2, PolicyType.PRIORITY, 9);
		element(3, PolicyType.PRIORITY, 1);
		this.registrar.answers = (message) -> {
			AsapMessage answer = this.registrar.answer(message);
			return (answer instanceof HandleResolutionResponse response)
					? new HandleResolutionResponse(false, POOL, null, response.elements(), List.of()) : answer;
		};
		start();
		assertThat(select(6)).containsExactly(1, 2, 3, 1, 2, 3);
	}

	@Test
	@Conformance("PU43")
	void usesTheListInOrderUntilItIsStale() {
		element(3, PolicyType.ROUND_ROBIN);
		element(1, PolicyType.ROUND_ROBIN);
		element(2, PolicyType.ROUND_ROBIN);
		start();
		assertThat(select(7)).containsExactly(3, 1, 2, 3, 1, 2, 3);
		assertThat(this.registrar.received(HandleResolution.class)).hasSize(1);
		this.scope.run(UserSettings.DEFAULT.staleAfter());
		select(1);
		this.scope.run(Duration.ofSeconds(1));
		assertThat(this.registrar.received(HandleResolution.class)).hasSize(2);
		assertThat(select(4)).containsExactly(3, 1, 2, 3);
	}

	@ParameterizedTest
	@EnumSource(names = { "RANDOM", "WEIGHTED_RANDOM", "RANDOMIZED_LEAST_USED" })
	@Conformance("PU44")
	void drawsEvenlyFromAPartOfThePool(PolicyType type) {
		this.items = 3;
		element(1, type, 1);
		element(2, type, 1000);
		element(3, type, HALF);
		start();
		assertThat(shares(6000)).allSatisfy((share) -> assertThat(share).isBetween(1800, 2200));
	}

	@Test
	@Conformance("PU44")
	void drawsByWeightFromTheWholePool() {
		element(1, PolicyType.WEIGHTED_RANDOM, 1);
		element(2, PolicyType.WEIGHTED_RANDOM, 2);
		element(3, PolicyType.WEIGHTED_RANDOM, 3);
		start();
		List<Integer> shares = shares(6000);
		assertThat(shares.get(0)).isBetween(850, 1150);
		assertThat(shares.get(1)).isBetween(1800, 2200);
		assertThat(shares.get(2)).isBetween(2800, 3200);
	}

	@Test
	@Conformance("PU44")
	void drawsByUnusedLoadFromTheWholePool() {
		element(1, PolicyType.RANDOMIZED_LEAST_USED, 0);
		element(2, PolicyType.RANDOMIZED_LEAST_USED, HALF);
		start();
		List<Integer> shares = shares(6000);
		assertThat(shares.get(0)).isBetween(3800, 4200);
	}

	@Test
	void takesTurnsInTheOrderOfAPartOfAWeightedPool() {
		this.items = 3;
		element(1, PolicyType.WEIGHTED_ROUND_ROBIN, 1);
		element(2, PolicyType.WEIGHTED_ROUND_ROBIN, 4);
		element(3, PolicyType.WEIGHTED_ROUND_ROBIN, 2);
		start();
		assertThat(select(6)).containsExactly(1, 2, 3, 1, 2, 3);
	}

	@Test
	void takesTurnsByWeightInTheOrderOfAWholePool() {
		element(1, PolicyType.WEIGHTED_ROUND_ROBIN, 1);
		element(2, PolicyType.WEIGHTED_ROUND_ROBIN, 4);
		element(3, PolicyType.WEIGHTED_ROUND_ROBIN, 2);
		start();
		assertThat(select(14)).containsExactly(1, 2, 3, 2, 2, 3, 2, 1, 2, 3, 2, 2, 3, 2);
	}

	@Test
	@Conformance("PU45")
	void takesTheActiveElementWithTheHighestPriority() {
		element(1, PolicyType.PRIORITY, 5);
		element(2, PolicyType.PRIORITY, 9);
		element(3, PolicyType.PRIORITY, 7);
		start();
		assertThat(select(3)).containsExactly(2, 2, 2);
		this.user.reportUnreachable(POOL, 2);
		assertThat(select(3)).containsExactly(3, 3, 3);
		this.user.avoid(POOL, 3);
		assertThat(select(3)).containsExactly(1, 1, 1);
	}

	@ParameterizedTest
	@EnumSource(names = { "LEAST_USED", "PRIORITY_LEAST_USED" })
	@Conformance("PU46")
	void takesElementsInTheOrderOfTheirLoad(PolicyType type) {
		element(3, type, 10, 0);
		element(1, type, 20, 0);
		element(2, type, 30, 0);
		start();
		assertThat(select(2)).containsExactly(3, 3);
		assertThat(select(1, 3)).containsExactly(1);
		assertThat(select(1, 3, 1)).containsExactly(2);
		assertThat(this.registrar.received(HandleResolution.class)).singleElement()
			.satisfies((request) -> assertThat(request.items()).isGreaterThan(1));
	}

	private void element(int identifier, PolicyType type, long... values) {
		this.elements.add(
				new PoolElement(identifier, 1, 30_000, new Transport.Tcp(8080, SimulatedScope.address(50 + identifier)),
						MemberSelectionPolicy.of(type, Arrays.copyOf(values, type.fields().size())), null));
	}

	private void start() {
		this.scope.process("u", (runtime) -> {
			RegistrarHunt hunt = new RegistrarHunt(runtime, ScriptedRegistrar.CODEC,
					HuntSettings.of(List.of(this.registrar.address())));
			this.user = new PoolUserRole(runtime, hunt, UserSettings.DEFAULT.withItems(this.items));
			this.user.start();
			hunt.start();
		}).start();
		this.scope.run(Duration.ofSeconds(1));
	}

	private List<Integer> shares(int selections) {
		int[] counts = new int[this.elements.size()];
		select(selections).forEach((identifier) -> counts[identifier - 1]++);
		return Arrays.stream(counts).boxed().toList();
	}

	private List<Integer> select(int times, Integer... excluded) {
		List<Integer> selected = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			this.user.select(POOL, Set.of(excluded), new SelectionCallback() {

				@Override
				public void selected(PoolElement element) {
					selected.add(element.identifier());
				}

				@Override
				public void failed(ResolutionFailure failure) {
					throw new AssertionError(failure);
				}

			});
			if (selected.isEmpty()) {
				this.scope.run(Duration.ofMillis(100));
			}
		}
		return selected;
	}

}
