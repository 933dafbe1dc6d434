package org.rserpool.wire;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PoolHandleTests {

	@Test
	void handleIsTheOctetsOfItsName() {
		assertThat(PoolHandle.of("EchoPool").octets().toHex()).isEqualTo("4563686f506f6f6c");
		assertThat(PoolHandle.of("EchoPool")).hasToString("EchoPool");
		assertThat(new PoolHandle(Octets.ofHex("00ff0a80"))).hasToString("0x00ff0a80");
	}

	@Test
	void emptyHandleIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> PoolHandle.of(""))
			.withMessage("A pool handle needs at least one octet");
	}

	@Test
	void handleThatFitsInNoParameterIsRefused() {
		assertThat(new PoolHandle(Octets.of(new byte[PoolHandle.MAX_LENGTH])).octets().length()).isEqualTo(65531);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new PoolHandle(Octets.of(new byte[PoolHandle.MAX_LENGTH + 1])))
			.withMessageContaining("65532 octets");
	}

	@Test
	void handlesAreComparedOctetByOctet() {
		assertThat(PoolHandle.of("Echo")).isEqualTo(PoolHandle.of("Echo")).isNotEqualTo(PoolHandle.of("echo"));
		assertThat(PoolHandle.of("A")).isLessThan(PoolHandle.of("AB"));
		assertThat(PoolHandle.of("Z")).isLessThan(new PoolHandle(Octets.ofHex("ff")));
	}

}
