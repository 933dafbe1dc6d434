package org.rserpool.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.user.PoolUserRole;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.ResolutionFailure.Kind;
import org.rserpool.user.SelectionCallback;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.EndpointUnreachable;
import org.rserpool.wire.AsapMessage.HandleResolution;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handle resolution with the timers and thresholds of the profile {@code rfc} (RFC 5352,
 * sections 3.3, 3.5, 3.7 and 7).
 */
class ResolutionTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private final SimulatedScope scope = new SimulatedScope(1);

	private final ScriptedRegistrar first = new ScriptedRegistrar(this.scope, "r1");

	private final ScriptedRegistrar second = new ScriptedRegistrar(this.scope, "r2");

	private final List<Integer> selected = new ArrayList<>();

	private final List<ResolutionFailure> failed = new ArrayList<>();

	private RegistrarHunt hunt;

	private PoolUserRole user;

	@Test
	@Conformance({ "PU1", "PU4", "PU16" })
	void findsARegistrarBeforeItAsks() {
		start(this.first);
		select(POOL);
		run(2);
		assertThat(this.hunt.home()).isNull();
		assertThat(this.selected).isEmpty();
		this.first.process.start();
		knows(this.first, 1);
		assertThat(this.scope.runUntil(() -> !this.selected.isEmpty(), Duration.ofSeconds(12))).isTrue();
		assertThat(this.first.received).singleElement().isInstanceOf(HandleResolution.class);
		assertThat(this.failed).isEmpty();
	}

	@Test
	@Conformance({ "PU5", "PU7", "PU8" })
	void asksThreeTimesIn15SecondsEachAndReportsAnError() {
		this.first.process.start();
		this.first.silent = true;
		start(this.first);
		run(1);
		this.first.stopListening();
		select(POOL);
		run(14);
		assertThat(requests()).isEqualTo(1);
		run(2);
		assertThat(requests()).isEqualTo(2);
		run(13);
		assertThat(requests()).isEqualTo(2);
		run(15);
		assertThat(requests()).isEqualTo(3);
		assertThat(this.failed).isEmpty();
		run(2);
		assertThat(this.failed).singleElement().satisfies((failure) -> {
			assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
			assertThat(failure.pool()).isEqualTo(POOL);
		});
		run(100);
		assertThat(requests()).isEqualTo(3);
	}

	@Test
	@Conformance({ "PU7", "PU9" })
	void huntsWhileItAsksAgainAndAdoptsAnotherRegistrar() {
		this.first.process.start();
		this.first.silent = true;
		start(this.first, this.second);
		run(1);
		select(POOL);
		this.second.process.start();
		knows(this.second, 2);
		run(14);
		assertThat(this.second.associations).isEmpty();
		run(2);
		assertThat(this.first.received(HandleResolution.class)).hasSize(2);
		assertThat(this.hunt.home().address()).isEqualTo(this.second.address());
		assertThat(this.second.received(HandleResolution.class)).hasSize(1);
		assertThat(this.selected).containsExactly(2);
	}

	@Test
	@Conformance("PU6")
	void waitsForNothingMoreOnceItIsAnswered() {
		this.first.process.start();
		knows(this.first, 1);
		start(this.first, this.second);
		run(1);
		select(POOL);
		this.second.process.start();
		run(100);
		assertThat(this.selected).containsExactly(1);
		assertThat(this.first.received(HandleResolution.class)).hasSize(1);
		assertThat(this.second.associations).isEmpty();
	}

	@Test
	@Conformance({ "PU10", "PU11", "PU12" })
	void asksTheNextRegistrarAndNotTheFailedOneAgain() {
		this.first.process.start();
		this.first.silent = true;
		start(this.first, this.second);
		run(1);
		select(POOL);
		run(1);
		this.first.process.crash();
		run(1);
		this.first.process.start();
		this.second.process.start();
		knows(this.second, 2);
		assertThat(this.scope.runUntil(() -> !this.selected.isEmpty(), Duration.ofSeconds(14))).isTrue();
		assertThat(this.first.received(HandleResolution.class)).hasSize(1);
		assertThat(this.second.received(HandleResolution.class))
			.containsExactlyElementsOf(this.first.received(HandleResolution.class));
	}

	@Test
	@Conformance("PU24")
	void reportsOnlyWhatItHadSelected() {
		this.first.process.start();
		knows(this.first, 1, 2);
		start(this.first);
		run(1);
		this.user.reportUnreachable(POOL, 1);
		select(POOL);
		run(1);
		assertThat(this.selected).containsExactly(1);
		this.user.reportUnreachable(POOL, 2);
		this.user.reportUnreachable(POOL, 7);
		this.user.reportUnreachable(PoolHandle.of("other"), 1);
		run(1);
		assertThat(this.first.received(EndpointUnreachable.class)).isEmpty();
		this.user.reportUnreachable(POOL, 1);
		run(1);
		assertThat(this.first.received(EndpointUnreachable.class)).containsExactly(new EndpointUnreachable(POOL, 1));
		assertThat(this.user.cachedPools()).hasSize(1);
	}

	@Test
	@Conformance({ "C32", "PU1" })
	void takesAnErrorWithoutAnAnswer() {
		this.first.process.start();
		this.first.silent = true;
		start(this.first);
		run(1);
		select(POOL);
		run(1);
		this.first.sendToAll(new AsapMessage.Error(List.of(ErrorCause.of(ErrorCause.UNRECOGNIZED_MESSAGE))));
		run(1);
		assertThat(this.first.received).singleElement().isInstanceOf(HandleResolution.class);
		this.first.silent = false;
		knows(this.first, 1);
		run(15);
		assertThat(this.selected).containsExactly(1);
	}

	private void start(ScriptedRegistrar... registrars) {
		this.scope.process("u", (runtime) -> {
			this.hunt = new RegistrarHunt(runtime, ScriptedRegistrar.CODEC,
					HuntSettings.rfc(Stream.of(registrars).map(ScriptedRegistrar::address).toList()));
			this.user = new PoolUserRole(runtime, this.hunt, UserSettings.rfc());
			this.user.start();
			this.hunt.start();
		}).start();
	}

	private int requests() {
		return this.first.received(HandleResolution.class).size();
	}

	private void run(int seconds) {
		this.scope.run(Duration.ofSeconds(seconds));
	}

	private static void knows(ScriptedRegistrar registrar, int... identifiers) {
		List<PoolElement> elements = new ArrayList<>();
		for (int identifier : identifiers) {
			elements.add(new PoolElement(identifier, 1, 30_000,
					new Transport.Tcp(8080, SimulatedScope.address(50 + identifier)), MemberSelectionPolicy.ROUND_ROBIN,
					null));
		}
		registrar.pools.put(POOL, elements);
	}

	private void select(PoolHandle pool) {
		this.user.select(pool, Set.of(), new SelectionCallback() {

			@Override
			public void selected(PoolElement element) {
				ResolutionTests.this.selected.add(element.identifier());
			}

			@Override
			public void failed(ResolutionFailure failure) {
				ResolutionTests.this.failed.add(failure);
			}

		});
	}

}
