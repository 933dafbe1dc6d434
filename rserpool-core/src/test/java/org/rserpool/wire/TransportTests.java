package org.rserpool.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.rserpool.Conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Transports and addresses on the wire.
 */
class TransportTests {

	private static final String ADDRESS = "00010008c000020a";

	private static final String ADDRESS6 = "0002001420010db8000000000000000000000010";

	@Test
	@Conformance({ "C17", "C18", "C19", "PE42" })
	void transportsAreWrittenAsTheRfcSays() {
		assertThat(written(new Transport.Dccp(1, 0x53433a52, Wire.address("192.0.2.10"))))
			.isEqualTo("000300140001000053433a52" + ADDRESS);
		assertThat(written(new Transport.Sctp(0x1388, TransportUse.DATA_PLUS_CONTROL,
				List.of(Wire.address("2001:db8::10"), Wire.address("192.0.2.10")))))
			.isEqualTo("0004002413880001" + ADDRESS6 + ADDRESS);
		assertThat(written(new Transport.Tcp(80, Wire.address("2001:db8::10"))))
			.isEqualTo("0005001c00500000" + ADDRESS6);
		assertThat(written(new Transport.Udp(53, Wire.address("192.0.2.10")))).isEqualTo("0006001000350000" + ADDRESS);
		assertThat(written(new Transport.UdpLite(53, Wire.address("192.0.2.10"))))
			.isEqualTo("0007001000350000" + ADDRESS);
		assertThat(written(new Transport.Opaque(Octets.ofHex("01020304")))).isEqualTo("0010000801020304");
	}

