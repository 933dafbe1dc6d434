package org.rserpool.transport;

import java.nio.ByteBuffer;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rserpool.runtime.UserMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the transport over SCTP sends between its own endpoints; needs no SCTP.
 */
class SctpEnvelopeTests {

	@Test
	void openerNamesItsAttempt() {
		assertThat(SctpEnvelope.opener(0xfffe)).isEqualTo(ByteBuffer.wrap(new byte[] { 0, 0, 0, 8, -1, -2, 0, 4 }));
		assertThat(SctpEnvelope.attempt(SctpEnvelope.opener(0xfffe))).isEqualTo(0xfffe);
		assertThat(SctpEnvelope.attempt(ByteBuffer.wrap(new byte[] { 1, 0, 0, 8, 0, 1, 0, 4 }))).isZero();
		assertThat(SctpEnvelope.attempt(ByteBuffer.allocate(3))).isZero();
	}

	@Test
	void openerIsDropped() throws ProtocolViolationException {
		assertThat(receive(new SctpAssembly(100), new UserMessage(SctpEnvelope.PROTOCOL, SctpEnvelope.opener(1))))
			.isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, SctpEnvelope.MAX_PART, SctpEnvelope.MAX_PART + 1, 100_000 })
	void partsMakeTheMessageAgain(int size) throws ProtocolViolationException {
		UserMessage message = new UserMessage(77, 3, true, TransportContractTests.pattern(size));
		List<UserMessage> parts = SctpEnvelope.parts(message);
		assertThat(parts).hasSize(Math.max(1, (size + SctpEnvelope.MAX_PART - 1) / SctpEnvelope.MAX_PART))
			.allMatch((part) -> part.payloadProtocol() == SctpEnvelope.PROTOCOL && part.stream() == 3
					&& !part.unordered());
		SctpAssembly assembly = new SctpAssembly(100_000);
		UserMessage received = null;
		for (UserMessage part : parts) {
			assertThat(received).isNull();
			received = receive(assembly, part);
		}
		assertThat(received).isEqualTo(message);
	}

	@Test
	void partsOfMessagesOnSeveralStreamsMayTakeTurns() throws ProtocolViolationException {
		SctpAssembly assembly = new SctpAssembly(100_000);
		List<UserMessage> one = SctpEnvelope
			.parts(new UserMessage(1, 1, false, TransportContractTests.pattern(20_000)));
		List<UserMessage> two = SctpEnvelope
			.parts(new UserMessage(2, 2, false, TransportContractTests.pattern(20_001)));
		assertThat(receive(assembly, one.get(0))).isNull();
		assertThat(receive(assembly, two.get(0))).isNull();
		assertThat(receive(assembly, one.get(1)))
			.isEqualTo(new UserMessage(1, 1, false, TransportContractTests.pattern(20_000)));
		assertThat(receive(assembly, two.get(1)))
			.isEqualTo(new UserMessage(2, 2, false, TransportContractTests.pattern(20_001)));
	}

	@Test
	void nothingLongerThanAMessageIsHeld() {
		SctpAssembly assembly = new SctpAssembly(30_000);
		List<UserMessage> parts = SctpEnvelope
			.parts(new UserMessage(1, 1, false, TransportContractTests.pattern(16_384)));
		assertThatExceptionOfType(ProtocolViolationException.class).isThrownBy(() -> {
			receive(assembly, new UserMessage(SctpEnvelope.PROTOCOL, 1, false, unfinished(parts.get(0))));
			receive(assembly, new UserMessage(SctpEnvelope.PROTOCOL, 2, false, unfinished(parts.get(0))));
		}).withMessageContaining("30000");
	}

	@Test
	void piecesOfTheKernelAreJoined() throws ProtocolViolationException {
		SctpAssembly assembly = new SctpAssembly(100);
		assertThat(assembly.receive(5, 1, false, false, ByteBuffer.wrap(new byte[] { 1, 2 }))).isNull();
		assertThat(assembly.receive(5, 1, false, true, ByteBuffer.wrap(new byte[] { 3 })))
			.isEqualTo(new UserMessage(5, 1, false, ByteBuffer.wrap(new byte[] { 1, 2, 3 })));
	}

	private static ByteBuffer unfinished(UserMessage part) {
		ByteBuffer data = ByteBuffer.allocate(part.data().remaining()).put(part.data().duplicate()).rewind();
		return data.put(1, (byte) 0);
	}

	private static UserMessage receive(SctpAssembly assembly, UserMessage message) throws ProtocolViolationException {
		return assembly.receive(message.payloadProtocol(), message.stream(), message.unordered(), true,
				message.data().duplicate());
	}

}
