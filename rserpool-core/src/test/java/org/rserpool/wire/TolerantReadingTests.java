package org.rserpool.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.rserpool.Conformance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read although it is not what we would write.
 */
class TolerantReadingTests {

	private static final AsapMessage ECHO1 = new AsapMessage.HandleResolution(false, PoolHandle.of("Echo1"), null);

	@ParameterizedTest
	@ValueSource(strings = { "0500000d000900094563686f31000000", "05000010000900094563686f31000000",
			"0500000d000900094563686f31", "0500000d000900094563686f3100", "0500000e000900094563686f31000000",
			"05000010000900094563686f31000000000000" })
	@Conformance({ "C5", "C6" })
	void finalPaddingMayCountOrNotOrLack(String hex) {
		assertThat(Wire.asap(hex)).isEqualTo(ECHO1);
		assertThat(Wire.message(Wire.RSPLIB.decodeAsap(Wire.octets(hex)))).isEqualTo(ECHO1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0500000d000900094563686f31ffffff", "05000010000900094563686f31ffffff",
			"05000018000900094563686f31deadbe803f0008ffffffff" })
	@Conformance({ "C4", "C7" })
	void contentOfPaddingIsIgnored(String hex) {
		AsapMessage.HandleResolution resolution = (AsapMessage.HandleResolution) Wire.asap(hex);
		assertThat(resolution.poolHandle()).isEqualTo(PoolHandle.of("Echo1"));
	}

	@ParameterizedTest
	@CsvSource({ "05fe0010 0009000c4563686f506f6f6c, false", "05ff0010 0009000c4563686f506f6f6c, true" })
	@Conformance("C8")
	void undefinedFlagsAreIgnored(String hex, boolean subscribe) {
		assertThat(Wire.asap(hex))
			.isEqualTo(new AsapMessage.HandleResolution(subscribe, PoolHandle.of("EchoPool"), null));
	}

	@Test
	@Conformance("C8")
	void undefinedFlagsOfEnrpAreIgnoredAndWrittenAs0() {
		EnrpMessage message = Wire.enrp("05ff000c0000000100000002");
		assertThat(message).isEqualTo(new EnrpMessage.ListRequest(1, 2));
		assertThat(Wire.hex(Wire.RFC.encode(message))).isEqualTo("0500000c0000000100000002");
		assertThat(Wire.enrp("03fc000c0000000100000002"))
			.isEqualTo(new EnrpMessage.HandleTableResponse(false, false, 1, 2, List.of()));
	}

	@Test
	void parametersMayComeInAnyOrder() {
		assertThat(Wire.asap("02000018 000e000812345678 0009000c4563686f506f6f6c"))
			.isEqualTo(new AsapMessage.Deregistration(PoolHandle.of("EchoPool"), 0x12345678));
		String header = "01000038 0009000c4563686f506f6f6c 000a0028 12345678 00000000 0000003c ";
		assertThat(Wire.asap(header + "0008000800000001 00060010 00350000 00010008c000020a"))
			.isEqualTo(Wire.asap(header + "00060010 00350000 00010008c000020a 0008000800000001"));
	}

	@Test
	void knownParameterThatIsNotExpectedIsIgnored() {
		assertThat(Wire.asap("05000020 000d0008abcdef01 000e000812345678 0009000c4563686f506f6f6c"))
			.isEqualTo(new AsapMessage.HandleResolution(false, PoolHandle.of("EchoPool"), null));
	}

	@Test
	void handleTableMayRepeatAPool() {
		String element = "000a0028 12345678 00000000 0000003c 00060010 00350000 00010008c000020a 0008000800000001";
		EnrpMessage.HandleTableResponse response = (EnrpMessage.HandleTableResponse) Wire
			.enrp("03000094 00000001 00000002 0009000541000000" + element + element + "0009000541000000" + element);
		assertThat(response.pools()).hasSize(2);
		assertThat(response.pools().get(0).elements()).hasSize(2);
		assertThat(response.pools().get(1).poolHandle()).isEqualTo(PoolHandle.of("A"));
	}

	@Test
	void positionAndOrderOfTheBufferDoNotMatterAndStay() {
		ByteBuffer buffer = Wire.octets("ffffff 0500000d000900094563686f31000000 ff").order(ByteOrder.LITTLE_ENDIAN);
		buffer.position(3).limit(19);
		assertThat(Wire.message(Wire.RFC.decodeAsap(buffer))).isEqualTo(ECHO1);
		assertThat(buffer.position()).isEqualTo(3);
		assertThat(buffer.limit()).isEqualTo(19);
		assertThat(buffer.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
	}

	@Test
	void readOnlyAndDirectBuffersAreRead() {
		ByteBuffer octets = Wire.octets("0500000d000900094563686f31000000");
		assertThat(Wire.message(Wire.RFC.decodeAsap(octets.asReadOnlyBuffer()))).isEqualTo(ECHO1);
		assertThat(Wire.message(Wire.RFC.decodeAsap(ByteBuffer.allocateDirect(16).put(octets).flip())))
			.isEqualTo(ECHO1);
	}

}
