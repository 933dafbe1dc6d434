package org.rserpool.transport;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * TCP keeps the contract of all transports.
 */
class TcpTransportTests extends TransportContractTests {

	TcpTransportTests() {
		super(TransportProtocol.TCP);
	}

	@Test
	void controlChannelTakesOnlyItsOwnProtocol() {
		Association association = associate(Channel.ASAP, this.recorder, listen(Channel.ASAP));
		assertThatIllegalArgumentException().isThrownBy(() -> send(association, control(UserMessage.ENRP, 8)))
			.withMessageContaining("12")
			.withMessageContaining("ASAP (11)");
	}

	@Test
	void controlMessageWithWrongLengthIsRejected() {
		Association association = associate(Channel.ASAP, this.recorder, listen(Channel.ASAP));
		UserMessage message = control(UserMessage.ASAP, 8);
		message.data().putShort(2, (short) 16);
		assertThatIllegalArgumentException().isThrownBy(() -> send(association, message))
			.withMessageContaining("8 octets with a length field of 16");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> send(association, new UserMessage(UserMessage.ASAP, ByteBuffer.allocate(3))));
	}

}
