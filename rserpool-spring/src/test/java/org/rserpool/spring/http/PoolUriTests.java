package org.rserpool.spring.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PoolUriTests {

	@Test
	void theNameOfThePoolUserStandsInPlaceOfTheHost() {
		assertThat(PoolUri.isPool(URI.create("RSERPOOL://shop/a"))).isTrue();
		assertThat(PoolUri.isPool(URI.create("http://shop/a"))).isFalse();
		assertThat(PoolUri.isPool(URI.create("/a"))).isFalse();
		assertThat(PoolUri.user(URI.create("rserpool://shop_1/a"))).isEqualTo("shop_1");
		assertThat(PoolUri.user(URI.create("rserpool://org.example.Shop$Item"))).isEqualTo("org.example.Shop$Item");
		assertThatIllegalArgumentException().isThrownBy(() -> PoolUri.user(URI.create("rserpool:///a")))
			.withMessageContaining("rserpool:///a")
			.withMessageContaining("rserpool://POOL/PATH");
	}

	@Test
	void aNameThatCannotStandInAUriIsRefused() {
		assertThat(PoolUri.base("org.example.Shop$Item")).isEqualTo("rserpool://org.example.Shop$Item");
		for (String name : new String[] { "a b", "a/b", "ä", "a?b", "a:1", "" }) {
			assertThatIllegalArgumentException().isThrownBy(() -> PoolUri.base(name))
				.withMessageContaining("'" + name + "'")
				.withMessageContaining("rserpool.user.<name>.pool");
		}
	}

	@Test
	void pathAndQueryStayAsTheyAre() {
		URI element = URI.create("http://192.0.2.1:8080");
		assertThat(PoolUri.at(URI.create("rserpool://shop/a%2Fb/c?d=e%26f"), element))
			.hasToString("http://192.0.2.1:8080/a%2Fb/c?d=e%26f");
		assertThat(PoolUri.at(URI.create("rserpool://shop"), element)).hasToString("http://192.0.2.1:8080");
	}

	@Test
	void elementsAreAddressedByTheirTransport() throws UnknownHostException {
		assertThat(
				HttpElementUris.PLAIN.uri(PoolHandle.of("shop"), element(new Transport.Tcp(80, address("192.0.2.1")))))
			.hasToString("http://192.0.2.1:80");
		assertThat(HttpElementUris.PLAIN.uri(PoolHandle.of("shop"),
				element(new Transport.Tcp(8080, address("2001:db8::1")))))
			.hasToString("http://[2001:db8:0:0:0:0:0:1]:8080");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> HttpElementUris.PLAIN.uri(PoolHandle.of("shop"),
					element(new Transport.Udp(80, address("192.0.2.1")))))
			.withMessageContaining("0x00000007")
			.withMessageContaining("shop")
			.withMessageContaining("Udp");
	}

	@Test
	void anElementThatSpeaksSomethingElseIsRefused() throws UnknownHostException {
		PoolElement element = element(new Transport.Tcp(80, address("192.0.2.1")));
		assertThat(HttpElementUris.PLAIN.uri(PoolHandle.of("shop"), speaking(element, "http"))).hasPort(80);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> HttpElementUris.PLAIN.uri(PoolHandle.of("shop"), speaking(element, "rpc")))
			.withMessageContaining("its binding is rpc");
	}

	@Test
	void anElementThatEncryptsIsSentEncryptedRequests() throws UnknownHostException {
		Transport transport = new Transport.Tcp(443, address("192.0.2.1"));
		PoolElement encrypted = new PoolElement(7, 0, 30_000, transport, MemberSelectionPolicy.ROUND_ROBIN, null,
				ElementMetadata.NONE.with(HttpPoolElementBinding.SCHEME, "https"));
		assertThat(HttpElementUris.DECLARED.uri(PoolHandle.of("shop"), encrypted)).hasScheme("https").hasPort(443);
		assertThat(HttpElementUris.DECLARED.uri(PoolHandle.of("shop"), element(transport))).hasScheme("http");
		assertThat(HttpElementUris.PLAIN.uri(PoolHandle.of("shop"), encrypted)).hasScheme("http");
	}

	private static PoolElement speaking(PoolElement element, String binding) {
		return new PoolElement(element.identifier(), 0, 30_000, element.userTransport(), element.policy(), null,
				ElementMetadata.NONE.with(ElementMetadata.BINDING, binding));
	}

	@Test
	void thePoolOfARequestIsReadAsItIsWritten() {
		assertThat(PoolHeaders.decode(PoolHeaders.encode("a b/ä"))).isEqualTo(PoolHandle.of("a b/ä"));
		assertThat(PoolHeaders.decode(null)).isNull();
		assertThat(PoolHeaders.decode(" ")).isNull();
		assertThat(PoolHeaders.decode("%zz")).isNull();
	}

	private static InetAddress address(String text) throws UnknownHostException {
		return InetAddress.getByName(text);
	}

	private static PoolElement element(Transport transport) {
		return new PoolElement(7, 0, 30_000, transport, MemberSelectionPolicy.ROUND_ROBIN, null);
	}

}
