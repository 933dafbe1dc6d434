package org.rserpool.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rserpool.runtime.NameResolution;

import static org.assertj.core.api.Assertions.assertThat;

class SystemNamesTests {

	private final DnsServer server = new DnsServer();

	private SystemNames names;

	@BeforeEach
	void start() {
		this.names = new SystemNames("test", Runnable::run, "dns://127.0.0.1:" + this.server.port());
	}

	@AfterEach
	void stop() {
		this.names.close();
		this.server.close();
	}

	@Test
	void aHostStandsForItsAddresses() throws Exception {
		NameResolution resolution = resolve(InetSocketAddress.createUnresolved("localhost", 3863));
		assertThat(resolution.addresses()).contains(new InetSocketAddress(InetAddress.getLoopbackAddress(), 3863));
	}

	@Test
	void aHostThatIsUnknownIsAFailure() throws Exception {
		NameResolution resolution = resolve(InetSocketAddress.createUnresolved("registrar.invalid", 3863));
		assertThat(resolution.failure()).isEqualTo("the host name does not resolve");
	}

	@Test
	void aServiceStandsForItsHostsAndPorts() throws Exception {
		this.server.answers = List.of(new Record(10, 4000, "localhost"), new Record(20, 4001, "localhost"),
				new Record(0, 4002, "registrar.invalid"));
		NameResolution resolution = resolve(service());
		assertThat(resolution.addresses()).extracting(InetSocketAddress::getPort).contains(4000, 4001);
		assertThat(resolution.addresses()).extracting(InetSocketAddress::getAddress)
			.contains(InetAddress.getLoopbackAddress());
		assertThat(this.server.asked).isEqualTo("_asap-tcp._tcp.example.org");
	}

	@Test
	void aServiceThatIsUnknownIsAFailure() throws Exception {
		this.server.errorCode = 3;
		assertThat(resolve(service()).failure()).isEqualTo("the DNS knows no such service");
	}

	@Test
	void aServiceWithoutHostsIsAFailure() throws Exception {
		assertThat(resolve(service()).failure()).isEqualTo("the DNS knows no host of this service");
	}

	@Test
	void aServerThatFailsIsAFailure() throws Exception {
		this.server.errorCode = 2;
		assertThat(resolve(service()).failure()).startsWith("the DNS did not answer");
	}

	@Test
	void theLoopIsNotBlocked() throws Exception {
		RoleLoop loop = RoleLoop.start("names");
		try {
			CompletableFuture<Boolean> toldOnTheLoop = new CompletableFuture<>();
			loop.call(() -> {
				loop.resolve(InetSocketAddress.createUnresolved("localhost", 1),
						(resolution) -> toldOnTheLoop.complete(loop.inLoop()));
				assertThat(toldOnTheLoop).isNotDone();
				return true;
			});
			assertThat(toldOnTheLoop.get(10, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			loop.close();
		}
	}

	private static InetSocketAddress service() {
		return InetSocketAddress.createUnresolved("_asap-tcp._tcp.example.org", 0);
	}

	private NameResolution resolve(InetSocketAddress name) throws Exception {
		CompletableFuture<NameResolution> outcome = new CompletableFuture<>();
		this.names.resolve(name, outcome::complete);
		return outcome.get(20, TimeUnit.SECONDS);
	}

	/**
	 * A host that gives a service.
	 *
	 * @param priority its priority
	 * @param port its port
	 * @param host its name
	 */
	private record Record(int priority, int port, String host) {
	}

	/**
	 * A DNS server that knows one service.
	 */
	private static final class DnsServer {

		private static final int SRV = 33;

		private final DatagramSocket socket = open();

		private volatile List<Record> answers = List.of();

		private volatile int errorCode;

		private volatile String asked = "";

		private DnsServer() {
			Thread thread = new Thread(this::serve, "dns");
			thread.setDaemon(true);
			thread.start();
		}

		private static DatagramSocket open() {
			try {
				return new DatagramSocket(0, InetAddress.getLoopbackAddress());
			}
			catch (SocketException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private int port() {
			return this.socket.getLocalPort();
		}

		private void close() {
			this.socket.close();
		}

		private void serve() {
			DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
			while (!this.socket.isClosed()) {
				try {
					packet.setLength(1500);
					this.socket.receive(packet);
					byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
					this.socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
				}
				catch (IOException ex) {
					assertThat(this.socket.isClosed()).isTrue();
				}
			}
		}

		private byte[] answer(ByteBuffer query) {
			int end = 12;
			StringBuilder name = new StringBuilder();
			while (query.get(end) != 0) {
				byte[] label = new byte[query.get(end)];
				query.get(end + 1, label);
				name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
				end += label.length + 1;
			}
			this.asked = name.toString();
			byte[] question = new byte[end + 5 - 12];
			query.get(12, question);
			ByteBuffer answer = ByteBuffer.allocate(1500);
			answer.putShort(query.getShort(0)).putShort((short) (0x8580 | this.errorCode)).putShort((short) 1);
			answer.putShort((short) this.answers.size()).putInt(0).put(question);
			for (Record each : this.answers) {
				byte[] host = name(each.host());
				answer.putShort((short) 0xc00c).putShort((short) SRV).putShort((short) 1).putInt(60);
				answer.putShort((short) (6 + host.length)).putShort((short) each.priority()).putShort((short) 1);
				answer.putShort((short) each.port()).put(host);
			}
			byte[] octets = new byte[answer.position()];
			answer.get(0, octets);
			return octets;
		}

		private static byte[] name(String host) {
			ByteBuffer octets = ByteBuffer.allocate(host.length() + 2);
			for (String label : host.split("\\.")) {
				octets.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
			}
			octets.put((byte) 0);
			return octets.array();
		}

	}

}
