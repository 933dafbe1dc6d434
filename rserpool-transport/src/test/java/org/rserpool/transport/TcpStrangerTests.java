package org.rserpool.transport;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Peers that are no peers, or that fall silent, on plain sockets.
 */
class TcpStrangerTests {

	private static final byte[] GREETING = { 'R', 'S', 'P', 'S', 1, 0, 0, 0 };

	private RoleLoop loop;

	private Recorder recorder;

	@BeforeEach
	void startLoop() {
		start(TransportSettings.defaults().withGreetingTimeout(Duration.ofSeconds(20)));
	}

	@AfterEach
	void closeLoop() {
		this.loop.close();
	}

	@Test
	void strangerThatConnectsToSessionIsRefusedAndNotTold() throws IOException {
		InetSocketAddress address = listen(Channel.SESSION);
		try (Socket socket = connect(address)) {
			socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(readUntilEnd(socket)).isEmpty();
		}
		try (Socket socket = connect(address)) {
			socket.getOutputStream().write(GREETING);
			await().until(() -> this.recorder.kinds().contains("up"));
		}
		await().until(() -> this.recorder.kinds().contains("down"));
		assertThat(this.recorder.kinds()).containsExactly("up", "down");
	}

	@Test
	void peerThatIsStrangerIsNamedAndMessagesReturn() throws IOException {
		try (ServerSocket server = server()) {
			Association association = associate(server);
			this.recorder.calling(() -> association.send(new UserMessage(1, ByteBuffer.allocate(100))));
			try (Socket socket = server.accept()) {
				byte[] greeting = new byte[GREETING.length];
				new DataInputStream(socket.getInputStream()).readFully(greeting);
				assertThat(greeting).isEqualTo(GREETING);
				socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
				assertThat(readUntilEnd(socket)).isEmpty();
			}
			await().until(() -> this.recorder.kinds().contains("down"));
			assertThat(this.recorder.kinds()).containsExactly("sendFailed", "down");
			Recorder.Event down = this.recorder.events("down").get(0);
			assertThat(down.reason()).isEqualTo(DownReason.PROTOCOL_VIOLATION);
			assertThat(down.detail()).isEqualTo("127.0.0.1:" + server.getLocalPort()
					+ " does not speak the session protocol: it began with 0x48545450");
		}
	}

	@Test
	void earlyMessageFollowsTheGreetingAndDoesNotReturn() throws IOException {
		try (ServerSocket server = server()) {
			Association association = associate(server);
			UserMessage other = new UserMessage(1, ByteBuffer.allocate(100));
			this.recorder.calling(() -> {
				association.send(other);
				association.send(new UserMessage(2, 3, false, true, ByteBuffer.wrap(new byte[] { 5, 6, 7 })));
			});
			try (Socket socket = server.accept()) {
				byte[] read = new byte[GREETING.length + 12 + 3];
				new DataInputStream(socket.getInputStream()).readFully(read);
				assertThat(read).startsWith(GREETING).endsWith(5, 6, 7);
				assertThat(this.recorder.kinds()).isEmpty();
			}
			await().until(() -> this.recorder.kinds().contains("down"));
			assertThat(this.recorder.messages("sendFailed")).containsExactly(other);
			assertThat(this.recorder.events("down").get(0).reason()).isEqualTo(DownReason.CANNOT_START);
		}
	}

	@Test
	void endInOrderWaitsForThePeerThatWasSentAnEarlyMessage() throws IOException {
		try (ServerSocket server = server()) {
			Association association = associate(server);
			this.recorder.calling(() -> association.send(new UserMessage(2, 0, false, true, ByteBuffer.allocate(3))));
			try (Socket socket = server.accept()) {
				new DataInputStream(socket.getInputStream()).readFully(new byte[GREETING.length + 12 + 3]);
				this.recorder.calling(association::shutdown);
				this.recorder.calling(() -> {
				});
				socket.getOutputStream().write(GREETING);
				assertThat(readUntilEnd(socket)).isEmpty();
			}
			await().until(() -> this.recorder.kinds().contains("down"));
			assertThat(this.recorder.kinds()).containsExactly("up", "down");
			assertThat(this.recorder.events("down").get(0).reason()).isEqualTo(DownReason.SHUTDOWN);
		}
	}

