package org.rserpool.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.rserpool.Conformance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is wrong with a message, the decoder says what.
 */
class MalformedMessageTests {

	private static final String HANDLE = "0009000c4563686f506f6f6c ";

	@ParameterizedTest
	@MethodSource("vectors")
	@Conformance("C30")
	void vectorCutShortAnywhereIsReadOrRefused(Vector vector) {
		byte[] octets = vector.octets();
		for (int length = 0; length < octets.length; length++) {
			byte[] cut = Arrays.copyOf(octets, length);
			Totality.check(cut);
			if (length >= MessageSource.HEADER_LENGTH) {
				cut[2] = (byte) (length >>> 8);
				cut[3] = (byte) length;
				Totality.check(cut);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("vectors")
	@Conformance("C30")
	void vectorWithOneOctetChangedIsReadOrRefused(Vector vector) {
		byte[] octets = vector.octets();
		byte[] values = { 0, 1, 2, 3, 4, 5, 8, 0x10, 0x20, 0x40, 0x7f, (byte) 0x80, (byte) 0xc0, (byte) 0xfe,
				(byte) 0xff };
		for (int at = 0; at < octets.length; at++) {
			byte[] changed = octets.clone();
			for (byte value : values) {
				changed[at] = value;
				Totality.check(changed);
			}
		}
	}

	static List<Vector> vectors() {
		return Vector.all();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "05, no complete header", "050000, no complete header", "05000000, says that it has 0 octets",
					"05000003, says that it has 3 octets",
					"05000014" + "0009000c4563686f506f6f6c, says that it has 20 octets",
					"0500000c" + "0009000c4563686f506f6f6c, says that it has 12 octets",
					"05000010" + "0009000c4563686f506f6f6c" + "00000000, says that it has 16 octets" })
	@Conformance("C30")
	void messageWhoseLengthDoesNotFitIsDiscarded(String hex, String reason) {
		Wire.assertDiscarded(Wire.RFC.decodeAsap(Wire.octets(hex)), reason);
		Wire.assertDiscarded(Wire.RFC.decodeEnrp(Wire.octets(hex)), reason);
	}

	@Test
	@Conformance("C30")
	void nothingIsNoMessage() {
		Wire.assertDiscarded(Wire.RFC.decodeAsap(ByteBuffer.allocate(0)), "0 octets");
		Wire.assertDiscarded(Wire.RFC.decodeEnrp(ByteBuffer.allocate(0)), "0 octets");
	}

	@Test
	@Conformance("C30")
	void parameterWhoseLengthDoesNotFitIsReported() {
		Wire.assertInvalid(Wire.RFC.decodeAsap(Wire.octets("0500000c 0009000345636800")), "length is 3", "00090003");
		Wire.assertInvalid(Wire.RFC.decodeAsap(Wire.octets("0500000c 0009000945636800")), "length is 9",
				"0009000945636800");
		Wire.assertInvalid(Wire.RFC.decodeAsap(Wire.octets("0500000c 00090000 45636800")), "length is 0", "00090000");
	}

	@Test
	@Conformance("C3")
	void octetsBehindTheLastParameterThatAreNoPaddingAreRefused() {
		Wire.assertRefused(Wire.RFC.decodeAsap(Wire.octets("05000012" + HANDLE + "0000")), "2 octets at 16");
	}

	@Test
	@Conformance("C3")
	void octetsInAParameterThatAreNoParameterAreReported() {
		String element = "000a0029 12345678 00000000 0000003c 00060010003500000001 0008c000020a 0008000800000001 00";
		Wire.assertInvalid(Wire.RFC.decodeAsap(Wire.octets("0100003c" + HANDLE + element + "000000")), "1 octets at 56",
				element);
	}

	@ParameterizedTest
	@CsvSource({ "01000010, it has no pool element", "02000010, it has no pool element identifier",
			"03000010, it has no pool element identifier", "08000010, it has no pool element identifier",
			"0b000010, it has no cookie" })
	void messageWithoutARequiredParameterIsRefused(String header, String reason) {
		Wire.assertRefused(Wire.RFC.decodeAsap(Wire.octets(header + HANDLE)), reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "01", "02", "03", "04", "05", "06", "08", "09", "0d" })
	void messageWithoutPoolHandleIsRefused(String type) {
		Wire.assertRefused(Wire.RFC.decodeAsap(Wire.octets(type + "000004")), "it has no pool handle");
	}

	@ParameterizedTest
	@ValueSource(strings = { "07000004", "0a000004" })
	@Conformance("C30")
	void asapMessageWithoutItsFixedFieldIsRefused(String hex) {
		Wire.assertRefused(Wire.RFC.decodeAsap(Wire.octets(hex)), "its fixed fields need 8");
	}

	@ParameterizedTest
	@ValueSource(strings = { "01", "02", "03", "04", "05", "06", "07", "08", "09" })
	@Conformance("C30")
	void enrpMessageWithoutItsFixedFieldsIsRefused(String type) {
		Wire.assertRefused(Wire.RFC.decodeEnrp(Wire.octets(type + "000004")), "sender and receiver");
		Decoded<EnrpMessage> cut = Wire.RFC.decodeEnrp(Wire.octets(type + "00000800000001"));
		Wire.assertRefused(cut, "sender and receiver");
		assertThat(Wire.failure(cut).sender()).isEqualTo(1);
	}

	@Test
	void targetOfATakeoverIsRequired() {
		Wire.assertRefused(Wire.RFC.decodeEnrp(Wire.octets("0700000c 00000001 00000002")), "its fixed fields need 16");
	}

	@Test
	void updateActionIsOneOfTwo() {
		String element = "000a0028 12345678 00000000 0000003c 00060010 00350000 00010008c000020a 0008000800000001";
		Wire.assertRefused(Wire.RFC.decodeEnrp(Wire.octets("04000044 00000001 00000002 00020000" + HANDLE + element)),
				"update action is 2");
	}

	@Test
	void secondPoolHandleIsReported() {
		Wire.assertInvalid(Wire.RFC.decodeAsap(Wire.octets("0500001c" + HANDLE + HANDLE)), "more than once",
				HANDLE.trim());
	}

	@Test
	void secondOfOtherSingleParametersIsReported() {
		Wire.assertInvalid(Wire.RFC.decodeAsap(Wire.octets("0b000014 000d000561000000 000d000562000000")),
				"more than once", "000d000562");
		Wire.assertInvalid(
				Wire.RFC.decodeEnrp(Wire.octets("0100001c 00000001 00000002 000f0006ffff0000 000f0006fffe0000")),
				"more than once", "000f0006fffe");
	}

	@Test
	void emptyPoolHandleIsReported() {
		Wire.assertInvalid(Wire.RFC.decodeAsap(Wire.octets("05000008 00090004")), "at least one octet", "00090004");
	}

	@Test
	void numberOfAnotherLengthIsReported() {
		Wire.assertInvalid(Wire.RFC.decodeAsap(Wire.octets("0200001c" + HANDLE + "000e000c 0000000100000002")), "not 4",
				"000e000c0000000100000002");
		Wire.assertInvalid(Wire.RFC.decodeAsap(Wire.octets("05000016" + HANDLE + "803f0006ffff")), "not 4",
				"803f0006ffff");
		Wire.assertInvalid(Wire.RFC.decodeEnrp(Wire.octets("01000014 00000001 00000002 000f0008ffff0000")), "not 2",
				"000f0008ffff0000");
	}

	@Test
	void poolElementBeforeAnyPoolHandleIsReported() {
		String element = "000a0028 12345678 00000000 0000003c 00060010 00350000 00010008c000020a 0008000800000001";
		Wire.assertInvalid(Wire.RFC.decodeEnrp(Wire.octets("03000034 00000001 00000002" + element)),
				"no pool handle stands before", element);
	}

	@Test
	void poolWithoutElementIsRefused() {
		Wire.assertRefused(Wire.RFC.decodeEnrp(Wire.octets("03000018 00000001 00000002" + HANDLE)),
				"\"EchoPool\" has no element");
	}

	@ParameterizedTest
	@ValueSource(strings = { "000c0004", "000c000600050000", "000c000800050003", "000c000800050005",
			"000c000c0005000400000000" })
	@Conformance("C30")
	void operationErrorWithoutWholeCausesIsReported(String parameter) {
		String body = HANDLE.trim() + "000e000812345678" + parameter;
		String hex = String.format("0301%04x", 4 + body.length() / 2) + body;
		String reported = parameter.substring(0, 2 * Integer.parseInt(parameter.substring(4, 8), 16));
		Decoded<AsapMessage> decoded = Wire.RFC.decodeAsap(Wire.octets(hex));
		Wire.assertInvalid(decoded, "error cause", reported);
	}

}
