package org.rserpool.wire;

import java.nio.ByteBuffer;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.rserpool.Conformance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of messages and parameters of an unknown type (RFC 5354, sections 3 and
 * 4).
 */
class ActionBitTests {

	private static final String HANDLE = "0009000c4563686f506f6f6c";

	private static final AsapMessage RESOLUTION = new AsapMessage.HandleResolution(false, PoolHandle.of("EchoPool"),
			null);

	@ParameterizedTest
	@ValueSource(strings = { "00000004", "0f000004", "3f000008deadbeef", "80000004", "bf000004", "c0000004",
			"ff000008deadbeef" })
	@Conformance("C9")
	void unknownMessageIsDiscardedSilently(String hex) {
		Wire.assertDiscarded(Wire.RFC.decodeAsap(Wire.octets(hex)), "the type is unknown");
		Wire.assertDiscarded(Wire.RFC.decodeEnrp(Wire.octets(hex)), "the type is unknown");
	}

	@ParameterizedTest
	@ValueSource(strings = { "40000004", "7f000008deadbeef", "5501000cdeadbeef01020304" })
	@Conformance({ "C10", "C26" })
	void unknownMessageOfType01IsReportedWithTheMessage(String hex) {
		ErrorCause cause = new ErrorCause(ErrorCause.UNRECOGNIZED_MESSAGE, Octets.ofHex(hex));
		assertThat(Wire.failure(Wire.RFC.decodeAsap(Wire.octets(hex))).report()).containsExactly(cause);
		assertThat(Wire.failure(Wire.RFC.decodeEnrp(Wire.octets(hex))).report()).containsExactly(cause);
	}

	@Test
	void reportOfALongMessageIsCutAndItsLengthSaysSo() {
		String hex = "7f001004" + "ab".repeat(4096);
		ErrorCause cause = Wire.failure(Wire.RFC.decodeAsap(Wire.octets(hex))).report().get(0);
		assertThat(cause.information().toHex()).isEqualTo("7f000400" + "ab".repeat(1020));
	}

	@Test
	void senderOfAnUnknownEnrpMessageIsKnown() {
		assertThat(Wire.failure(Wire.RFC.decodeEnrp(Wire.octets("5501000cdeadbeef01020304"))).sender())
			.isEqualTo(0xdeadbeef);
		assertThat(Wire.failure(Wire.RFC.decodeEnrp(Wire.octets("55010004"))).sender()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "00000004", "00110004", "0fff0008deadbeef", "3fff000561000000" })
	@Conformance("C11")
	void messageWithUnknownParameter00IsDiscardedSilently(String parameter) {
		Wire.assertDiscarded(Wire.RFC.decodeAsap(resolutionWith(parameter)), "it is unknown");
	}

	@ParameterizedTest
	@CsvSource({ "40000004, 40000004", "4fff0008deadbeef, 4fff0008deadbeef", "7fff000561000000, 7fff000561" })
	@Conformance({ "C12", "C26" })
	void messageWithUnknownParameter01IsDiscardedAndReported(String parameter, String reported) {
		assertThat(Wire.failure(Wire.RFC.decodeAsap(resolutionWith(parameter))).report())
			.containsExactly(unrecognized(reported));
	}

	@ParameterizedTest
	@ValueSource(strings = { "80000004", "8fff0008deadbeef", "80090008deadbeef", "bfff000561000000" })
	@Conformance("C13")
	void unknownParameter10IsSkippedSilently(String parameter) {
		assertThat(Wire.RFC.decodeAsap(resolutionWith(parameter)))
			.isEqualTo(new Decoded.Success<>(RESOLUTION, List.of()));
	}

	@ParameterizedTest
	@CsvSource({ "c0000004, c0000004", "cfff0008deadbeef, cfff0008deadbeef", "ffff000561000000, ffff000561" })
	@Conformance({ "C14", "C26" })
	void unknownParameter11IsSkippedAndReported(String parameter, String reported) {
		assertThat(Wire.RFC.decodeAsap(resolutionWith(parameter)))
			.isEqualTo(new Decoded.Success<>(RESOLUTION, List.of(unrecognized(reported))));
	}