	@Test
	void probeIsUpWithoutAWordAndEndsInOrderWhateverThePeerSpeaks() throws IOException {
		try (ServerSocket server = server()) {
			Association[] association = new Association[1];
			this.recorder.calling(() -> association[0] = this.loop
				.open(EndpointSpecification.connecting(TransportProtocol.TCP, Channel.PROBE), this.recorder)
				.associate(List.of((InetSocketAddress) server.getLocalSocketAddress())));
			try (Socket socket = server.accept()) {
				socket.getOutputStream().write("220 ready\r\n".getBytes(StandardCharsets.US_ASCII));
				await().until(() -> this.recorder.kinds().contains("up"));
				assertThat(this.loop.associations(10)).isEmpty();
				this.recorder.calling(association[0]::shutdown);
				assertThat(readUntilEnd(socket)).isEmpty();
			}
			await().until(() -> this.recorder.kinds().contains("down"));
			assertThat(this.recorder.kinds()).containsExactly("up", "down");
			assertThat(this.recorder.events("down").get(0).reason()).isEqualTo(DownReason.SHUTDOWN);
		}
	}

	@Test
	void peerOfAnotherVersionIsNamed() throws IOException {
		try (ServerSocket server = server()) {
			associate(server);
			try (Socket socket = server.accept()) {
				socket.getOutputStream().write(new byte[] { 'R', 'S', 'P', 'S', 2 });
				readUntilEnd(socket);
			}
			await().until(() -> this.recorder.kinds().contains("down"));
			assertThat(this.recorder.events("down").get(0).detail()).contains("version 2", "not version 1");
		}
	}

	@Test
	void peerThatSaysNothingCannotStart() throws IOException {
		closeLoop();
		start(TransportSettings.defaults().withGreetingTimeout(Duration.ofMillis(50)));
		try (ServerSocket server = server()) {
			associate(server);
			await().until(() -> this.recorder.kinds().contains("down"));
			Recorder.Event down = this.recorder.events("down").get(0);
			assertThat(down.reason()).isEqualTo(DownReason.CANNOT_START);
			assertThat(down.detail()).contains("127.0.0.1:" + server.getLocalPort(), "within 50 ms");
		}
	}

	@Test
	void strangerThatSaysNothingIsDisconnected() throws IOException {
		closeLoop();
		start(TransportSettings.defaults().withGreetingTimeout(Duration.ofMillis(50)));
		try (Socket socket = connect(listen(Channel.SESSION))) {
			assertThat(readUntilEnd(socket)).isEmpty();
		}
		assertThat(this.recorder.kinds()).isEmpty();
	}

	@Test
	void peerThatGreetsIsUpBeforeItIsAnswered() throws IOException {
		try (Socket socket = connect(listen(Channel.SESSION))) {
			socket.getOutputStream().write(GREETING);
			byte[] greeting = new byte[GREETING.length];
			new DataInputStream(socket.getInputStream()).readFully(greeting);
			assertThat(greeting).isEqualTo(GREETING);
			this.recorder.calling(() -> {
			});
			assertThat(this.recorder.kinds()).containsExactly("up");
		}
	}

	@Test
	void messagesInPiecesAreJoined() throws IOException {
		try (Socket socket = connect(listen(Channel.SESSION))) {
			ByteBuffer octets = ByteBuffer.allocate(100);
			octets.put(GREETING);
			octets.putInt(3).putInt(7).putShort((short) 2).put((byte) 1).put((byte) 0).put(new byte[] { 5, 6, 7 });
			octets.putInt(0).putInt(8).putShort((short) 0).put((byte) 0).put((byte) 0);
			OutputStream out = socket.getOutputStream();
			for (int index = 0; index < octets.position(); index++) {
				out.write(octets.get(index));
				out.flush();
			}
			await().until(() -> this.recorder.events("message").size() == 2);
		}
		assertThat(this.recorder.messages("message")).containsExactly(
				new UserMessage(7, 2, true, ByteBuffer.wrap(new byte[] { 5, 6, 7 })),
				new UserMessage(8, ByteBuffer.allocate(0)));
	}

	@Test
	void messagesInOnePieceAreParted() throws IOException {
		try (Socket socket = connect(listen(Channel.ASAP))) {
			byte[] octets = { 1, 0, 0, 5, 9, 0, 0, 0, 2, 0, 0, 4, 3, 0, 0, 8, 1, 2, 3, 4, 4, 0 };
			socket.getOutputStream().write(octets);
			await().until(() -> this.recorder.events("message").size() == 3);
			assertThat(this.recorder.messages("message")).extracting((message) -> message.data().remaining())
				.containsExactly(8, 4, 8);
		}
	}

	@Test
	void lengthThatCannotBeEndsTheAssociation() throws IOException {
		try (Socket socket = connect(listen(Channel.ENRP))) {
			socket.getOutputStream().write(new byte[] { 1, 0, 0, 3, 1, 0, 0, 4 });
			readUntilEnd(socket);
		}
		await().until(() -> this.recorder.kinds().contains("down"));
		assertThat(this.recorder.kinds()).containsExactly("up", "down");
		Recorder.Event down = this.recorder.events("down").get(0);
		assertThat(down.reason()).isEqualTo(DownReason.PROTOCOL_VIOLATION);
		assertThat(down.detail()).contains("127.0.0.1:", "0x01000003", "length of 3");
	}

