package org.rserpool.transport;

import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.Set;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.Test;
import org.rserpool.runtime.EndpointSpecification.Channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Keys that are replaced, and what suits them.
 */
class TlsKeysTests {

	private static final Set<Channel> ALL = EnumSet.allOf(Channel.class);

	private final SSLContext first = SSLContext.getDefault();

	private final SSLContext second = SSLContext.getInstance("TLSv1.3");

	private final TlsKeys keys = new TlsKeys("scope", this.first, true);

	TlsKeysTests() throws NoSuchAlgorithmException {
	}

	@Test
	void whoConnectsIsAskedOnlyWhereTheTrustedCertificatesAreThoseOfTheScope() {
		assertThat(this.keys.settings(ALL, null, null, null, null)).satisfies((settings) -> {
			assertThat(settings.clientAuthentication()).isEqualTo(ClientAuthentication.NEED);
			assertThat(settings.verifiesHost()).isFalse();
		});
		assertThat(new TlsKeys("public", this.first, false).settings(ALL, null, null, null, null))
			.satisfies((settings) -> {
				assertThat(settings.clientAuthentication()).isEqualTo(ClientAuthentication.NONE);
				assertThat(settings.verifiesHost()).isTrue();
			});
		assertThat(this.keys.settings(ALL, ClientAuthentication.WANT, true, new String[] { "TLSv1.2", "TLSv1.3" },
				new String[] { "TLS_AES_128_GCM_SHA256" }))
			.satisfies((settings) -> {
				assertThat(settings.clientAuthentication()).isEqualTo(ClientAuthentication.WANT);
				assertThat(settings.verifiesHost()).isTrue();
				assertThat(settings.ciphers()).containsExactly("TLS_AES_128_GCM_SHA256");
			});
	}

	@Test
	void keysAreReplacedUnlessTheNewOnesAreBroken() {
		TlsSettings settings = this.keys.settings(ALL, null, null, null, null);
		assertThat(settings.context().get()).isSameAs(this.first);
		this.keys.replace(() -> this.second);
		assertThat(settings.context().get()).isSameAs(this.second);
		this.keys.replace(() -> {
			throw new IllegalStateException("a broken bundle");
		});
		assertThat(settings.context().get()).isSameAs(this.second);
	}

	@Test
	void whatCannotBeIsNamed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.keys.settings(ALL, null, null, new String[] { "TLSv1.2" }, null))
			.withMessageContaining("TLSv1.3");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.keys.settings(ALL, null, null, null, new String[] { "TLS_NONE_SUCH" }))
			.withMessageContaining("TLS_NONE_SUCH");
	}

}