	@Test
	@Conformance("C15")
	void eachUnknownParameterHasItsCause() {
		Decoded<AsapMessage> decoded = Wire.RFC.decodeAsap(resolutionWith("c0010004 8fff0004 c00200051f000000"));
		assertThat(((Decoded.Success<AsapMessage>) decoded).report()).containsExactly(unrecognized("c0010004"),
				unrecognized("c00200051f"));
	}

	@Test
	@Conformance("C15")
	void unknownParametersBeforeTheOneThatStopsAreReportedToo() {
		assertThat(Wire.failure(Wire.RFC.decodeAsap(resolutionWith("c0010004 40020004"))).report())
			.containsExactly(unrecognized("c0010004"), unrecognized("40020004"));
		Wire.assertDiscarded(Wire.RFC.decodeAsap(resolutionWith("c0010004 00110004")), "it is unknown");
	}

	@Test
	void reportOfALongParameterIsCutAndItsLengthSaysSo() {
		Decoded<AsapMessage> decoded = Wire.RFC.decodeAsap(resolutionWith("c0011004" + "ab".repeat(4096)));
		assertThat(((Decoded.Success<AsapMessage>) decoded).report())
			.containsExactly(unrecognized("c0010400" + "ab".repeat(1020)));
	}

	@Test
	void reportOfManyUnknownParametersFitsInAnErrorMessage() {
		Decoded<AsapMessage> decoded = Wire.RFC.decodeAsap(resolutionWith(("c0010500" + "ab".repeat(1276)).repeat(50)));
		Decoded.Success<AsapMessage> success = (Decoded.Success<AsapMessage>) decoded;
		assertThat(success.report()).hasSize(MessageSource.MAX_REPORTED);
		assertThat(Wire.RFC.encode(new AsapMessage.Error(success.report())).remaining()).isLessThan(0xffff);
	}

	@Test
	@Conformance({ "C11", "C12", "C13", "C14" })
	void actionBitsCountInNestedParametersToo() {
		String start = "0100003c 0009000c4563686f506f6f6c 000a002c 12345678 00000000 0000003c ";
		String transport = "00060010 00350000 00010008c000020a ";
		String policy = "0008000800000001";
		assertThat(Wire.asap(start + "8fff0004" + transport + policy)).isEqualTo(Wire
			.asap("01000038 0009000c4563686f506f6f6c 000a0028 12345678 00000000 0000003c " + transport + policy));
		Wire.assertDiscarded(Wire.RFC.decodeAsap(Wire.octets(start + "0fff0004" + transport + policy)), "unknown");
		assertThat(Wire.failure(Wire.RFC.decodeAsap(Wire.octets(start + "4fff0004" + transport + policy))).report())
			.containsExactly(unrecognized("4fff0004"));
		Decoded<AsapMessage> reported = Wire.RFC.decodeAsap(Wire.octets(start + "cfff0004" + transport + policy));
		assertThat(((Decoded.Success<AsapMessage>) reported).report()).containsExactly(unrecognized("cfff0004"));
	}

	@Test
	@Conformance("C32")
	void errorMessageIsNeverReported() {
		assertThat(Wire.asap("0e000010 c0010004 000c0008 00000004"))
			.isEqualTo(new AsapMessage.Error(List.of(ErrorCause.of(ErrorCause.UNSPECIFIED))));
		Wire.assertDiscarded(Wire.RFC.decodeAsap(Wire.octets("0e000008 40010004")), "it is unknown");
		Wire.assertDiscarded(Wire.RFC.decodeAsap(Wire.octets("0e00000c 000c0008 00000000")),
				"length of the error cause");
		Wire.assertDiscarded(Wire.RFC.decodeEnrp(Wire.octets("0a000010 0000000100000002 40010004")), "it is unknown");
		Wire.assertDiscarded(Wire.RFC.decodeEnrp(Wire.octets("0a000008 00000001")), "sender and receiver");
	}

	private static ByteBuffer resolutionWith(String parameters) {
		String body = HANDLE + parameters.replace(" ", "");
		return Wire.octets(String.format("0500%04x", 4 + body.length() / 2) + body);
	}

	private static ErrorCause unrecognized(String parameter) {
		return new ErrorCause(ErrorCause.UNRECOGNIZED_PARAMETER, Octets.ofHex(parameter));
	}

}
