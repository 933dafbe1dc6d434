package org.rserpool.wire;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.rserpool.Conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class IdentifiersTests {

	@ParameterizedTest
	@CsvSource({ "1, 1", "0x1, 1", "0x0000e001, 57345", "4294967295, -1", "0xffffffff, -1", "0xFFFFFFFE, -2" })
	void identifierIsParsed(String text, int identifier) {
		assertThat(Identifiers.parse(text)).isEqualTo(identifier);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0", "0x0", "-1", "0x", "4294967296", "0x100000000", "R1", "1 " })
	void whatIsNoIdentifierIsRefusedByName(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Identifiers.parse(text))
			.withMessage("\"" + text
					+ "\" is not an identifier: expected a number from 1 to 0xffffffff, such as 0x0000e001");
	}

	@Test
	void identifierIsFormattedSoThatItCanBeParsed() {
		assertThat(Identifiers.toString(0xe001)).isEqualTo("0x0000e001");
		assertThat(Identifiers.parse(Identifiers.toString(-1))).isEqualTo(-1);
	}

	@Test
	@Conformance("EN1")
	void drawnIdentifierIsNeverNone() {
		int[] draws = { 0, 0, 7 };
		RandomGenerator zeros = new RandomGenerator() {

			private int index;

			@Override
			public long nextLong() {
				return nextInt();
			}

			@Override
			public int nextInt() {
				return draws[this.index++];
			}

		};
		assertThat(Identifiers.random(zeros)).isEqualTo(7);
		assertThat(Identifiers.random(new SplittableRandom(1)))
			.isNotEqualTo(Identifiers.random(new SplittableRandom(2)));
	}

}
