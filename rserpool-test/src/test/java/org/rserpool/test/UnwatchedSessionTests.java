package org.rserpool.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.PoolSession;
import org.rserpool.session.PoolSessionListener;
import org.rserpool.session.SessionEndpoint;
import org.rserpool.session.SessionSettings;
import org.rserpool.user.PoolUserRole;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.EndpointUnreachable;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.TransportUse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions over SCTP with elements and users that may not know heartbeats, and that are
 * left when the user wants to.
 */
class UnwatchedSessionTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final int DATA = 99;

	private static final SessionSettings SETTINGS = SessionSettings.DEFAULT.withProtocol(TransportProtocol.SCTP);

	private final SimulatedScope scope = new SimulatedScope(1);

	private final Map<Integer, List<String>> received = new LinkedHashMap<>();

	private final Map<Integer, SessionEndpoint> endpoints = new LinkedHashMap<>();

	private final List<String> events = new ArrayList<>();

	private final ScriptedRegistrar registrar = new ScriptedRegistrar(this.scope, "r1");

	private final SimulatedProcess one = element(1);

	private final SimulatedProcess two = element(2);

	private RoleRuntime runtime;

	private final SimulatedProcess user = this.scope.process("u", (newRuntime) -> this.runtime = newRuntime);

	private boolean heartbeatsKnown;

	private boolean breaking;

	private PoolSession session;

	@BeforeEach
	void start() {
		this.registrar.process.start();
		this.one.start();
		this.two.start();
		this.user.start();
		this.registrar.pools.put(POOL, List.of(describe(1, this.one), describe(2, this.two)));
	}

	@Test
	void nothingButMessagesTravelsWhereHeartbeatsAreUnknown() {
		open();
		this.session.send(message("a"));
		this.scope.run(Duration.ofSeconds(60));
		assertThat(this.received.get(1)).containsExactly("99 a");
		assertThat(this.events).containsExactly("connected null -> 1");
		assertThat(this.endpoints.get(1).users()).isEqualTo(1);
	}

	@Test
	void silenceOfAnElementMeansNothingWhereHeartbeatsAreUnknown() {
		open();
		this.one.hang();
		this.scope.run(Duration.ofSeconds(5));
		assertThat(this.events).containsExactly("connected null -> 1");
	}

	@Test
	void userThatSentHeartbeatsIsDroppedWhenItIsSilent() {
		this.heartbeatsKnown = true;
		open();
		this.user.hang();
		this.scope.run(Duration.ofSeconds(20));
		assertThat(this.endpoints.get(1).users()).isZero();
	}

	@Test
	void failsOverOnRequestWithTheCookie() {
		open();
		this.session.send(message("cookie"));
		this.scope.run(SECOND);
		this.session.failOver(true, "too slow");
		assertThat(this.session.element()).isNull();
		this.scope.run(SECOND);
		assertThat(this.events).containsExactly("connected null -> 1", "cookie", "lost 1 too slow", "connected 1 -> 2");
		assertThat(this.received.get(2)).containsExactly("echo of cookie");
		assertThat(this.endpoints.get(1).users()).isZero();
		assertThat(this.registrar.received(EndpointUnreachable.class))
			.containsExactly(new EndpointUnreachable(POOL, 1));
	}

	@Test
	void elementThatIsLeftOnRequestNeedNotBeReported() {
		open();
		this.session.failOver(false, "for balance");
		this.session.failOver(false, "there is none to leave");
		this.scope.run(SECOND);
		assertThat(this.events).containsExactly("connected null -> 1", "lost 1 for balance", "connected 1 -> 2");
		assertThat(this.registrar.received(EndpointUnreachable.class)).isEmpty();
	}

	@Test
	void endDeliversWhatIsOnItsWay() {
		open();
		this.session.send(message("last"));
		this.session.end();
		this.scope.run(SECOND);
		assertThat(this.received.get(1)).containsExactly("99 last");
		assertThat(this.endpoints.get(1).users()).isZero();
		assertThat(this.events).containsExactly("connected null -> 1");
	}

	@Test
	void tellsOfElementsThatCannotBeReached() {
		this.one.crash();
		open();
		assertThat(this.events).hasSize(2);
		assertThat(this.events.get(0)).startsWith("unreachable 1 connection refused");
		assertThat(this.events.get(1)).isEqualTo("connected null -> 2");
	}

	@Test
	void pausesBetweenElementsThatBreakItWithoutAWord() {
		open();
		this.breaking = true;
		this.session.send(message("poison"));
		this.scope.run(SECOND.multipliedBy(10));
		assertThat(this.events.stream().filter((event) -> event.startsWith("lost"))).hasSizeBetween(5, 15);
	}

	private void open() {
		RegistrarHunt hunt = new RegistrarHunt(this.runtime, ScriptedRegistrar.CODEC,
				HuntSettings.of(List.of(this.registrar.address())));
		PoolUserRole role = new PoolUserRole(this.runtime, hunt, UserSettings.DEFAULT);
		hunt.start();
		role.start();
		this.session = new PoolSession(this.runtime, ScriptedRegistrar.CODEC, role, SETTINGS,
				List.of(TransportProtocol.SCTP, TransportProtocol.TCP), POOL, Duration.ofSeconds(5), new Recorder());
		this.session.watchOnly((element) -> this.heartbeatsKnown);
		this.session.open();
		this.scope.run(SECOND);
	}

	private SimulatedProcess element(int number) {
		List<String> heard = this.received.computeIfAbsent(number, (key) -> new ArrayList<>());
		SimulatedProcess[] self = new SimulatedProcess[1];
		self[0] = this.scope.process("e" + number, (newRuntime) -> {
			SessionEndpoint endpoint = SessionEndpoint.listen(newRuntime, SETTINGS, new EndpointListener() {

				@Override
				public void up(Association association) {
					if (UnwatchedSessionTests.this.breaking) {
						association.abort();
					}
				}

				@Override
				public void message(Association association, UserMessage message) {
					if (UnwatchedSessionTests.this.breaking) {
						association.abort();
						return;
					}
					String text = text(message);
					heard.add(text);
					if (text.equals("99 cookie")) {
						association.send(new UserMessage(UserMessage.ASAP,
								ScriptedRegistrar.CODEC.encode(new AsapMessage.Cookie(Octets.ofText("cookie")))));
					}
				}

				@Override
				public void down(Association association, DownReason reason, String detail) {
				}

			}, self[0].address(8080));
			endpoint.allowSilence();
			this.endpoints.put(number, endpoint);
		});
		return self[0];
	}

	private static String text(UserMessage message) {
		if (message.payloadProtocol() == UserMessage.ASAP
				&& ScriptedRegistrar.CODEC.decodeAsap(message.data()) instanceof Decoded.Success<AsapMessage> success
				&& success.message() instanceof AsapMessage.CookieEcho echo) {
			return "echo of " + new String(echo.cookie().toArray(), StandardCharsets.UTF_8);
		}
		return message.payloadProtocol() + " "
				+ new String(Octets.copyOf(message.data()).toArray(), StandardCharsets.UTF_8);
	}

	private static PoolElement describe(int number, SimulatedProcess process) {
		return new PoolElement(number, 0, 30_000,
				new Transport.Sctp(8080, TransportUse.DATA_PLUS_CONTROL, List.of(process.address())),
				MemberSelectionPolicy.ROUND_ROBIN, null);
	}

	private static UserMessage message(String text) {
		return new UserMessage(DATA, Octets.ofText(text).toBuffer());
	}

	private final class Recorder implements PoolSessionListener {

		@Override
		public void connected(PoolSession by, @Nullable PoolElement from, PoolElement to) {
			UnwatchedSessionTests.this.events
				.add("connected " + ((from != null) ? from.identifier() : null) + " -> " + to.identifier());
		}

		@Override
		public void message(PoolSession by, UserMessage message) {
			UnwatchedSessionTests.this.events.add("message");
		}

		@Override
		public void cookie(PoolSession by) {
			UnwatchedSessionTests.this.events.add("cookie");
		}

		@Override
		public void lost(PoolSession by, PoolElement element, String reason) {
			UnwatchedSessionTests.this.events.add("lost " + element.identifier() + " " + reason);
		}

		@Override
		public void unreachable(PoolSession by, PoolElement element, String reason) {
			UnwatchedSessionTests.this.events.add("unreachable " + element.identifier() + " " + reason);
		}

		@Override
		public void failed(PoolSession by, ResolutionFailure failure) {
			UnwatchedSessionTests.this.events.add("failed " + failure.kind());
		}

	}

}
