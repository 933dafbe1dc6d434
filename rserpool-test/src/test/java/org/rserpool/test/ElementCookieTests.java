package org.rserpool.test;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.ElementCookies;
import org.rserpool.session.PoolSession;
import org.rserpool.session.PoolSessionListener;
import org.rserpool.session.SessionEndpoint;
import org.rserpool.session.SessionSettings;
import org.rserpool.user.PoolUserRole;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.AsapMessage.CookieEcho;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Cookies that a pool element signs and verifies (RFC 5352, section 3.8).
 */
class ElementCookieTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private static final String KEY = "the pool's secret";

	private static final Octets STATE = Octets.ofText("at page 7");

	private final SimulatedScope scope = new SimulatedScope(1);

	private final ScriptedRegistrar registrar = new ScriptedRegistrar(this.scope, "r1");

	private final Element one = new Element("e1");

	private final Element two = new Element("e2");

	private PoolSession session;

	@BeforeEach
	void startSession() {
		this.registrar.process.start();
		this.one.process.start();
		this.two.process.start();
		this.registrar.pools.put(POOL, List.of(this.one.parameter(), this.two.parameter()));
		this.scope.process("u", (runtime) -> {
			RegistrarHunt hunt = new RegistrarHunt(runtime, ScriptedRegistrar.CODEC,
					HuntSettings.of(List.of(this.registrar.address())));
			PoolUserRole user = new PoolUserRole(runtime, hunt, UserSettings.DEFAULT);
			user.start();
			hunt.start();
			this.session = new PoolSession(runtime, ScriptedRegistrar.CODEC, user, SessionSettings.DEFAULT, POOL,
					Duration.ofSeconds(5), new Silent());
			this.session.open();
		}).start();
		this.scope.run(Duration.ofSeconds(1));
	}

	@Test
	@Conformance({ "PE35", "PE41", "PU28" })
	void theNextElementReadsTheStateThatTheFirstSigned() {
		this.one.cookies(KEY, POOL).give(this.one.user, STATE);
		failOver();
		UserMessage echo = this.two.received.get(0);
		assertThat(this.two.cookies(KEY, POOL).echoed(echo)).isEqualTo(STATE);
		assertThat(this.two.cookies(KEY, POOL).echoed(echo)).isEqualTo(STATE);
	}

	@Test
	@Conformance("PE41")
	void aCookieOfAnotherKeyOrPoolIsNotTaken() {
		this.one.cookies(KEY, POOL).give(this.one.user, STATE);
		failOver();
		UserMessage echo = this.two.received.get(0);
		assertThat(this.two.cookies("another pool's secret", POOL).echoed(echo)).isNull();
		assertThat(this.two.cookies(KEY, PoolHandle.of("other")).echoed(echo)).isNull();
	}

	@Test
	@Conformance("PE41")
	void aCookieThatWasChangedIsNotTaken() {
		this.one.cookies(KEY, POOL).give(this.one.user, STATE);
		this.scope.run(Duration.ofMillis(100));
		Octets cookie = this.session.cookie();
		ElementCookies cookies = this.two.cookies(KEY, POOL);
		assertThat(cookies.echoed(echo(cookie.toArray()))).isEqualTo(STATE);
		for (int i = 0; i < cookie.length(); i++) {
			byte[] changed = cookie.toArray();
			changed[i] ^= 1;
			assertThat(cookies.echoed(echo(changed))).isNull();
		}
		assertThat(cookies.echoed(echo(new byte[0]))).isNull();
		assertThat(cookies.echoed(echo(new byte[32]))).isNull();
	}

	@Test
	void whatIsNoEchoIsNoCookie() {
		ElementCookies cookies = this.two.cookies(KEY, POOL);
		assertThat(cookies.echoed(new UserMessage(99, STATE.toBuffer()))).isNull();
		assertThat(cookies.echoed(new UserMessage(UserMessage.ASAP, STATE.toBuffer()))).isNull();
	}

	@Test
	void aKeyThatIsTooShortIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.one.cookies("short", POOL))
			.withMessageContaining("at least 16 octets, this one has 5");
	}

	private void failOver() {
		this.scope.run(Duration.ofMillis(100));
		this.one.process.crash();
		this.scope.run(Duration.ofSeconds(1));
		assertThat(this.session.element()).isEqualTo(this.two.parameter());
	}

	private static UserMessage echo(byte[] cookie) {
		return new UserMessage(UserMessage.ASAP, ScriptedRegistrar.CODEC.encode(new CookieEcho(Octets.of(cookie))));
	}

	/**
	 * Keeps what it receives.
	 */
	private final class Element implements EndpointListener {

		private final SimulatedProcess process;

		private final List<UserMessage> received = new ArrayList<>();

		private @Nullable Association user;

		private Element(String name) {
			this.process = ElementCookieTests.this.scope.process(name,
					(runtime) -> SessionEndpoint.listen(runtime, SessionSettings.DEFAULT, this, this.address()));
		}

		private InetSocketAddress address() {
			return this.process.address(8080);
		}

		private PoolElement parameter() {
			return new PoolElement(Integer.parseInt(this.process.name().substring(1)), 0, 30_000,
					new Transport.Tcp(8080, this.process.address()), MemberSelectionPolicy.ROUND_ROBIN, null);
		}

		private ElementCookies cookies(String key, PoolHandle pool) {
			return new ElementCookies(ScriptedRegistrar.CODEC, pool, key.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public void up(Association association) {
			this.user = association;
		}

		@Override
		public void message(Association association, UserMessage message) {
			this.received.add(message);
		}

		@Override
		public void down(Association association, DownReason reason, String detail) {
			this.user = null;
		}

	}

	private static final class Silent implements PoolSessionListener {

		@Override
		public void connected(PoolSession by, @Nullable PoolElement from, PoolElement to) {
		}

		@Override
		public void message(PoolSession by, UserMessage message) {
		}

		@Override
		public void lost(PoolSession by, PoolElement element, String reason) {
		}

		@Override
		public void failed(PoolSession by, ResolutionFailure failure) {
		}

	}

}
