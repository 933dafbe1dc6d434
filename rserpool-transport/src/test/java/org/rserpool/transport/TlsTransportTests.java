package org.rserpool.transport;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import org.rserpool.Conformance;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.PeerIdentity;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * TCP with TLS keeps the contract of all transports, and keeps strangers out.
 */
class TlsTransportTests extends TcpTransportTests {

	private static TestCertificates authority;

	private static TestCertificates otherAuthority;

	private static KeyStore keys;

	private static KeyStore otherKeys;

	private final AtomicReference<SSLContext> context = new AtomicReference<>(authority.context(keys));

	@BeforeAll
	static void issue(@TempDir Path directory) {
		authority = new TestCertificates(directory, "scope");
		otherAuthority = new TestCertificates(directory, "elsewhere");
		keys = authority.issue("element", "dns:element.example.org");
		otherKeys = otherAuthority.issue("stranger", "ip:127.0.0.1");
	}

	@Override
	TransportSettings settings() {
		return super.settings().withTls(tls(this.context));
	}

	/** Each costs two handshakes, which all take their time together. */
	@Override
	int many() {
		return 20;
	}

	@Test
	void newAssociationUsesNewCertificateAndOldOneLivesOn() {
		InetSocketAddress peer = listen(Channel.SESSION);
		Association before = associate(Channel.SESSION, this.recorder, peer);
		await().until(() -> this.recorder.events("up").size() == 1);
		this.context.set(otherAuthority.context(otherKeys));
		Association after = associate(Channel.SESSION, this.recorder, peer);
		await().until(() -> this.recorder.events("up").size() == 2);
		send(before, new UserMessage(1, pattern(10)));
		send(after, new UserMessage(2, pattern(10)));
		await().until(() -> this.peerRecorder.events("message").size() == 2);
		this.context.set(authority.context(keys));
		RoleLoop stale = RoleLoop.start("stale",
				super.settings().withTls(tls(new AtomicReference<>(otherAuthority.context(otherKeys)))));
		try {
			assertThat(failure(stale, Channel.SESSION, peer).detail()).contains("127.0.0.1:" + peer.getPort())
				.contains("its certificate is not trusted");
		}
		finally {
			stale.close();
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "PROBE")
	@Conformance({ "PU50", "EN57" })
	void peerThatExpectsTlsIsNamedByOneThatDoesNotSpeakIt(Channel channel) {
		InetSocketAddress peer = listen(channel);
		withLoop(super.settings(), (plain) -> {
			Recorder.Event down = failure(plain, channel, peer);
			assertThat(down.detail())
				.isEqualTo("127.0.0.1:" + peer.getPort() + " expects TLS, which is not configured on this side");
			assertThat(down.reason()).isEqualTo(DownReason.PROTOCOL_VIOLATION);
		});
		assertThat(this.peerRecorder.events()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "PROBE")
	void peerThatDoesNotSpeakTlsIsNamedByOneThatExpectsIt(Channel channel) {
		withLoop(super.settings(), (plain) -> {
			Recorder plainRecorder = new Recorder(plain);
			InetSocketAddress peer = plain.call(() -> plain.open(new EndpointSpecification(TransportProtocol.TCP,
					channel, List.of(new InetSocketAddress("127.0.0.1", 0))), plainRecorder))
				.localAddresses()
				.get(0);
			Recorder.Event down = failure(this.loop, channel, peer);
			assertThat(down.reason()).isEqualTo(DownReason.CANNOT_START);
			assertThat(down.detail()).contains("127.0.0.1:" + peer.getPort(), "may not expect TLS");
			assertThat(plainRecorder.messages("message")).isEmpty();
		});
	}

	@Test
	void whoShowsNoCertificateIsRefused() {
		InetSocketAddress peer = listen(Channel.SESSION);
		withLoop(super.settings().withTls(tls(new AtomicReference<>(authority.context(null)))), (anonymous) -> {
			Recorder.Event down = failure(anonymous, Channel.SESSION, peer);
			assertThat(down.reason()).isEqualTo(DownReason.CANNOT_START);
			assertThat(down.detail()).contains("127.0.0.1:" + peer.getPort())
				.contains("refused the certificate of this side");
		});
		assertThat(this.peerRecorder.events()).isEmpty();
	}

	@Test
	void bothSidesKnowWhoTheOtherOneIs() {
		KeyStore cart = authority.issue("cart", "dns:Cart1.example.org,uri:spiffe://example.org/cart,ip:127.0.0.1");
		withLoop(super.settings().withTls(tls(new AtomicReference<>(authority.context(cart)))), (connecting) -> {
			InetSocketAddress peer = listen(Channel.SESSION);
			Recorder recorder = new Recorder(connecting);
			associate(connecting, Channel.SESSION, recorder, peer);
			await().until(() -> this.peerRecorder.events("message").size() == 1);
			assertThat(this.loop.call(() -> this.peerRecorder.events("up").get(0).association().peerIdentity()))
				.isEqualTo(
						new PeerIdentity("CN=cart", Set.of("cart", "cart1.example.org", "spiffe://example.org/cart")));
			assertThat(connecting.call(() -> recorder.events("up").get(0).association().peerIdentity()))
				.isEqualTo(new PeerIdentity("CN=element", Set.of("element", "element.example.org")));
		});
	}

	@Test
	void whoeverIsNotAskedNeedsNoCertificate() {
		TlsSettings open = new TlsSettings(() -> authority.context(keys), EnumSet.allOf(Channel.class),
				ClientAuthentication.NONE, false, List.of("TLS_AES_128_GCM_SHA256"));
		TlsSettings anonymous = new TlsSettings(() -> authority.context(null), EnumSet.allOf(Channel.class),
				ClientAuthentication.NONE, false, null);
		open.check();
		withLoop(super.settings().withTls(open),
				(listening) -> withLoop(super.settings().withTls(anonymous), (connecting) -> {
					Recorder listener = new Recorder(listening);
					InetSocketAddress peer = listening
						.call(() -> listening.open(new EndpointSpecification(TransportProtocol.TCP, Channel.SESSION,
								List.of(new InetSocketAddress("127.0.0.1", 0))), listener))
						.localAddresses()
						.get(0);
					associate(connecting, Channel.SESSION, new Recorder(connecting), peer);
					await().until(() -> listener.kinds().contains("up"));
					assertThat(listening.call(() -> listener.events("up").get(0).association().peerIdentity()))
						.isNull();
				}));
	}

	@Test
	@Conformance("PU47")
	void hostIsVerifiedWhereThatIsAsked() {
		InetSocketAddress peer = listen(Channel.SESSION);
		TlsSettings strict = new TlsSettings(this.context::get, EnumSet.allOf(Channel.class), ClientAuthentication.NEED,
				true, null);
		withLoop(super.settings().withTls(strict),
				(verifying) -> assertThat(failure(verifying, Channel.SESSION, peer).detail())
					.contains("its certificate is not trusted", "127.0.0.1"));
	}

	@Test
	void peerWithAnotherNameIsRefusedWhoeverConnects() {
		InetSocketAddress peer = listen(Channel.ASAP);
		TlsSettings picky = tls(this.context).withPeerNames(Channel.ASAP, List.of("registrar-*"));
		withLoop(super.settings().withTls(picky), (choosing) -> {
			Recorder.Event down = failure(choosing, Channel.ASAP, peer);
			assertThat(down.reason()).isEqualTo(DownReason.CANNOT_START);
			assertThat(down.detail()).contains("127.0.0.1:" + peer.getPort(),
					"its certificate \"CN=element\" [element, element.example.org] has none of the names [registrar-*]");
			Recorder listener = new Recorder(choosing);
			InetSocketAddress own = choosing.call(() -> choosing.open(new EndpointSpecification(TransportProtocol.TCP,
					Channel.ASAP, List.of(new InetSocketAddress("127.0.0.1", 0))), listener))
				.localAddresses()
				.get(0);
			assertThat(failure(this.loop, Channel.ASAP, own).kind()).isEqualTo("down");
			assertThat(listener.events()).isEmpty();
			Recorder session = new Recorder(choosing);
			associate(choosing, Channel.SESSION, session, listen(Channel.SESSION));
			await().until(() -> session.kinds().contains("up"));
		});
		withLoop(super.settings().withTls(picky.withPeerNames(Channel.ASAP, List.of("other", "element.example.*"))),
				(choosing) -> {
					Recorder recorder = new Recorder(choosing);
					associate(choosing, Channel.ASAP, recorder, peer);
					await().until(() -> recorder.kinds().contains("up"));
				});
	}

	@Test
	void channelThatIsNotCoveredTravelsAsItIs() {
		TlsSettings sessionsOnly = new TlsSettings(this.context::get, EnumSet.of(Channel.SESSION),
				ClientAuthentication.NEED, false, null);
		InetSocketAddress encrypted = listen(Channel.ASAP);
		withLoop(super.settings().withTls(sessionsOnly), (partly) -> {
			assertThat(failure(partly, Channel.ASAP, encrypted).detail()).contains("expects TLS");
			Recorder recorder = new Recorder(partly);
			associate(partly, Channel.SESSION, recorder, listen(Channel.SESSION));
			await().until(() -> recorder.kinds().contains("up"));
		});
	}

	@Test
	void unknownCipherSuiteIsNamed() {
		TlsSettings settings = new TlsSettings(this.context::get, EnumSet.allOf(Channel.class),
				ClientAuthentication.NEED, false, List.of("TLS_NONE_SUCH"));
		assertThatIllegalArgumentException().isThrownBy(settings::check).withMessageContaining("TLS_NONE_SUCH");
	}

	/**
	 * Associates, sends, and waits for the end.
	 */
	private Recorder.Event failure(RoleLoop from, Channel channel, InetSocketAddress peer) {
		Recorder recorder = new Recorder(from);
		associate(from, channel, recorder, peer);
		await().until(() -> recorder.kinds().contains("down"));
		return recorder.events("down").get(0);
	}

	private static void associate(RoleLoop from, Channel channel, Recorder recorder, InetSocketAddress peer) {
		UserMessage message = switch (channel) {
			case ASAP -> control(UserMessage.ASAP, 8);
			case ENRP -> control(UserMessage.ENRP, 8);
			case SESSION -> new UserMessage(1, pattern(10));
			case PROBE -> throw new IllegalArgumentException("It carries nothing");
		};
		recorder.calling(() -> from.open(new EndpointSpecification(TransportProtocol.TCP, channel, List.of()), recorder)
			.associate(List.of(peer))
			.send(message));
	}

	private static void withLoop(TransportSettings settings, Consumer<RoleLoop> test) {
		try (RoleLoop loop = RoleLoop.start("stranger", settings.withGreetingTimeout(Duration.ofSeconds(30)))) {
			test.accept(loop);
		}
	}

	private static TlsSettings tls(AtomicReference<SSLContext> context) {
		return new TlsSettings(context::get, EnumSet.allOf(Channel.class), ClientAuthentication.NEED, false, null);
	}

}
