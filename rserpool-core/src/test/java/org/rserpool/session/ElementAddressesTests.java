package org.rserpool.session;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

class ElementAddressesTests {

	@Test
	void theTransportComesFirstAndNothingTwice() throws Exception {
		ElementMetadata metadata = ElementAddresses.tell(ElementMetadata.NONE,
				List.of(address("10.0.0.1"), address("192.168.1.2"), address("2001:db8::1")), false);
		assertThat(ElementAddresses.of(element("192.168.1.2", metadata))).containsExactly(
				new InetSocketAddress("192.168.1.2", 80), new InetSocketAddress("10.0.0.1", 80),
				new InetSocketAddress("2001:db8::1", 80));
	}

	@Test
	void chosenAddressesStandForThatOfTheTransport() throws Exception {
		ElementMetadata metadata = ElementAddresses.tell(ElementMetadata.NONE,
				List.of(address("10.0.0.1"), address("10.0.0.2")), true);
		assertThat(ElementAddresses.of(element("192.168.1.2", metadata)))
			.containsExactly(new InetSocketAddress("10.0.0.1", 80), new InetSocketAddress("10.0.0.2", 80));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",", "=", "localhost", "=example.org,", "300.1.1.1", ":::::", "1.2.3", "10.0.0.2:80",
			"g::1" })
	void whatIsNoAddressIsLeftOut(String text) throws Exception {
		ElementMetadata metadata = ElementMetadata.of(Map.of(ElementMetadata.ADDRESSES, text));
		assertThat(ElementAddresses.of(element("10.0.0.1", metadata)))
			.containsExactly(new InetSocketAddress("10.0.0.1", 80));
	}

	@Test
	void addressesAreLimited() throws Exception {
		ElementMetadata metadata = ElementMetadata.of(Map.of(ElementMetadata.ADDRESSES,
				"10.0.0.2,10.0.0.3,10.0.0.4,10.0.0.5,10.0.0.6,10.0.0.7,10.0.0.8,10.0.0.9"));
		assertThat(ElementAddresses.of(element("10.0.0.1", metadata))).hasSize(ElementAddresses.MAXIMUM);
		assertThat(ElementAddresses.tell(ElementMetadata.NONE, Collections.nCopies(200, address("10.0.0.1")), false)
			.get(ElementMetadata.ADDRESSES)).hasSize(8 * 9 - 1);
	}

	private static PoolElement element(String host, ElementMetadata metadata) throws Exception {
		return new PoolElement(1, 0, 30_000, new Transport.Tcp(80, address(host)), MemberSelectionPolicy.ROUND_ROBIN,
				null, metadata);
	}

	private static InetAddress address(String host) throws Exception {
		return InetAddress.getByName(host);
	}

}
