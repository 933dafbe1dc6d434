package org.rserpool.registrar;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.rserpool.Conformance;
import org.rserpool.runtime.PeerIdentity;
import org.rserpool.wire.AsapMessage.DeregistrationResponse;
import org.rserpool.wire.AsapMessage.RegistrationResponse;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Registrations and registrars are refused by their certificates (RFC 5355, sections 2.4
 * and 2.5).
 */
class AccessRulesTests {

	private static final Duration SOON = Duration.ofMillis(20);

	private static final PeerIdentity ECHO = new PeerIdentity("CN=echo,O=Example",
			Set.of("echo", "echo1.example.org", "spiffe://example.org/echo"));

	private static final PeerIdentity OTHER = new PeerIdentity("CN=other,O=Example", Set.of("other"));

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestRegistrar registrar = registrar(7, List.of(),
			new AccessRules(Map.of(TestElement.POOL, List.of("echo*.example.org")), List.of(), List.of("registrar-*")));

	private final TestElement element = new TestElement(this.network, 1);

	private TestRegistrar registrar(int identifier, List<FakeNetwork.Process> peers, AccessRules rules) {
		TestRegistrar made = new TestRegistrar(this.network.process(), identifier, peers,
				(settings) -> settings.accessRules(rules).mentorTimeout(Duration.ofMillis(10)));
		made.process().identity = new PeerIdentity("CN=registrar-" + identifier, Set.of("registrar-" + identifier));
		return made;
	}

	@BeforeEach
	void start() {
		this.registrar.role.start();
		this.network.run(SOON);
	}

	private void register(PeerIdentity identity) {
		this.element.process().identity = identity;
		this.element.register(this.registrar.asap());
		this.network.run(SOON);
	}

	@Test
	void anElementWithTheRightCertificateIsRegistered() {
		register(ECHO);
		assertThat(this.element.last(RegistrationResponse.class).rejected()).isFalse();
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
		assertThat(this.registrar.counter("refused_certificates")).isZero();
	}

	@Test
	@Conformance("PR33")
	void anElementWithAnotherCertificateIsRejectedAndNamed() {
		register(OTHER);
		assertThat(this.element.last(RegistrationResponse.class)).satisfies((response) -> {
			assertThat(response.rejected()).isTrue();
			assertThat(response.causes()).containsExactly(ErrorCause.of(ErrorCause.SECURITY_CONSIDERATIONS));
		});
		assertThat(this.registrar.owners()).isEmpty();
		assertThat(this.registrar.events).contains(
				"refused The certificate \"CN=other,O=Example\" [other] may not"
						+ " register in pool EchoPool, which is for [echo*.example.org]",
				"rejected 1 rejected due to security considerations");
		assertThat(this.registrar.counter("refused_certificates")).isOne();
		assertThat(this.registrar.counter("rejected_registrations")).isOne();
	}

	@Test
	@Conformance("PR33")
	void whoHasNoCertificateIsRejected() {
		register(null);
		assertThat(this.element.last(RegistrationResponse.class).rejected()).isTrue();
		assertThat(this.registrar.events).anyMatch((event) -> event.startsWith("refused Who has no certificate"));
	}

	@Test
	@Conformance("PR33")
	void nobodyDeregistersAnElementWithoutTheRightCertificate() {
		register(ECHO);
		TestElement stranger = new TestElement(this.element.process(), 1, TestElement.PORT + 10);
		stranger.process().identity = OTHER;
		stranger.connect(this.registrar.asap());
		stranger.deregister();
		this.network.run(SOON);
		assertThat(stranger.last(DeregistrationResponse.class).causes())
			.containsExactly(ErrorCause.of(ErrorCause.SECURITY_CONSIDERATIONS));
		assertThat(this.registrar.owners()).containsOnlyKeys(1);
		stranger.process().identity = ECHO;
		stranger.deregister();
		this.network.run(SOON);
		assertThat(stranger.last(DeregistrationResponse.class).causes()).isEmpty();
		assertThat(this.registrar.owners()).isEmpty();
	}

	@Test
	void whoIsNoRegistrarIsNotTalkedTo() {
		TestPeer peer = new TestPeer(this.network, 9);
		peer.process().identity = OTHER;
		peer.connect(this.registrar);
		peer.present(true);
		this.network.run(SOON);
		assertThat(peer.received).isEmpty();
		assertThat(peer.association).isNull();
		assertThat(this.registrar.peers()).isEmpty();
		assertThat(this.registrar.events).contains("refused The certificate \"CN=other,O=Example\" [other] may not be"
				+ " a registrar, which is for [registrar-*]");
	}

	@Test
	void whomARegistrarConnectsToMustBeARegistrarToo() {
		TestPeer peer = new TestPeer(this.network, 9);
		peer.process().identity = OTHER;
		TestRegistrar second = registrar(8, List.of(peer.process(), this.registrar.process()),
				new AccessRules(Map.of(), List.of(), List.of("registrar-7")));
		second.role.start();
		this.network.run(Duration.ofSeconds(5));
		assertThat(peer.received).isEmpty();
		assertThat(second.isRunning()).isTrue();
		assertThat(second.peers()).containsExactly(7);
		assertThat(this.registrar.peers()).containsExactly(8);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '\'', textBlock = """
			echo,                          true
			ech,                           false
			Echo,                          false
			*,                             true
			*.example.org,                 true
			echo?.example.org,             false
			spiffe://example.org/*,        true
			spiffe://*/echo,               true
			spiffe://*/other,              false
			'CN=echo,O=Example',           true
			'*,O=Example',                 true
			'CN=echo,O=Elsewhere',         false
			""")
	void namesAreComparedWithAllNamesOfACertificate(String name, boolean allowed) {
		AccessRules rules = new AccessRules(Map.of(), List.of(name), List.of());
		assertThat(rules.refusesElement(TestElement.POOL, ECHO) == null).isEqualTo(allowed);
	}

	@Test
	void aPoolHasItsOwnRuleOrThatOfAllOthersOrNone() {
		PoolHandle cart = PoolHandle.of("cart");
		AccessRules own = new AccessRules(Map.of(TestElement.POOL, List.of("echo")), List.of(), List.of());
		assertThat(own.refusesElement(cart, ECHO)).contains("pool cart", "no rule allows");
		AccessRules both = new AccessRules(Map.of(cart, List.of("cart")), List.of("echo"), List.of());
		assertThat(both.refusesElement(cart, ECHO)).contains("is for [cart]");
		assertThat(both.refusesElement(TestElement.POOL, ECHO)).isNull();
		assertThat(AccessRules.NONE.refusesElement(cart, null)).isNull();
		assertThat(AccessRules.NONE.refusesRegistrar(null)).isNull();
	}

	@Test
	void anEmptyNameIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new AccessRules(Map.of(), List.of("a", " "), List.of()))
			.withMessageContaining("empty");
	}

}
