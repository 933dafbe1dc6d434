package org.rserpool.wire;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.rserpool.Conformance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Known messages are read, and written back octet by octet.
 */
class VectorTests {

	@Test
	void allVectorsAreThere() {
		assertThat(Vector.rfc()).hasSize(36);
		assertThat(Vector.rsplib()).hasSize(56);
	}

	@ParameterizedTest
	@MethodSource("rfc")
	@Conformance({ "C1", "C2", "C6" })
	void readsAndWritesVectorOfTheRfc(Vector vector) {
		assertThat(Wire.hex(Wire.RFC.encode(Wire.message(vector.decode(Wire.RFC))))).isEqualTo(vector.hex());
	}

	@ParameterizedTest
	@MethodSource("rsplib")
	void readsAndWritesVectorOfTheReferenceImplementation(Vector vector) {
		assertThat(Wire.hex(Wire.RSPLIB.encode(Wire.message(vector.decode(Wire.RSPLIB))))).isEqualTo(vector.hex());
	}

	static List<Vector> rfc() {
		return Vector.rfc();
	}

	static List<Vector> rsplib() {
		return Vector.rsplib();
	}

}
