package org.rserpool.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * TCP keeps the contract of all transports.
 */
class TcpTransportTests extends TransportContractTests {

	private final List<Socket> bound = new ArrayList<>();

	TcpTransportTests() {
		super(TransportProtocol.TCP);
	}

	@AfterEach
	void freePorts() throws IOException {
		for (Socket socket : this.bound) {
			socket.close();
		}
	}

	/**
	 * Takes the port and does not listen, so that nobody else can. One that was listened
	 * at before would still accept, and then reset, until its loop goes round again.
	 */
	@Override
	InetSocketAddress freeAddress() {
		try {
			Socket socket = new Socket();
			this.bound.add(socket);
			socket.bind(new InetSocketAddress("127.0.0.1", 0));
			return new InetSocketAddress("127.0.0.1", socket.getLocalPort());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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

	/**
	 * An address whose queue of connections is full is as silent as one that cannot be
	 * reached.
	 */
	@Test
	void silentAddressesDoNotHoldUpOnesThatAnswer() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
			InetSocketAddress address = new InetSocketAddress("127.0.0.1", silent.getLocalPort());
			for (int i = 0; i < 3; i++) {
				fill(address);
			}
			InetSocketAddress peer = listen(Channel.SESSION);
			Association association = associate(Channel.SESSION, this.recorder, address, freeAddress(), address, peer);
			await().atMost(Duration.ofSeconds(20)).until(() -> this.recorder.kinds().contains("up"));
			assertThat(association.peerAddresses()).containsExactly(peer);
			assertThat(this.recorder.kinds()).containsExactly("up");
		}
	}

	private void fill(InetSocketAddress address) throws IOException {
		SocketChannel waiting = SocketChannel.open();
		waiting.configureBlocking(false);
		waiting.connect(address);
		this.bound.add(waiting.socket());
	}

}
