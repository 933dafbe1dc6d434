package org.rserpool.wire;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.rserpool.Conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Pool elements, policies and registrars on the wire.
 */
class PoolElementTests {

	private static final String UDP = "0006001000350000" + "00010008c000020a";

	private static final String SCTP = "0004001013880000" + "00010008c000020a";

	private static final String TCP = "0005001000500000" + "00010008c000020a";

	private static final String RR = "0008000800000001";

	@Test
	@Conformance("C20")
	void poolElementHasExactlyOneUserTransport() {
		String without = element("0000003c", RR);
		Wire.assertInvalid(Wire.RFC.decodeAsap(registration(without)), "it has no user transport", without);
		Wire.assertInvalid(Wire.RFC.decodeAsap(registration(element("0000003c", UDP + SCTP + RR))),
				"one user transport", SCTP);
		Wire.assertInvalid(Wire.RFC.decodeAsap(registration(element("0000003c", UDP + RR + SCTP + TCP))),
				"one ASAP transport", TCP);
	}

	@Test
	@Conformance("C21")
	void asapTransportIsSctpOrOurExtensionTcp() {
		assertThat(read(element("0000003c", UDP + RR + SCTP)).asapTransport()).isInstanceOf(Transport.Sctp.class);
		assertThat(read(element("0000003c", UDP + RR + TCP)).asapTransport()).isInstanceOf(Transport.Tcp.class);
		Wire.assertInvalid(Wire.RFC.decodeAsap(registration(element("0000003c", SCTP + RR + UDP))),
				"neither SCTP nor TCP", UDP);
		PoolElement element = read(element("0000003c", SCTP + RR))
			.withAsapTransport(new Transport.Udp(53, Wire.address("192.0.2.10")));
		assertThatIllegalArgumentException().isThrownBy(() -> write(element, Wire.RFC))
			.withMessageContaining("ASAP transport");
	}

	@Test
	@Conformance("C24")
	void poolElementHasExactlyOnePolicy() {
		String without = element("0000003c", UDP);
		Wire.assertInvalid(Wire.RFC.decodeAsap(registration(without)), "it has no policy", without);
		Wire.assertInvalid(Wire.RFC.decodeAsap(registration(element("0000003c", UDP + RR + RR))), "second policy", RR);
	}

	@ParameterizedTest
	@CsvSource({ "00000000, 0, 0", "0000003c, 60000, 60", "7fffffff, 2147483647000, 2147483647", "ffffffff, -1, -1" })
	@Conformance({ "C22", "PE8" })
	void lifetimeIsInSecondsInTheRfcAndInMillisecondsInTheReferenceImplementation(String hex, long rfc, long rsplib) {
		assertThat(read(element(hex, UDP + RR)).lifetimeMillis()).isEqualTo(rfc);
		AsapMessage message = Wire.message(Wire.RSPLIB.decodeAsap(registration(element(hex, UDP + RR))));
		assertThat(((AsapMessage.Registration) message).element().lifetimeMillis()).isEqualTo(rsplib);
	}

	@ParameterizedTest
	@ValueSource(strings = { "80000000", "fffffffe" })
	@Conformance("C22")
	void otherNegativeLifetimeIsInvalidInTheRfcAndLongInTheReferenceImplementation(String hex) {
		String element = element(hex, UDP + RR);
		Wire.assertInvalid(Wire.RFC.decodeAsap(registration(element)), "registration life", element);
		AsapMessage message = Wire.message(Wire.RSPLIB.decodeAsap(registration(element)));
		assertThat(((AsapMessage.Registration) message).element().lifetimeMillis()).isEqualTo(Long.parseLong(hex, 16));
	}

	@ParameterizedTest
	@CsvSource({ "1, 00000001, 00000001", "1000, 00000001, 000003e8", "1001, 00000002, 000003e9",
			"90000, 0000005a, 00015f90", "-1, ffffffff, ffffffff" })
	@Conformance({ "C22", "PE8" })
	void lifetimeIsWrittenRoundedUp(long millis, String rfc, String rsplib) {
		assertThat(write(withLifetime(millis), Wire.RFC).substring(56, 64)).isEqualTo(rfc);
		assertThat(write(withLifetime(millis), Wire.RSPLIB).substring(56, 64)).isEqualTo(rsplib);
	}

	@Test
	void lifetimeThatCannotBeWrittenIsRefused() {
		assertThat(write(withLifetime(0xfffffffeL), Wire.RSPLIB)).contains("fffffffe");
		assertThatIllegalArgumentException().isThrownBy(() -> write(withLifetime(0xffffffffL), Wire.RSPLIB))
			.withMessage("A lifetime of 4294967295 ms is longer than the rsplib dialect can say");
		assertThat(write(withLifetime(2_147_483_647_000L), Wire.RFC)).contains("7fffffff");
		assertThatIllegalArgumentException().isThrownBy(() -> write(withLifetime(2_147_483_647_001L), Wire.RFC))
			.withMessage("A lifetime of 2147483647001 ms is longer than the rfc dialect can say");
		assertThatIllegalArgumentException().isThrownBy(() -> write(withLifetime(Long.MAX_VALUE), Wire.RFC));
	}

