package org.rserpool.test;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rserpool.Goal;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.ElementChannel;
import org.rserpool.session.ElementChannelListener;
import org.rserpool.session.ElementChannels;
import org.rserpool.session.SessionSettings;
import org.rserpool.user.PoolUserRole;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.SelectionCallback;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.WireCodec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the resolution of pool handles costs a pool user, in virtual time.
 */
class ResolutionGoalTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private static final int DATA = 99;

	private static final Duration LATENCY = Duration.ofMillis(5);

	private static final Duration STALE_AFTER = Duration.ofSeconds(2);

	private final SimulatedScope scope = new SimulatedScope(1);

	private final SimulatedRegistrar registrar = new SimulatedRegistrar(this.scope, "r", 1, List.of(),
			(settings) -> settings);

	private final List<InetSocketAddress> registrars = List.of(this.registrar.asapAddress());

	private UserSettings settings = UserSettings.DEFAULT;

	private PoolUserRole role;

	private ElementChannels channels;

	private @Nullable Duration answered;

	private final SimulatedProcess user = this.scope.process("u", this::run);

	@BeforeEach
	void start() {
		this.scope.latency(LATENCY, LATENCY);
		this.registrar.process().start();
		for (int identifier = 1; identifier <= 3; identifier++) {
			new SimulatedElement(this.scope, "e" + identifier, POOL, identifier, this.registrars,
					(elementSettings) -> elementSettings)
				.process()
				.start();
		}
		this.scope.run(Duration.ofSeconds(5));
	}

	@Goal("G18")
	@ParameterizedTest(
			name = "G18: in a steady state, one resolution at most in the time of a fresh answer; subscribed: {0}")
	@ValueSource(booleans = { true, false })
	void resolutionsAreFew(boolean subscribed) {
		this.settings = UserSettings.DEFAULT.withSubscribe(subscribed).withStaleAfter(STALE_AFTER);
		this.user.start();
		this.scope.run(Duration.ofSeconds(1));
		call();
		long before = resolutions();
		for (int calls = 0; calls < 6_000; calls++) {
			call();
		}
		Duration passed = LATENCY.multipliedBy(2 * 6_000);
		assertThat(resolutions() - before).isLessThanOrEqualTo(1 + passed.dividedBy(STALE_AFTER));
		if (!subscribed) {
			assertThat(resolutions() - before).isPositive();
		}
	}

	@Test
	@Goal("G11")
	@DisplayName("G11: the first call takes at most twice as long as later ones, and one resolution")
	void firstCallIsQuick() {
		this.user.start();
		this.scope.run(Duration.ofSeconds(1));
		Duration resolution = LATENCY.multipliedBy(2);
		Duration first = call();
		List<Duration> later = new ArrayList<>();
		for (int calls = 0; calls < 100; calls++) {
			later.add(call());
		}
		later.sort(null);
		assertThat(first).isLessThanOrEqualTo(later.get(50).multipliedBy(2).plus(resolution));
	}

	private long resolutions() {
		return this.registrar.counters().get("handle_resolutions_found");
	}

	private void run(RoleRuntime runtime) {
		RegistrarHunt hunt = new RegistrarHunt(runtime, new WireCodec(Dialect.RFC), HuntSettings.of(this.registrars));
		this.role = new PoolUserRole(runtime, hunt, this.settings);
		this.channels = new ElementChannels(runtime, SessionSettings.DEFAULT, new Answers());
		hunt.start();
		this.role.start();
	}

	private Duration call() {
		Duration begin = this.scope.time();
		this.answered = null;
		this.role.select(POOL, Set.of(), new SelectionCallback() {

			@Override
			public void selected(PoolElement element) {
				ResolutionGoalTests.this.channels.channel(POOL, element)
					.send(new UserMessage(DATA, ByteBuffer.allocate(4)));
			}

			@Override
			public void failed(ResolutionFailure failure) {
				throw new AssertionError(failure.detail());
			}

		});
		assertThat(this.scope.runUntil(() -> this.answered != null, Duration.ofSeconds(5))).isTrue();
		return this.answered.minus(begin);
	}

	/**
	 * Notes when an answer came.
	 */
	private final class Answers implements ElementChannelListener {

		@Override
		public void message(ElementChannel channel, UserMessage message) {
			if (message.payloadProtocol() == DATA) {
				ResolutionGoalTests.this.answered = ResolutionGoalTests.this.scope.time();
			}
		}

		@Override
		public void down(ElementChannel channel, DownReason reason, String detail) {
			throw new AssertionError(detail);
		}

	}

}
