package org.rserpool.samples.greeter;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.rserpool.test.SimulatedElement;
import org.rserpool.test.SimulatedRegistrar;
import org.rserpool.test.SimulatedScope;
import org.rserpool.test.SimulatedUser;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;

class SimulatedScopeTests {

	@Test
	void whenTheOnlyRegistrarIsGoneForAMinuteThenCallsGoOn() {
		SimulatedScope scope = new SimulatedScope(1);
		PoolHandle pool = PoolHandle.of("greeters");
		SimulatedRegistrar registrar = new SimulatedRegistrar(scope, "registrar", 7, List.of(), (settings) -> settings);
		List<InetSocketAddress> registrars = List.of(registrar.asapAddress());
		registrar.process().start();
		for (int i = 1; i <= 2; i++) {
			new SimulatedElement(scope, "greeter " + i, pool, i, registrars, (settings) -> settings).process().start();
		}
		SimulatedUser user = new SimulatedUser(scope, "user", pool, registrars, Duration.ofMillis(50),
				Duration.ofSeconds(5));
		user.process().start();
		assertThat(scope.runUntil(() -> user.succeeded() > 0, Duration.ofSeconds(10))).isTrue();
		registrar.process().crash();
		long before = user.succeeded();
		scope.run(Duration.ofMinutes(1));
		assertThat(user.succeeded() - before).isGreaterThan(1000);
		assertThat(user.failures()).as(scope.trace()).isEmpty();
	}

}