	@ParameterizedTest
	@EnumSource
	@Conformance("C24")
	void policyIsItsTypeAndItsValues(PolicyType type) {
		int length = 8 + 4 * type.fields().size();
		String policy = String.format("0008%04x%08x", length, type.number()) + "01020304".repeat(type.fields().size());
		PoolElement element = read(element("0000003c", UDP + policy));
		for (PolicyField field : type.fields()) {
			assertThat(element.policy().value(field)).isEqualTo(0x01020304);
		}
		assertThat(write(element, Wire.RFC)).endsWith(policy);
	}

	@ParameterizedTest
	@EnumSource
	@Conformance("C24")
	void policyCutShortIsReportedAndNotWritten(PolicyType type) {
		int dataLength = 4 * type.fields().size() - 1;
		if (dataLength > 0) {
			String policy = String.format("0008%04x%08x", 8 + dataLength, type.number()) + "00".repeat(dataLength);
			Wire.assertInvalid(Wire.RFC.decodeAsap(registration(element("0000003c", UDP + policy))), "too few", policy);
			PoolElement element = withLifetime(1)
				.withPolicy(new MemberSelectionPolicy(type.number(), Octets.of(new byte[dataLength])));
			assertThatIllegalArgumentException().isThrownBy(() -> write(element, Wire.RFC))
				.withMessageContaining("is cut short");
		}
		Wire.assertInvalid(Wire.RFC.decodeAsap(registration(element("0000003c", UDP + "0008000700000000"))),
				"no policy type", "00080007000000");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0008000c000000010000004d", "0008000812345678", "0008001012345678000000010000000a",
			"0008000a123456780102" })
	@Conformance("C24")
	void unknownPolicyAndUnknownDataAreKept(String policy) {
		assertThat(write(read(element("0000003c", UDP + policy)), Wire.RFC)).contains(policy);
	}

	@Test
	@Conformance("C23")
	void homeRegistrar0IsUndetermined() {
		assertThat(read(element("0000003c", UDP + RR)).homeRegistrar()).isEqualTo(Identifiers.NONE);
	}

	@Test
	void registrarHasOneTransportThatIsSctpOrTcp() {
		assertThat(Wire.enrp("01000024 00000001 00000002 000b0018 00000003" + TCP)).isEqualTo(new EnrpMessage.Presence(
				false, 1, 2, null, new ServerInformation(3, new Transport.Tcp(80, Wire.address("192.0.2.10")))));
		Wire.assertInvalid(Wire.RFC.decodeEnrp(Wire.octets("01000024 00000001 00000002 000b0018 00000003" + UDP)),
				"neither SCTP nor TCP", UDP);
		Wire.assertInvalid(
				Wire.RFC.decodeEnrp(Wire.octets("01000034 00000001 00000002 000b0028 00000003" + SCTP + TCP)),
				"second transport", TCP);
		Wire.assertInvalid(Wire.RFC.decodeEnrp(Wire.octets("01000014 00000001 00000002 000b0008 00000003")),
				"it has no transport", "000b000800000003");
		Wire.assertInvalid(Wire.RFC.decodeEnrp(Wire.octets("01000010 00000001 00000002 000b0004")),
				"its fixed fields need 4", "000b0004");
	}

	@Test
	void transportsOfAnAnnounceThatCarryNoAsapAreIgnored() {
		assertThat(Wire.asap("0a000028 00000001" + UDP + SCTP)).isEqualTo(Wire.asap("0a000018 00000001" + SCTP));
	}

	@Test
	void negativeLifetimeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> withLifetime(-2))
			.withMessage("A lifetime of -2 ms is negative");
	}

	@Test
	void copyDiffersInOneThing() {
		PoolElement element = withLifetime(1000);
		Transport transport = new Transport.Tcp(80, Wire.address("192.0.2.10"));
		MemberSelectionPolicy policy = MemberSelectionPolicy.of(PolicyType.RANDOM);
		assertThat(element.withHomeRegistrar(7))
			.isEqualTo(new PoolElement(element.identifier(), 7, 1000, element.userTransport(), element.policy(), null));
		assertThat(element.withAsapTransport(transport)).isEqualTo(
				new PoolElement(element.identifier(), 0, 1000, element.userTransport(), element.policy(), transport));
		assertThat(element.withPolicy(policy))
			.isEqualTo(new PoolElement(element.identifier(), 0, 1000, element.userTransport(), policy, null));
	}

	private static PoolElement withLifetime(long millis) {
		return new PoolElement(0x12345678, 0, millis, new Transport.Udp(53, Wire.address("192.0.2.10")),
				MemberSelectionPolicy.ROUND_ROBIN, null);
	}

	private static String element(String lifetime, String parameters) {
		return String.format("000a%04x1234567800000000", 16 + parameters.length() / 2) + lifetime + parameters;
	}

	private static ByteBuffer registration(String element) {
		String padding = "00".repeat(-(element.length() / 2) & 3);
		String body = "0009000c4563686f506f6f6c" + element + padding;
		return Wire.octets(String.format("0100%04x", 4 + body.length() / 2) + body);
	}

	private static PoolElement read(String element) {
		return ((AsapMessage.Registration) Wire.message(Wire.RFC.decodeAsap(registration(element)))).element();
	}

	private static String write(PoolElement element, WireCodec codec) {
		return Wire.hex(codec.encode(new AsapMessage.Registration(PoolHandle.of("EchoPool"), element)));
	}

}