	@ParameterizedTest
	@ValueSource(strings = { "000300140001000053433a52" + ADDRESS, "0004002413880001" + ADDRESS6 + ADDRESS,
			"0005001c00500000" + ADDRESS6, "0006001000350000" + ADDRESS, "0007001000350000" + ADDRESS,
			"0010000801020304", "00100004" })
	@Conformance({ "C17", "C18" })
	void transportsAreReadAsTheyAreWritten(String hex) {
		assertThat(written(read(hex))).isEqualTo(hex);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0002", "00ff", "ffff" })
	@Conformance("C16")
	void transportUseIs0Or1(String use) {
		String transport = "000400101388" + use + ADDRESS;
		Wire.assertInvalid(Wire.RFC.decodeAsap(registration(transport)), "transport use", transport);
		AsapMessage.Registration lenient = (AsapMessage.Registration) Wire
			.message(Wire.RSPLIB.decodeAsap(registration(transport)));
		assertThat(lenient.element().userTransport())
			.isEqualTo(new Transport.Sctp(0x1388, TransportUse.DATA_ONLY, List.of(Wire.address("192.0.2.10"))));
	}

	@Test
	@Conformance("C19")
	void useOfTcpIsReservedInTheRfcAndReadFromTheReferenceImplementation() {
		String transport = "0005001000500001" + ADDRESS;
		assertThat(read(transport)).isEqualTo(new Transport.Tcp(80, Wire.address("192.0.2.10")));
		Transport.Tcp tcp = new Transport.Tcp(80, TransportUse.DATA_PLUS_CONTROL, Wire.address("192.0.2.10"));
		AsapMessage.Registration lenient = (AsapMessage.Registration) Wire
			.message(Wire.RSPLIB.decodeAsap(registration(transport)));
		assertThat(lenient.element().userTransport()).isEqualTo(tcp);
		assertThat(written(tcp)).isEqualTo("0005001000500000" + ADDRESS);
		assertThat(Wire.hex(Wire.RSPLIB.encode(lenient))).contains(transport);
	}

	@Test
	@Conformance("C17")
	void sctpTransportHasOneToSixtyFourAddresses() {
		Wire.assertInvalid(Wire.RFC.decodeAsap(registration("0004000813880000")), "no address", "0004000813880000");
		assertThat(((Transport.Sctp) read("0004020813880000" + ADDRESS.repeat(64))).addresses()).hasSize(64);
		String many = "0004021013880000" + ADDRESS.repeat(65);
		Wire.assertInvalid(Wire.RFC.decodeAsap(registration(many)), "more than 64 addresses", many);
		Transport transport = new Transport.Sctp(1, TransportUse.DATA_ONLY,
				Collections.nCopies(65, Wire.address("192.0.2.10")));
		assertThatIllegalArgumentException().isThrownBy(() -> written(transport)).withMessageContaining("65 addresses");
	}

	@ParameterizedTest
	@CsvSource({ "0003000c0001000053433a52, ''", "0003001c0001000053433a52, " + ADDRESS + ADDRESS,
			"0005000800500000, ''", "0005001800500000, " + ADDRESS + ADDRESS, "0006000800350000, ''",
			"0006001800350000, " + ADDRESS + ADDRESS, "0007000800350000, ''",
			"0007001800350000, " + ADDRESS + ADDRESS })
	@Conformance("C18")
	void otherTransportsHaveExactlyOneAddress(String start, String addresses) {
		Wire.assertInvalid(Wire.RFC.decodeAsap(registration(start + addresses)), "exactly one address",
				start + addresses);
	}

	@ParameterizedTest
	@ValueSource(strings = { "0001000cc000020a00000000", "00010004", "000200080000000a" })
	@Conformance("C30")
	void addressOfAnotherLengthIsReported(String address) {
		String transport = String.format("0004%04x13880000", 8 + address.length() / 2) + address;
		Wire.assertInvalid(Wire.RFC.decodeAsap(registration(transport)), "its value has", address);
	}

	@ParameterizedTest
	@ValueSource(strings = { "00030008138800ff", "00040004", "00050004" })
	@Conformance("C30")
	void transportCutShortIsReported(String transport) {
		Wire.assertInvalid(Wire.RFC.decodeAsap(registration(transport)), "its fixed fields need", transport);
	}

	@Test
	void ipv4MappedAddressIsReadAndWrittenAsIpv4() throws Exception {
		String mapped = "0004001c13880000" + "0002001400000000000000000000ffffc000020a";
		assertThat(read(mapped)).isEqualTo(read("0004001013880000" + ADDRESS));
		byte[] octets = Octets.ofHex("00000000000000000000ffffc000020a").toArray();
		assertThat(written(new Transport.Udp(53, Inet6Address.getByAddress(null, octets, 1))))
			.isEqualTo("0006001000350000" + ADDRESS);
	}

	@Test
	void scopeOfAnAddressIsNotWritten() throws Exception {
		byte[] octets = Octets.ofHex("20010db8000000000000000000000010").toArray();
		assertThat(written(new Transport.Udp(53, Inet6Address.getByAddress(null, octets, 3))))
			.isEqualTo("0006001c00350000" + ADDRESS6);
	}

	@ParameterizedTest
	@ValueSource(ints = { -1, 65536 })
	void portHas16Bits(int port) {
		InetAddress address = Wire.address("192.0.2.10");
		String message = "Port " + port + " is not in the range 0 to 65535";
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Transport.Sctp(port, TransportUse.DATA_ONLY, List.of(address)))
			.withMessage(message);
		assertThatIllegalArgumentException().isThrownBy(() -> new Transport.Tcp(port, address)).withMessage(message);
		assertThatIllegalArgumentException().isThrownBy(() -> new Transport.Udp(port, address)).withMessage(message);
		assertThatIllegalArgumentException().isThrownBy(() -> new Transport.UdpLite(port, address))
			.withMessage(message);
		assertThatIllegalArgumentException().isThrownBy(() -> new Transport.Dccp(port, 0, address))
			.withMessage(message);
	}

	@Test
	@Conformance("C17")
	void sctpTransportWithoutAddressCannotBeMade() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Transport.Sctp(1, TransportUse.DATA_ONLY, List.of()))
			.withMessage("An SCTP transport needs at least one address");
	}

	private static ByteBuffer registration(String transport) {
		String element = transport + "0008000800000001";
		String body = "0009000c4563686f506f6f6c" + String.format("000a%04x", 16 + element.length() / 2)
				+ "12345678000000000000003c" + element;
		return Wire.octets(String.format("0100%04x", 4 + body.length() / 2) + body);
	}

	private static Transport read(String hex) {
		AsapMessage message = Wire.message(Wire.RFC.decodeAsap(registration(hex)));
		return ((AsapMessage.Registration) message).element().userTransport();
	}

	private static String written(Transport transport) {
		String hex = Wire.hex(Wire.RFC.encode(new AsapMessage.Registration(PoolHandle.of("EchoPool"),
				new PoolElement(1, 2, 3000, transport, MemberSelectionPolicy.ROUND_ROBIN, null))));
		return hex.substring(64, hex.length() - 16);
	}

}
