package org.rserpool.wire;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Metadata of pool elements, and how it travels.
 */
class ElementMetadataTests {

	private static final String HEADER = "01000058" + "0009000c4563686f506f6f6c";

	private static final String ELEMENT = "12345678000000000000003c" + "0006001000350000" + "00010008c000020a"
			+ "0008000800000001";

	private static final String METADATA = "8e4d001e" + "52537056" + "070003" + "62696e64696e67" + "727063" + "040002"
			+ "7a6f6e65" + "6575";

	private final ElementMetadata metadata = ElementMetadata.of(Map.of("zone", "eu", "binding", "rpc"));

	private final AsapMessage.Registration registration = new AsapMessage.Registration(PoolHandle.of("EchoPool"),
			new PoolElement(0x12345678, 0, 60_000, new Transport.Udp(53, Wire.address("192.0.2.10")),
					MemberSelectionPolicy.ROUND_ROBIN, null, this.metadata));

	@Test
	void travelsAtTheEndOfThePoolElement() {
		String octets = "01000056" + HEADER.substring(8) + "000a0046" + ELEMENT + METADATA + "0000";
		assertThat(Wire.hex(Wire.RFC.encode(this.registration))).isEqualTo(octets);
		assertThat(Wire.asap(octets)).isEqualTo(this.registration);
	}

	@Test
	void isNotSentToTheReferenceImplementation() {
		ByteBuffer octets = Wire.RSPLIB.encode(this.registration);
		assertThat(Wire.hex(octets)).doesNotContain("8e4d");
		AsapMessage.Registration read = (AsapMessage.Registration) Wire.message(Wire.RSPLIB.decodeAsap(octets));
		assertThat(read.element()).isEqualTo(this.registration.element().withMetadata(ElementMetadata.NONE));
	}

	@Test
	void theTypeTellsOthersToSkipItSilently() {
		assertThat(ParameterType.ELEMENT_METADATA >> 14).isEqualTo(2);
	}

	@Test
	void whatOthersPutThereIsIgnored() {
		String foreign = HEADER + "000a0048" + ELEMENT + "8e4d0020" + "deadbeef" + "00".repeat(24);
		assertThat(((AsapMessage.Registration) Wire.asap(foreign)).element().metadata())
			.isEqualTo(ElementMetadata.NONE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "040002", "0400027a6f6e65", "00000000", "0400007a6f6e65" + "0400007a6f6e65",
			"0400007a6f6e65" + "01000061", "010000ff", "01000161ff" })
	void whatIsNotWellFormedIsDescribed(String entries) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ElementMetadata.decode(Octets.ofHex("52537056" + entries)))
			.withMessageStartingWith("metadata ");
	}

	@Test
	void aMessageWithBadMetadataIsRefusedWithTheParameter() {
		String bad = "8e4d000c" + "52537056" + "04000261";
		String element = "000a0034" + ELEMENT + bad;
		Wire.assertInvalid(Wire.RFC.decodeAsap(Wire.octets("01000044" + HEADER.substring(8) + element)), "cut short",
				bad);
	}

	@Test
	void isWhatWasSaid() {
		Map<String, String> entries = Map.of("zone", "Köln", "version", "1.2", "team", "", "日本", "é");
		ElementMetadata said = ElementMetadata.of(entries);
		assertThat(said.entries()).isEqualTo(entries);
		assertThat(said.zone()).isEqualTo("Köln");
		assertThat(said.version()).isEqualTo("1.2");
		assertThat(said.binding()).isNull();
		assertThat(said.isEmpty()).isFalse();
		assertThat(ElementMetadata.decode(said.encoded())).isEqualTo(said).hasSameHashCodeAs(said);
		assertThat(said).isNotEqualTo(ElementMetadata.NONE).hasToString("{team=, version=1.2, zone=Köln, 日本=é}");
		assertThat(ElementMetadata.of(Map.of())).isSameAs(ElementMetadata.NONE);
		assertThat(ElementMetadata.NONE.entries()).isEmpty();
	}

	@Test
	void limitsAreNamedWithTheKey() {
		assertThat(ElementMetadata.of(Map.of("k".repeat(64), "v".repeat(512))).entries()).hasSize(1);
		assertThatIllegalArgumentException().isThrownBy(() -> ElementMetadata.of(Map.of("k".repeat(65), "")))
			.withMessageContaining("k".repeat(65))
			.withMessageContaining("1 to 64");
		assertThatIllegalArgumentException().isThrownBy(() -> ElementMetadata.of(Map.of("", "x")))
			.withMessageContaining("1 to 64");
		assertThatIllegalArgumentException().isThrownBy(() -> ElementMetadata.of(Map.of("team", "é".repeat(257))))
			.withMessageContaining("\"team\" has 514 octets");
		assertThatIllegalArgumentException().isThrownBy(() -> ElementMetadata.of(Map.of("team", "\ud800")))
			.withMessageContaining("\"team\"");
	}

	@Test
	void allOfItIsLimited() {
		Map<String, String> entries = new HashMap<>();
		for (int i = 0; i < 4; i++) {
			entries.put("key" + i, "v".repeat(500));
		}
		assertThat(ElementMetadata.of(entries).encoded().length()).isEqualTo(2032);
		entries.put("key4", "v".repeat(500));
		assertThatIllegalArgumentException().isThrownBy(() -> ElementMetadata.of(entries))
			.withMessage("Metadata has more than 2048 octets in all, the key that is too much is \"key4\"");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ElementMetadata.decode(Octets.ofHex("52537056" + "410000" + "61".repeat(65))))
			.withMessageContaining("too long");
		StringBuilder tooMuch = new StringBuilder("52537056");
		for (int i = 0; i < 5; i++) {
			tooMuch.append("0101f4").append(Integer.toHexString(0x61 + i)).append("76".repeat(500));
		}
		assertThatIllegalArgumentException().isThrownBy(() -> ElementMetadata.decode(Octets.ofHex(tooMuch.toString())))
			.withMessageContaining("more than 2048");
	}

}
