package org.rserpool.wire;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.rserpool.Conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What is written, and what is refused.
 */
class EncodingTests {

	private static final PoolHandle POOL = PoolHandle.of("EchoPool");

	@ParameterizedTest
	@CsvSource({ "RFC, 050000090009000541000000", "RSPLIB, 0500000c0009000541000000" })
	@Conformance({ "C2", "C5", "C6" })
	void messageIsPaddedWithZeros(Dialect dialect, String hex) {
		AsapMessage message = new AsapMessage.HandleResolution(false, PoolHandle.of("A"), null);
		assertThat(Wire.hex(new WireCodec(dialect).encode(message))).isEqualTo(hex);
	}

	@ParameterizedTest
	@CsvSource({ "RFC, 0029, 0041", "RSPLIB, 002c, 0044" })
	@Conformance("C5")
	void lengthOfAContainerCountsThePaddingInsideButNotTheLast(Dialect dialect, String inner, String outer) {
		PoolElement element = new PoolElement(1, 2, 1000, new Transport.Opaque(Octets.ofHex("0102030405")),
				new MemberSelectionPolicy(0x12345678, Octets.ofHex("0607080901")), null);
		ByteBuffer octets = new WireCodec(dialect)
			.encode(new AsapMessage.Registration(PoolHandle.of("Echo-Pool-16-by"), element));
		assertThat(Wire.hex(octets)).startsWith("0100" + outer + "00090013")
			.contains("000a" + inner)
			.contains("001000090102030405000000" + "0008000d123456780607080901000000");
		assertThat(octets.remaining() % 4).isZero();
	}

	@Test
	@Conformance("C25")
	void errorCausesArePaddedEach() {
		AsapMessage message = new AsapMessage.Error(
				List.of(new ErrorCause(0xf008, Octets.ofHex("01")), new ErrorCause(0x1009, Octets.ofHex("0203"))));
		assertThat(Wire.hex(Wire.RFC.encode(message)))
			.isEqualTo("0e000016000c0012f008000501000000" + "1009000602030000");
		assertThat(Wire.message(Wire.RFC.decodeAsap(Wire.RFC.encode(message)))).isEqualTo(message);
	}

	@Test
	@Conformance("C32")
	void errorWithoutCausesIsReadAndWritten() {
		assertThat(Wire.hex(Wire.RFC.encode(new AsapMessage.Error(List.of())))).isEqualTo("0e000004");
		assertThat(Wire.asap("0e000004")).isEqualTo(new AsapMessage.Error(List.of()));
		assertThat(Wire.enrp("0a00000c0000000100000002")).isEqualTo(new EnrpMessage.Error(1, 2, List.of()));
	}

	@Test
	void poolHandleThatEndsTheReferenceImplementationIsRefusedInItsDialect() {
		PoolHandle handle = PoolHandle.of("A".repeat(33));
		AsapMessage message = new AsapMessage.HandleResolution(false, handle, null);
		assertThatIllegalArgumentException().isThrownBy(() -> Wire.RSPLIB.encode(message))
			.withMessage("Pool handle \"" + handle + "\" has 33 octets, and the rsplib dialect allows at most 32");
		assertThat(Wire.message(Wire.RFC.decodeAsap(Wire.RFC.encode(message)))).isEqualTo(message);
		AsapMessage longest = new AsapMessage.HandleResolution(false, PoolHandle.of("A".repeat(32)), null);
		assertThat(Wire.message(Wire.RSPLIB.decodeAsap(Wire.RSPLIB.encode(longest)))).isEqualTo(longest);
	}

	@Test
	void longestMessageIsWrittenAndReadAndALongerOneRefused() {
		AsapMessage longest = new AsapMessage.Cookie(Octets.of(new byte[0xffff - 8]));
		ByteBuffer octets = Wire.RFC.encode(longest);
		assertThat(octets.remaining()).isEqualTo(0x10000);
		assertThat(Wire.message(Wire.RFC.decodeAsap(octets))).isEqualTo(longest);
		assertThatIllegalArgumentException().isThrownBy(() -> Wire.RSPLIB.encode(longest))
			.withMessage("The message of type 0x0b is longer than 65535 octets, which is what its length can say");
		AsapMessage longer = new AsapMessage.Cookie(Octets.of(new byte[0xffff - 7]));
		assertThatIllegalArgumentException().isThrownBy(() -> Wire.RFC.encode(longer))
			.withMessageContaining("longer than 65535");
		AsapMessage longestPadded = new AsapMessage.Cookie(Octets.of(new byte[0xfffc - 8]));
		assertThat(Wire.message(Wire.RSPLIB.decodeAsap(Wire.RSPLIB.encode(longestPadded)))).isEqualTo(longestPadded);
	}

	@ParameterizedTest
	@EnumSource
	void tooManyElementsAreRefused(Dialect dialect) {
		PoolElement element = new PoolElement(1, 2, 3000, new Transport.Tcp(80, Wire.address("192.0.2.10")),
				MemberSelectionPolicy.ROUND_ROBIN, null);
		WireCodec codec = new WireCodec(dialect);
		AsapMessage many = new AsapMessage.HandleResolutionResponse(false, POOL, null,
				Collections.nCopies(1637, element), List.of());
		assertThat(Wire.message(codec.decodeAsap(codec.encode(many)))).isEqualTo(many);
		AsapMessage tooMany = new AsapMessage.HandleResolutionResponse(false, POOL, null,
				Collections.nCopies(1638, element), List.of());
		assertThatIllegalArgumentException().isThrownBy(() -> codec.encode(tooMany))
			.withMessageContaining("The message of type 0x06 is longer");
		EnrpMessage table = new EnrpMessage.HandleTableResponse(false, false, 1, 2,
				Collections.nCopies(100_000, new EnrpMessage.PoolEntry(POOL, List.of(element))));
		assertThatIllegalArgumentException().isThrownBy(() -> codec.encode(table))
			.withMessageContaining("The message of type 0x03 is longer");
	}

	@Test
	void checksumHas16Bits() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Wire.RFC.encode(new EnrpMessage.Presence(false, 1, 2, 0x10000, null)))
			.withMessageContaining("Checksum 65536");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Wire.RFC.encode(new EnrpMessage.Presence(false, 1, 2, -1, null)))
			.withMessageContaining("Checksum -1");
	}

	@Test
	void poolWithoutElementsIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Wire.RFC.encode(new EnrpMessage.HandleTableResponse(false, false, 1, 2,
					List.of(new EnrpMessage.PoolEntry(POOL, List.of())))))
			.withMessage("Pool \"EchoPool\" has no element");
	}

	@Test
	void transportThatCarriesNoAsapIsRefusedInAnnounceAndServerInformation() {
		Transport udp = new Transport.Udp(53, Wire.address("192.0.2.10"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Wire.RFC.encode(new AsapMessage.ServerAnnounce(1, List.of(udp))))
			.withMessageContaining("A transport of a server announce is neither SCTP nor TCP");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Wire.RFC
				.encode(new EnrpMessage.ListResponse(false, 1, 2, List.of(new ServerInformation(3, udp)))))
			.withMessageContaining("The transport of a registrar is neither SCTP nor TCP");
	}

	@Test
	void codecKnowsItsDialect() {
		assertThat(Wire.RFC.dialect()).isEqualTo(Dialect.RFC);
		assertThat(Wire.RSPLIB.dialect()).isEqualTo(Dialect.RSPLIB);
	}

}
