package org.rserpool.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.user.CachedPool;
import org.rserpool.user.PoolUserRole;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.ResolutionFailure.Kind;
import org.rserpool.user.SelectionCallback;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.EndpointUnreachable;
import org.rserpool.wire.AsapMessage.HandleResolution;
import org.rserpool.wire.AsapMessage.HandleResolutionResponse;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

class PoolUserRoleTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final SimulatedScope scope = new SimulatedScope(1);

	private final ScriptedRegistrar first = new ScriptedRegistrar(this.scope, "r1");

	private final ScriptedRegistrar second = new ScriptedRegistrar(this.scope, "r2");

	private PoolUserRole user;

	private final List<Integer> selected = new ArrayList<>();

	private final List<ResolutionFailure> failed = new ArrayList<>();

	@Test
	@Conformance({ "PU1", "PU13", "PU15", "PU43", "C31" })
	void takesTurnsInTheCacheWithoutAskingAgain() {
		start(UserSettings.DEFAULT, this.first);
		elements(this.first, 1, 2, 3);
		IntStream.range(0, 6).forEach((i) -> selectAndWait());
		assertThat(this.selected).containsExactly(1, 2, 3, 1, 2, 3);
		assertThat(this.first.received(HandleResolution.class)).containsExactly(new HandleResolution(true, POOL, 8));
	}

	@Test
	@Conformance("PU46")
	void keepsTheOrderThatTheRegistrarCounted() {
		start(UserSettings.DEFAULT, this.first);
		this.first.pools.put(POOL, IntStream.of(3, 1, 2)
			.mapToObj((identifier) -> new PoolElement(identifier, 1, 30_000,
					new Transport.Tcp(8080, SimulatedScope.address(50 + identifier)),
					MemberSelectionPolicy.of(PolicyType.LEAST_USED_DEGRADATION, identifier * 1000L, 1000), null))
			.toList());
		IntStream.range(0, 6).forEach((i) -> selectAndWait());
		assertThat(this.selected).containsExactly(3, 1, 2, 3, 1, 2);
	}

	@Test
	@Conformance("PU14")
	void usesAStaleCacheAtOnceAndRenewsIt() {
		start(UserSettings.DEFAULT, this.first);
		elements(this.first, 1);
		selectAndWait();
		this.scope.run(Duration.ofSeconds(6));
		elements(this.first, 2);
		select();
		assertThat(this.selected).containsExactly(1, 1);
		this.scope.run(SECOND);
		select();
		assertThat(this.selected).containsExactly(1, 1, 2);
		assertThat(this.first.received(HandleResolution.class)).hasSize(2);
	}

	@Test
	@Conformance({ "PU16", "PU17" })
	void asksOnceForAllThatWait() {
		start(UserSettings.DEFAULT, this.first);
		elements(this.first, 1, 2);
		IntStream.range(0, 50).forEach((i) -> select());
		this.scope.run(SECOND);
		assertThat(this.selected).hasSize(50);
		assertThat(this.first.received(HandleResolution.class)).hasSize(1);
	}

	@Test
	void refusesMoreThanMayWait() {
		start(UserSettings.DEFAULT.withBounds(10, 10), this.first);
		elements(this.first, 1);
		IntStream.range(0, 11).forEach((i) -> select());
		assertThat(this.failed).singleElement().extracting(ResolutionFailure::kind).isEqualTo(Kind.REFUSED);
		this.scope.run(SECOND);
		assertThat(this.selected).hasSize(10);
	}

	@Test
	@Conformance("PU19")
	void saysAtOnceThatAPoolIsUnknown() {
		start(UserSettings.DEFAULT, this.first);
		select();
		this.scope.run(Duration.ofMillis(20));
		select();
		assertThat(this.failed).hasSize(2).allSatisfy((failure) -> {
			assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_POOL);
			assertThat(failure.detail()).isEqualTo("registrar at 10.0.0.1:3863 knows no pool echo");
		});
		assertThat(this.first.received(HandleResolution.class)).hasSize(1);
		this.scope.run(SECOND);
		elements(this.first, 4);
		selectAndWait();
		assertThat(this.selected).containsExactly(4);
	}

	@Test
	void namesTheRegistrarsThatCouldNotBeReached() {
		this.first.process.start();
		this.first.process.crash();
		run(UserSettings.DEFAULT, this.first, this.second);
		select();
		this.scope.run(Duration.ofMillis(1999));
		assertThat(this.failed).isEmpty();
		this.scope.run(Duration.ofMillis(2));
		assertThat(this.failed).singleElement().satisfies((failure) -> {
			assertThat(failure.kind()).isEqualTo(Kind.NO_REGISTRAR);
			assertThat(failure.detail()).contains("echo").contains("10.0.0.1:3863").contains("10.0.0.2:3863");
		});
	}

	@Test
	void asksAnotherRegistrarWhenTheHomeIsSilent() {
		start(UserSettings.DEFAULT, this.first, this.second);
		this.first.silent = true;
		this.second.process.start();
		elements(this.second, 9);
		select();
		this.scope.run(Duration.ofMillis(1100));
		assertThat(this.selected).containsExactly(9);
	}

	@Test
	void givesUpAfterTheRetransmissions() {
		start(UserSettings.DEFAULT, this.first);
		this.first.silent = true;
		select();
		this.scope.run(Duration.ofSeconds(5));
		assertThat(this.failed).singleElement().satisfies((failure) -> {
			assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
			assertThat(failure.detail()).contains("10.0.0.1:3863").contains("echo");
		});
	}

	@Test
	void asksAgainAboutAPoolAtItsOwnAge() {
		PoolHandle other = PoolHandle.of("other");
		start(UserSettings.DEFAULT.withStaleAfter(other, Duration.ofMillis(200)), this.first);
		elements(this.first, 1);
		selectAndWait();
		this.scope.run(Duration.ofMillis(300));
		selectAndWait();
		assertThat(this.first.received(HandleResolution.class)).hasSize(1);
		this.user.stop();
		this.first.received.clear();
		run(UserSettings.DEFAULT.withStaleAfter(POOL, Duration.ofMillis(200)), this.first);
		this.scope.run(SECOND);
		selectAndWait();
		this.scope.run(Duration.ofMillis(300));
		selectAndWait();
		assertThat(this.first.received(HandleResolution.class)).hasSize(2);
	}

	@Test
	@Conformance({ "PU22", "PU23" })
	void reportsAnElementOnceAndAvoidsItEvenIfTheRegistrarStillNamesIt() {
		start(UserSettings.DEFAULT.withStaleAfter(Duration.ofMillis(100)), this.first);
		elements(this.first, 1, 2);
		selectAndWait();
		this.user.reportUnreachable(POOL, 1);
		this.user.reportUnreachable(POOL, 1);
		IntStream.range(0, 10).forEach((i) -> selectAndWait());
		assertThat(this.selected.subList(1, 11)).containsOnly(2);
		assertThat(this.first.received(EndpointUnreachable.class)).containsExactly(new EndpointUnreachable(POOL, 1));
		this.scope.run(Duration.ofSeconds(2));
		IntStream.range(0, 4).forEach((i) -> selectAndWait());
		assertThat(this.selected.subList(11, 15)).contains(1);
	}

	@Test
	void trustsAnElementAgainOnlyWhenItIsNamedAfterTheSuspicion() {
		start(UserSettings.DEFAULT, this.first);
		elements(this.first, 1, 2);
		selectAndWait();
		this.user.reportUnreachable(POOL, 1);
		selectAndWait(2);
		assertThat(this.first.received(HandleResolution.class)).hasSize(2);
		this.selected.clear();
		this.scope.run(UserSettings.DEFAULT.suspicion());
		IntStream.range(0, 10).forEach((i) -> selectAndWait());
		assertThat(this.selected).containsOnly(2);
		this.scope.run(UserSettings.DEFAULT.staleAfter());
		IntStream.range(0, 10).forEach((i) -> selectAndWait());
		assertThat(this.selected).contains(1);
	}

	@Test
	void avoidsAnElementForAWhileWithoutAReport() {
		start(UserSettings.DEFAULT.withStaleAfter(Duration.ofMillis(100)), this.first);
		elements(this.first, 1, 2);
		selectAndWait();
		this.user.avoid(POOL, 1);
		this.user.avoid(PoolHandle.of("other"), 1);
		IntStream.range(0, 10).forEach((i) -> selectAndWait());
		assertThat(this.selected.subList(1, 11)).containsOnly(2);
		this.scope.run(Duration.ofSeconds(2));
		IntStream.range(0, 4).forEach((i) -> selectAndWait());
		assertThat(this.selected.subList(11, 15)).contains(1);
		assertThat(this.first.received(EndpointUnreachable.class)).isEmpty();
		assertThat(this.user.cachedPools()).extracting(CachedPool::pool).containsExactly(POOL);
	}

	@Test
	void selectsAnElementThatAnsweredAfterItWasReported() {
		start(UserSettings.DEFAULT, this.first);
		elements(this.first, 1, 2);
		selectAndWait();
		this.user.reportUnreachable(POOL, 1);
		this.user.confirm(POOL, 1);
		this.user.confirm(PoolHandle.of("other"), 1);
		this.selected.clear();
		IntStream.range(0, 4).forEach((i) -> selectAndWait());
		assertThat(this.selected).contains(1, 2);
		assertThat(this.user.cachedPool(POOL).elements()).hasSize(2);
		assertThat(this.user.cachedPool(PoolHandle.of("other"))).isNull();
	}

	@Test
	void selectsAnElementThatAnsweredAfterTheRegistrarNamedItDespiteTheReport() {
		start(UserSettings.DEFAULT.withStaleAfter(Duration.ofMillis(100)), this.first);
		elements(this.first, 1, 2);
		selectAndWait();
		this.user.reportUnreachable(POOL, 1);
		this.scope.run(SECOND);
		selectAndWait();
		this.scope.run(Duration.ofMillis(50));
		this.user.confirm(POOL, 1);
		this.selected.clear();
		IntStream.range(0, 4).forEach((i) -> selectAndWait());
		assertThat(this.selected).contains(1);
	}

	@Test
	void avoidsAnElementThatLeavesThoughItStillAnswers() {
		start(UserSettings.DEFAULT, this.first);
		elements(this.first, 1, 2);
		selectAndWait();
		this.user.avoid(POOL, 1);
		this.user.confirm(POOL, 1);
		this.selected.clear();
		IntStream.range(0, 4).forEach((i) -> selectAndWait());
		assertThat(this.selected).containsOnly(2);
	}

	@Test
	void selectsAnElementThatItAvoidsIfThereIsNoOther() {
		start(UserSettings.DEFAULT, this.first);
		elements(this.first, 1);
		selectAndWait();
		this.user.avoid(POOL, 1);
		selectAndWait();
		assertThat(this.selected).containsExactly(1, 1);
	}

	@Test
	@Conformance("PU23")
	void reportsAnElementThatItAvoided() {
		start(UserSettings.DEFAULT, this.first);
		elements(this.first, 1, 2);
		selectAndWait();
		this.user.avoid(POOL, 1);
		this.user.reportUnreachable(POOL, 1);
		this.user.avoid(POOL, 1);
		this.user.reportUnreachable(POOL, 1);
		this.scope.run(SECOND);
		assertThat(this.first.received(EndpointUnreachable.class)).containsExactly(new EndpointUnreachable(POOL, 1));
	}

	@Test
	void selectsAnElementUnderSuspicionIfTheRegistrarNamesNoOther() {
		start(UserSettings.DEFAULT, this.first);
		elements(this.first, 1);
		selectAndWait();
		this.user.reportUnreachable(POOL, 1);
		selectAndWait();
		assertThat(this.selected).containsExactly(1, 1);
		assertThat(this.first.received(HandleResolution.class)).hasSize(2);
	}

	@Test
	void neverSelectsWhatTheCallerExcluded() {
		start(UserSettings.DEFAULT, this.first);
		elements(this.first, 1, 2, 3);
		IntStream.range(0, 10).forEach((i) -> selectAndWait(1, 3));
		assertThat(this.selected).hasSize(10).containsOnly(2);
		selectAndWait(1, 2, 3);
		assertThat(this.failed).singleElement().extracting(ResolutionFailure::kind).isEqualTo(Kind.NO_OTHER_ELEMENT);
	}

	@Test
	void looksForANewElementWhenAllKnownAreExcluded() {
		start(UserSettings.DEFAULT, this.first);
		elements(this.first, 1);
		selectAndWait();
		this.scope.run(SECOND);
		elements(this.first, 1, 2);
		selectAndWait(1);
		assertThat(this.selected).containsExactly(1, 2);
	}

	@Test
	void goesOnWithWhatItKnowsWithoutARegistrar() {
		start(UserSettings.DEFAULT, this.first);
		elements(this.first, 1, 2);
		selectAndWait();
		this.first.process.powerOff();
		this.scope.run(Duration.ofSeconds(60));
		IntStream.range(0, 4).forEach((i) -> select());
		assertThat(this.selected.subList(1, 5)).containsExactly(2, 1, 2, 1);
		this.user.reportUnreachable(POOL, 1);
		this.user.reportUnreachable(POOL, 2);
		select();
		this.scope.run(Duration.ofSeconds(6));
		assertThat(this.selected).hasSize(6);
		assertThat(this.failed).isEmpty();
	}

	@Test
	@Conformance("PU22")
	void reportsToTheNextRegistrarWhatNoneCouldBeTold() {
		start(UserSettings.DEFAULT, this.first, this.second);
		elements(this.first, 1, 2);
		selectAndWait();
		this.first.process.crash();
		this.scope.run(Duration.ofMillis(50));
		this.user.reportUnreachable(POOL, 1);
		this.second.process.start();
		this.scope.run(Duration.ofSeconds(3));
		assertThat(this.second.received(EndpointUnreachable.class)).hasSize(1);
	}

	@Test
	void keepsElementsForAWhileWhenARegistrarForgotThem() {
		start(UserSettings.DEFAULT.withStaleAfter(Duration.ofMillis(500)), this.first);
		elements(this.first, 1);
		selectAndWait();
		this.first.pools.clear();
		this.scope.run(SECOND);
		selectAndWait();
		selectAndWait();
		assertThat(this.selected).containsExactly(1, 1, 1);
		this.scope.run(Duration.ofSeconds(2));
		selectAndWait();
		selectAndWait();
		assertThat(this.failed).isNotEmpty();
	}

	@Test
	@Conformance("PU19")
	void tellsARefusalInWords() {
		start(UserSettings.DEFAULT, this.first);
		this.first.answers = (message) -> new HandleResolutionResponse(false, POOL, null, List.of(),
				List.of(ErrorCause.of(ErrorCause.SECURITY_CONSIDERATIONS)));
		selectAndWait();
		assertThat(this.failed).singleElement().satisfies((failure) -> {
			assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
			assertThat(failure.detail()).contains("echo").contains("security");
		});
	}

	@Test
	void remembersOnlySoManyPools() {
		start(UserSettings.DEFAULT.withBounds(10, 3), this.first);
		for (int i = 0; i < 20; i++) {
			this.user.select(PoolHandle.of("pool" + i), Set.of(), new Recorder());
			this.scope.run(Duration.ofMillis(100));
		}
		assertThat(this.user.cachedPools()).extracting(CachedPool::pool)
			.containsExactly(PoolHandle.of("pool17"), PoolHandle.of("pool18"), PoolHandle.of("pool19"));
	}

	@Test
	@Conformance("PU21")
	void takesChangesThatItSubscribedTo() {
		start(UserSettings.DEFAULT, this.first);
		subscribing(this.first, true);
		elements(this.first, 1);
		selectAndWait();
		push(this.first, 1, 2);
		selectAndWait();
		selectAndWait();
		assertThat(this.selected).containsExactly(1, 1, 2);
		push(this.first, 3);
		selectAndWait();
		selectAndWait();
		assertThat(this.selected.subList(3, 5)).containsExactly(3, 3);
		assertThat(this.first.received(HandleResolution.class)).containsExactly(new HandleResolution(true, POOL, 8));
	}

	@Test
	void tellsOfWhatRegistrarsSayAskedOrNot() {
		start(UserSettings.DEFAULT, this.first);
		subscribing(this.first, true);
		elements(this.first, 1);
		List<List<Integer>> told = new ArrayList<>();
		this.user.addAnswerListener((pool) -> told
			.add(this.user.cachedPool(pool).elements().stream().map(PoolElement::identifier).toList()));
		push(this.first, 9);
		assertThat(told).isEmpty();
		elements(this.first, 1);
		selectAndWait();
		selectAndWait();
		assertThat(told).containsExactly(List.of(1));
		push(this.first, 1, 2);
		assertThat(told).containsExactly(List.of(1), List.of(1, 2));
		assertThat(this.user.cachedPool(PoolHandle.of("other"))).isNull();
	}

	@Test
	void forgetsAPoolThatIsGoneAndSubscribesAgainWhenItIsBack() {
		start(UserSettings.DEFAULT, this.first);
		subscribing(this.first, true);
		elements(this.first, 1);
		selectAndWait();
		this.first.pools.clear();
		push(this.first);
		select();
		assertThat(this.failed).singleElement().extracting(ResolutionFailure::kind).isEqualTo(Kind.UNKNOWN_POOL);
		elements(this.first, 2);
		this.scope.run(Duration.ofMillis(100));
		selectAndWait();
		push(this.first, 4);
		selectAndWait();
		assertThat(this.selected).containsExactly(1, 2, 4);
		assertThat(this.first.received(HandleResolution.class)).hasSize(2)
			.allSatisfy((request) -> assertThat(request.subscribe()).isTrue());
	}

	@Test
	void takesNothingThatItDidNotSubscribeTo() {
		start(UserSettings.DEFAULT.withSubscribe(false), this.first);
		subscribing(this.first, false);
		elements(this.first, 1);
		selectAndWait();
		push(this.first, 2);
		selectAndWait();
		assertThat(this.selected).containsExactly(1, 1);
		assertThat(this.first.received(HandleResolution.class)).containsExactly(new HandleResolution(false, POOL, 8));
	}

	@Test
	void goesOnWithoutASubscriptionThatIsRefused() {
		start(UserSettings.DEFAULT, this.first);
		subscribing(this.first, false);
		elements(this.first, 1);
		selectAndWait();
		elements(this.first, 2);
		this.scope.run(Duration.ofSeconds(5));
		selectAndWait();
		selectAndWait();
		assertThat(this.selected).containsExactly(1, 1, 2);
	}

	@Test
	@Conformance("PU20")
	void subscribesAtANewHomeToWhatItUses() {
		start(UserSettings.DEFAULT, this.first, this.second);
		this.second.process.start();
		subscribing(this.first, true);
		subscribing(this.second, true);
		elements(this.first, 1);
		elements(this.second, 2);
		selectAndWait();
		this.first.process.crash();
		this.scope.run(SECOND);
		select();
		assertThat(this.selected).containsExactly(1, 2);
		assertThat(this.second.received(HandleResolution.class)).containsExactly(new HandleResolution(true, POOL, 8));
		push(this.second, 3);
		select();
		assertThat(this.selected).containsExactly(1, 2, 3);
	}

	@Test
	@Conformance("PU20")
	void subscribesAtANewHomeToWhatItDoesNotUseWhenItIsUsed() {
		start(UserSettings.DEFAULT, this.first, this.second);
		this.second.process.start();
		subscribing(this.first, true);
		elements(this.first, 1);
		elements(this.second, 2);
		selectAndWait();
		this.scope.run(Duration.ofSeconds(20));
		this.first.process.crash();
		this.scope.run(SECOND);
		assertThat(this.second.received(HandleResolution.class)).isEmpty();
		selectAndWait();
		selectAndWait();
		assertThat(this.selected).containsExactly(1, 1, 2);
	}

	/**
	 * Answers with elements, and grants or refuses subscriptions.
	 */
	private static void subscribing(ScriptedRegistrar registrar, boolean granted) {
		registrar.answers = (message) -> {
			AsapMessage answer = registrar.answer(message);
			return (granted && answer instanceof HandleResolutionResponse response && response.causes().isEmpty())
					? subscribed(response) : answer;
		};
	}

	private static HandleResolutionResponse subscribed(HandleResolutionResponse response) {
		return new HandleResolutionResponse(true, response.poolHandle(), response.policy(), response.elements(),
				List.of());
	}

	private void push(ScriptedRegistrar registrar, int... identifiers) {
		if (identifiers.length > 0) {
			elements(registrar, identifiers);
		}
		HandleResolutionResponse response = (HandleResolutionResponse) registrar
			.answer(new HandleResolution(true, POOL, null));
		registrar.sendToAll(response.causes().isEmpty() ? subscribed(response) : response);
		this.scope.run(Duration.ofMillis(20));
	}

	private void start(UserSettings settings, ScriptedRegistrar... registrars) {
		this.first.process.start();
		run(settings, registrars);
		this.scope.run(SECOND);
	}

	private void run(UserSettings settings, ScriptedRegistrar... registrars) {
		this.scope.process("u", (runtime) -> {
			RegistrarHunt hunt = new RegistrarHunt(runtime, ScriptedRegistrar.CODEC,
					HuntSettings.of(Stream.of(registrars).map(ScriptedRegistrar::address).toList()));
			this.user = new PoolUserRole(runtime, hunt, settings);
			this.user.start();
			hunt.start();
		}).start();
	}

	private static void elements(ScriptedRegistrar registrar, int... identifiers) {
		registrar.pools.put(POOL,
				IntStream.of(identifiers)
					.mapToObj((identifier) -> new PoolElement(identifier, 1, 30_000,
							new Transport.Tcp(8080, SimulatedScope.address(50 + identifier)),
							MemberSelectionPolicy.ROUND_ROBIN, null))
					.toList());
	}

	private void select(Integer... excluded) {
		this.user.select(POOL, Set.of(excluded), new Recorder());
	}

	private void selectAndWait(Integer... excluded) {
		select(excluded);
		this.scope.run(Duration.ofMillis(110));
	}

	private final class Recorder implements SelectionCallback {

		@Override
		public void selected(PoolElement element) {
			PoolUserRoleTests.this.selected.add(element.identifier());
		}

		@Override
		public void failed(ResolutionFailure failure) {
			PoolUserRoleTests.this.failed.add(failure);
		}

	}

}