	@Test
	void lengthOverTheLimitEndsTheAssociation() throws IOException {
		try (Socket socket = connect(listen(Channel.SESSION))) {
			socket.getOutputStream().write(GREETING);
			socket.getOutputStream().write(new byte[] { -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0 });
			readUntilEnd(socket);
		}
		await().until(() -> this.recorder.kinds().contains("down"));
		assertThat(this.recorder.events("down").get(0).detail()).contains("4294967295");
	}

	@Test
	void messageThatPeerReadIsNeverReportedAsUnsent() throws IOException {
		closeLoop();
		start(TransportSettings.defaults().withShutdownTimeout(Duration.ofMillis(200)).withHighWaterMark(64 << 20));
		int size = 30_000;
		int count = 1000;
		try (ServerSocket server = server()) {
			Association association = associate(server);
			try (Socket socket = server.accept()) {
				socket.getOutputStream().write(GREETING);
				await().until(() -> this.recorder.kinds().contains("up"));
				this.recorder.calling(() -> {
					for (int number = 0; number < count; number++) {
						assertThat(association.send(new UserMessage(number, ByteBuffer.allocate(size))))
							.isEqualTo(SendResult.QUEUED);
					}
					association.shutdown();
				});
				DataInputStream in = new DataInputStream(socket.getInputStream());
				in.readFully(new byte[GREETING.length]);
				int read = 0;
				while (read < 20) {
					in.readFully(new byte[12 + size]);
					read++;
				}
				await().until(() -> this.recorder.kinds().contains("down"));
				List<UserMessage> failed = this.recorder.messages("sendFailed");
				assertThat(failed).hasSizeBetween(1, count - read);
				assertThat(failed).extracting(UserMessage::payloadProtocol)
					.startsWith(count - failed.size())
					.endsWith(count - 1)
					.isSorted();
				assertThat(this.recorder.kinds()).endsWith("sendFailed", "down");
				assertThat(this.recorder.events("down").get(0).reason()).isEqualTo(DownReason.ABORTED);
			}
		}
	}

	@Test
	void peerThatEndsItsProcessEndsTheAssociationInOrder() throws IOException {
		try (ServerSocket server = server()) {
			associate(server);
			try (Socket socket = server.accept()) {
				socket.getOutputStream().write(GREETING);
				new DataInputStream(socket.getInputStream()).readFully(new byte[GREETING.length]);
				await().until(() -> this.recorder.kinds().contains("up"));
			}
			await().until(() -> this.recorder.kinds().contains("down"));
			assertThat(this.recorder.events("down").get(0).reason()).isEqualTo(DownReason.SHUTDOWN);
		}
	}

	@Test
	void peerThatResetsAbortsTheAssociation() throws IOException {
		try (ServerSocket server = server()) {
			associate(server);
			try (Socket socket = server.accept()) {
				socket.getOutputStream().write(GREETING);
				await().until(() -> this.recorder.kinds().contains("up"));
				socket.setSoLinger(true, 0);
			}
			await().until(() -> this.recorder.kinds().contains("down"));
			assertThat(this.recorder.events("down").get(0).reason()).isEqualTo(DownReason.ABORTED);
		}
	}

	private void start(TransportSettings settings) {
		this.loop = RoleLoop.start("stranger tests", settings);
		this.recorder = new Recorder(this.loop);
	}

	private InetSocketAddress listen(Channel channel) {
		return this.loop.call(() -> this.loop.open(
				EndpointSpecification.listening(TransportProtocol.TCP, channel, new InetSocketAddress("127.0.0.1", 0)),
				this.recorder))
			.localAddresses()
			.get(0);
	}

	private Association associate(ServerSocket server) {
		return this.loop.call(() -> this.loop
			.open(EndpointSpecification.connecting(TransportProtocol.TCP, Channel.SESSION), this.recorder)
			.associate(List.of(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()))));
	}

	private static ServerSocket server() throws IOException {
		return new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
	}

	private static Socket connect(InetSocketAddress address) throws IOException {
		Socket socket = new Socket(address.getAddress(), address.getPort());
		socket.setSoTimeout(20_000);
		return socket;
	}

	private static byte[] readUntilEnd(Socket socket) throws IOException {
		byte[] octets = new byte[100];
		int count = 0;
		try {
			int read = socket.getInputStream().read(octets, count, octets.length - count);
			while (read > 0) {
				count += read;
				read = socket.getInputStream().read(octets, count, octets.length - count);
			}
		}
		catch (SocketException ex) {
			assertThat(ex).hasMessageContaining("reset");
		}
		return Arrays.copyOf(octets, count);
	}

}
