package org.rserpool.wire;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OctetsTests {

	@Test
	void arrayIsCopiedInAndOut() {
		byte[] array = { 1, 2, 3 };
		Octets octets = Octets.of(array);
		array[0] = 9;
		octets.toArray()[1] = 9;
		assertThat(octets.toArray()).containsExactly(1, 2, 3);
		assertThat(octets.at(2)).isEqualTo((byte) 3);
		assertThat(octets.length()).isEqualTo(3);
	}

	@Test
	void bufferIsCopiedAndItsPositionStays() {
		ByteBuffer buffer = ByteBuffer.wrap(new byte[] { 1, 2, 3, 4 }).position(1).limit(3);
		assertThat(Octets.copyOf(buffer)).isEqualTo(Octets.of((byte) 2, (byte) 3));
		assertThat(buffer.position()).isEqualTo(1);
	}

	@Test
	void viewCannotBeWritten() {
		ByteBuffer view = Octets.ofHex("0102").toBuffer();
		assertThat(view.remaining()).isEqualTo(2);
		assertThatExceptionOfType(ReadOnlyBufferException.class).isThrownBy(() -> view.put((byte) 1));
	}

	@Test
	void textIsEncodedInUtf8() {
		assertThat(Octets.ofText("ä").toHex()).isEqualTo("c3a4");
	}

	@Test
	void hexadecimalDigitsAreReadInEitherCaseAndWrittenInLowerCase() {
		assertThat(Octets.ofHex("00FFab").toHex()).isEqualTo("00ffab");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "0g", "0x01", "01 02" })
	void whatIsNoHexadecimalIsRefused(String hex) {
		assertThatIllegalArgumentException().isThrownBy(() -> Octets.ofHex(hex));
	}

	@Test
	void equalByContent() {
		assertThat(Octets.ofHex("6162")).isEqualTo(Octets.ofText("ab")).hasSameHashCodeAs(Octets.ofText("ab"));
		assertThat(Octets.ofHex("6162")).isNotEqualTo(Octets.ofText("abc")).isNotEqualTo("ab");
		assertThat(Octets.of()).isSameAs(Octets.EMPTY);
	}

	@Test
	void orderedByUnsignedOctets() {
		assertThat(Octets.ofHex("7f")).isLessThan(Octets.ofHex("80"));
		assertThat(Octets.ofHex("01")).isLessThan(Octets.ofHex("0100"));
		assertThat(Octets.EMPTY).isLessThan(Octets.ofHex("00"));
	}

	@Test
	void printableAsciiIsShownAsText() {
		assertThat(Octets.ofText("Echo Pool~")).hasToString("Echo Pool~");
		assertThat(Octets.ofHex("00ff")).hasToString("0x00ff");
		assertThat(Octets.ofHex("617f")).hasToString("0x617f");
		assertThat(Octets.ofText("ä")).hasToString("0xc3a4");
	}

}
