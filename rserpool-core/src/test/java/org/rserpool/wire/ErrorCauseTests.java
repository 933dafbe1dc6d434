package org.rserpool.wire;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ErrorCauseTests {

	@Test
	void everyCodeHasItsMeaning() {
		Set<String> meanings = new HashSet<>();
		for (int code = ErrorCause.UNSPECIFIED; code <= ErrorCause.SECURITY_CONSIDERATIONS; code++) {
			meanings.add(ErrorCause.of(code).describe());
		}
		assertThat(meanings).hasSize(11).noneMatch((meaning) -> meaning.startsWith("cause"));
		assertThat(ErrorCause.of(0xf008).describe()).isEqualTo("cause 0xf008");
	}

	@Test
	void informationIsShown() {
		assertThat(ErrorCause.of(ErrorCause.UNKNOWN_POOL_HANDLE)).hasToString("unknown pool handle");
		assertThat(new ErrorCause(0x1009, Octets.ofHex("ab"))).hasToString("cause 0x1009 (ab)");
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 0x10000 })
	void codeHas16Bits(int code) {
		assertThatIllegalArgumentException().isThrownBy(() -> ErrorCause.of(code))
			.withMessage("Cause code " + code + " is not in the range 0 to 65535");
	}

}
