package org.rserpool.wire;

import java.net.InetAddress;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorCauseTests {

	private final WireCodec codec = new WireCodec(Dialect.RFC);

	@Test
	void namesThePoolsPolicy() {
		assertThat(new ErrorCause(ErrorCause.INCONSISTENT_POOLING_POLICY,
				this.codec.encodeParameter(MemberSelectionPolicy.of(PolicyType.WEIGHTED_RANDOM, 7))))
			.hasToString("policy differs from the pool's, which is WEIGHTED_RANDOM");
		assertThat(new ErrorCause(ErrorCause.INCONSISTENT_POOLING_POLICY, Octets.ofHex("00080008b0002004")))
			.hasToString("policy differs from the pool's, which is policy 0xb0002004");
	}

	@Test
	void namesThePoolsTransport() {
		assertThat(new ErrorCause(ErrorCause.INCONSISTENT_TRANSPORT_TYPE,
				this.codec.encodeParameter(new Transport.Udp(1, InetAddress.getLoopbackAddress()))))
			.hasToString("transport type differs from the pool's, which is UDP");
	}

	@Test
	void showsOtherInformationAsItIs() {
		assertThat(ErrorCause.of(ErrorCause.INCONSISTENT_POOLING_POLICY)).hasToString("policy differs from the pool's");
		assertThat(new ErrorCause(ErrorCause.INCONSISTENT_POOLING_POLICY, Octets.ofHex("0008")))
			.hasToString("policy differs from the pool's (0008)");
		assertThat(new ErrorCause(ErrorCause.INCONSISTENT_TRANSPORT_TYPE, Octets.ofHex("00")))
			.hasToString("transport type differs from the pool's (00)");
		assertThat(new ErrorCause(0x1234, Octets.ofHex("ab"))).hasToString("cause 0x1234 (ab)");
	}

}
