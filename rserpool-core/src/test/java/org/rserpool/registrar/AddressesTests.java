package org.rserpool.registrar;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.rserpool.wire.Transport;
import org.rserpool.wire.TransportUse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Addresses}.
 */
class AddressesTests {

	@Test
	void loopbackAddressesOfBothFamiliesAreOfOneMachine() {
		assertThat(Addresses.meet(tcp(5000, "127.0.0.1"), tcp(5000, "::1"))).isTrue();
		assertThat(Addresses.meet(tcp(5000, "127.0.0.1"), tcp(5001, "::1"))).isFalse();
		assertThat(Addresses.meet(tcp(5000, "127.0.0.1"), tcp(5000, "fd00::1"))).isFalse();
	}

	@Test
	void onePortOfTwoMachinesIsNotOneEndpoint() {
		assertThat(Addresses.meet(tcp(5000, "192.0.2.1"), tcp(5000, "192.0.2.1"))).isTrue();
		assertThat(Addresses.meet(tcp(5000, "192.0.2.1"), tcp(5000, "192.0.2.2"))).isFalse();
	}

	@Test
	void oneAddressInCommonIsEnough() {
		Transport one = sctp(5000, "192.0.2.1", "198.51.100.1");
		assertThat(Addresses.meet(one, sctp(5000, "198.51.100.1"))).isTrue();
		assertThat(Addresses.meet(one, sctp(5000, "198.51.100.2", "192.0.2.2"))).isFalse();
		assertThat(Addresses.meet(one, sctp(5001, "192.0.2.1"))).isFalse();
	}

	@Test
	void portsOfTwoTransportProtocolsAreNotOneEndpoint() {
		assertThat(Addresses.meet(tcp(5000, "192.0.2.1"), sctp(5000, "192.0.2.1"))).isFalse();
	}

	@Test
	void transportsWithoutAssociationsMeetIfTheyAreEqual() {
		Transport udp = new Transport.Udp(5000, address("192.0.2.1"));
		assertThat(Addresses.meet(udp, new Transport.Udp(5000, address("192.0.2.1")))).isTrue();
		assertThat(Addresses.meet(udp, new Transport.Udp(5000, address("192.0.2.2")))).isFalse();
	}

	private static Transport tcp(int port, String address) {
		return new Transport.Tcp(port, address(address));
	}

	private static Transport sctp(int port, String... addresses) {
		List<InetAddress> all = new ArrayList<>();
		for (String address : addresses) {
			all.add(address(address));
		}
		return new Transport.Sctp(port, TransportUse.DATA_ONLY, all);
	}

	private static InetAddress address(String text) {
		try {
			return InetAddress.getByName(text);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
