package org.rserpool.runtime;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SocketAddressesTests {

	@ParameterizedTest
	@CsvSource({ "192.0.2.1, 192.0.2.1:80", "::1, [::1]:80", "::, [::]:80", "2001:db8:0:0:0:0:0:1, [2001:db8::1]:80",
			"2001:db8:0:0:1:0:0:0, [2001:db8:0:0:1::]:80", "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]:80",
			"2001:0:0:1:0:0:0:1, [2001:0:0:1::1]:80",
			"2001:DB8:aaaa:bbbb:cccc:dddd:eeee:1," + " [2001:db8:aaaa:bbbb:cccc:dddd:eeee:1]:80" })
	void writesLiteralAddresses(String literal, String text) throws UnknownHostException {
		InetAddress address = InetAddress.getByName(literal);
		assertThat(SocketAddresses.text(new InetSocketAddress(address, 80))).isEqualTo(text);
		assertThat(SocketAddresses.text(address, 80)).isEqualTo(text);
	}

	@Test
	void writesTheZoneOfAnAddress() throws UnknownHostException {
		byte[] octets = InetAddress.getByName("fe80::1").getAddress();
		InetAddress address = Inet6Address.getByAddress(null, octets, 3);
		assertThat(SocketAddresses.text(new InetSocketAddress(address, 80))).isEqualTo("[fe80::1%3]:80");
	}

	@Test
	void writesNamesAsTheyAre() throws UnknownHostException {
		InetAddress named = InetAddress.getByAddress("registrar1", new byte[] { 10, 0, 0, 1 });
		assertThat(SocketAddresses.text(new InetSocketAddress(named, 3863))).isEqualTo("registrar1:3863");
		assertThat(SocketAddresses.text(named, 3863)).isEqualTo("10.0.0.1:3863");
		assertThat(SocketAddresses.text(InetSocketAddress.createUnresolved("registrar1", 3863)))
			.isEqualTo("registrar1:3863");
		assertThat(SocketAddresses.text(InetSocketAddress.createUnresolved("_asap-tcp._tcp.example.org", 0)))
			.isEqualTo("_asap-tcp._tcp.example.org");
	}

	@Test
	void writesSeveral() {
		assertThat(SocketAddresses.text(List.of(new InetSocketAddress("10.0.0.1", 1), new InetSocketAddress("::1", 2))))
			.isEqualTo("10.0.0.1:1, [::1]:2");
	}

}
