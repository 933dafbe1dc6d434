package org.rserpool.registrar;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.registrar.RegistrarSnapshot.State;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.MulticastGroup;
import org.rserpool.runtime.MulticastListener;
import org.rserpool.runtime.MulticastSpecification;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.ServerAnnounce;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.Transport;
import org.rserpool.wire.TransportUse;
import org.rserpool.wire.WireCodec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What announcements say through which interface.
 */
class AnnouncementTests {

	private static final List<InetAddress> LOOPBACK = addresses("127.0.0.1", "::1");

	private static final List<InetAddress> ETHERNET = addresses("192.0.2.7", "2001:db8::7", "fe80::7");

	private final Surroundings surroundings = new Surroundings();

	@Test
	@Conformance({ "PR29", "PR30" })
	void tcpComesBeforeSctp() {
		open(TransportProtocol.SCTP, "192.0.2.7", "192.0.3.7");
		open(TransportProtocol.TCP, "192.0.2.7", "192.0.3.7");
		assertThat(announced(ETHERNET)).containsExactly(new Transport.Tcp(3863, address("192.0.2.7")),
				new Transport.Tcp(3863, address("192.0.3.7")),
				new Transport.Sctp(3863, TransportUse.DATA_ONLY, addresses("192.0.2.7", "192.0.3.7")));
	}

	@Test
	void aWildcardStandsForTheAddressesOfTheInterface() {
		open(TransportProtocol.TCP, "::");
		assertThat(announced(ETHERNET)).containsExactly(new Transport.Tcp(3863, address("192.0.2.7")),
				new Transport.Tcp(3863, address("2001:db8::7")));
		assertThat(announced(LOOPBACK)).containsExactly(new Transport.Tcp(3863, address("127.0.0.1")),
				new Transport.Tcp(3863, address("::1")));
	}

	@Test
	void anIpv4WildcardStandsForIpv4AddressesAlone() {
		open(TransportProtocol.TCP, "0.0.0.0");
		assertThat(announced(ETHERNET)).containsExactly(new Transport.Tcp(3863, address("192.0.2.7")));
	}

	@Test
	void aLoopbackAddressIsAnnouncedOnTheLoopbackInterfaceAlone() {
		open(TransportProtocol.TCP, "127.0.0.1");
		assertThat(announced(LOOPBACK)).containsExactly(new Transport.Tcp(3863, address("127.0.0.1")));
		assertThat(this.surroundings.datagram.apply(ETHERNET)).isNull();
	}

	private void open(TransportProtocol protocol, String... hosts) {
		this.surroundings.parts.asap()
			.open(new EndpointSpecification(protocol, Channel.ASAP,
					addresses(hosts).stream().map((host) -> new InetSocketAddress(host, 3863)).toList()));
	}

	private List<Transport> announced(List<InetAddress> interfaceAddresses) {
		if (!this.surroundings.parts.isRunning()) {
			this.surroundings.parts.announcements().start();
			this.surroundings.parts.become(State.RUNNING);
			this.surroundings.parts.announcements().begin();
		}
		ByteBuffer octets = this.surroundings.datagram.apply(interfaceAddresses);
		assertThat(octets).isNotNull();
		Decoded<AsapMessage> decoded = new WireCodec(Dialect.RFC).decodeAsap(octets);
		return ((ServerAnnounce) ((Decoded.Success<AsapMessage>) decoded).message()).transports();
	}

	private static List<InetAddress> addresses(String... hosts) {
		return List.of(hosts).stream().map(AnnouncementTests::address).toList();
	}

	private static InetAddress address(String host) {
		try {
			return InetAddress.getByName(host);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Takes what is sent, and does nothing else.
	 */
	private static final class Surroundings implements RoleRuntime {

		private final Parts parts = new Parts(this, RegistrarSettings.builder()
			.multicast(MulticastSettings
				.of(List.of(MulticastSpecification.everywhere(new InetSocketAddress("224.0.1.185", 3863))), List.of()))
			.build(), new RegistrarListener() {
			}, null);

		private Function<List<InetAddress>, @Nullable ByteBuffer> datagram = (addresses) -> null;

		@Override
		public long nanoTime() {
			return 0;
		}

		@Override
		public Timer schedule(Duration delay, Runnable task) {
			return () -> {
			};
		}

		@Override
		public RandomGenerator random() {
			return new SplittableRandom(1);
		}

		@Override
		public Endpoint open(EndpointSpecification specification, EndpointListener listener) {
			return new Listening(specification.protocol(), specification.local());
		}

		@Override
		public MulticastGroup join(MulticastSpecification specification, MulticastListener listener) {
			return new MulticastGroup() {

				@Override
				public void send(Function<List<InetAddress>, @Nullable ByteBuffer> sent) {
					Surroundings.this.datagram = sent;
				}

				@Override
				public void close() {
				}

			};
		}

	}

	/**
	 * An endpoint to which nobody comes.
	 *
	 * @param protocol the transport protocol
	 * @param localAddresses the addresses
	 */
	private record Listening(TransportProtocol protocol, List<InetSocketAddress> localAddresses) implements Endpoint {

		@Override
		public Association associate(List<InetSocketAddress> peer) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void stopListening() {
		}

		@Override
		public void close() {
		}

	}

}
