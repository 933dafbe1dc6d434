package org.rserpool.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.MulticastGroup;
import org.rserpool.runtime.MulticastSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MulticastSocketsTests {

	private static final List<String> LOOPBACK = List.of(MulticastSpecification.LOOPBACK);

	private final RoleLoop loop = RoleLoop.start("one");

	private final RoleLoop other = RoleLoop.start("other");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final int port = freePort();

	@BeforeEach
	void recordLog() {
		this.log.start();
		logger().addAppender(this.log);
	}

	@AfterEach
	void close() {
		logger().detachAppender(this.log);
		this.loop.close();
		this.other.close();
	}

	@Test
	void whatOneSendsAllHear() {
		Heard here = new Heard();
		Heard there = new Heard();
		MulticastGroup group = join(this.loop, "239.255.7.1", LOOPBACK, 0, here);
		join(this.other, "239.255.7.1", LOOPBACK, 0, there);
		send(group, "hello");
		await(() -> assertThat(there.texts()).containsExactly("hello"));
		await(() -> assertThat(here.texts()).containsExactly("hello"));
		assertThat(there.sources.get(0).getAddress().isLoopbackAddress()).isTrue();
	}

	@Test
	void whatIsSentToAnotherGroupIsNotHeard() {
		Heard here = new Heard();
		Heard there = new Heard();
		join(this.other, "239.255.7.2", LOOPBACK, 0, there);
		MulticastGroup foreign = join(this.loop, "239.255.7.3", LOOPBACK, 0, here);
		MulticastGroup group = join(this.loop, "239.255.7.2", LOOPBACK, 0, new Heard());
		send(foreign, "foreign");
		await(() -> assertThat(here.texts()).containsExactly("foreign"));
		send(group, "own");
		await(() -> assertThat(there.texts()).containsExactly("own"));
	}

	@Test
	void datagramsComeFromTheSourcePort() {
		Heard there = new Heard();
		int sourcePort = freePort();
		join(this.other, "239.255.7.4", LOOPBACK, 0, there);
		MulticastGroup group = join(this.loop, "239.255.7.4", LOOPBACK, sourcePort, new Heard());
		send(group, "hello");
		await(() -> assertThat(there.sources).extracting(InetSocketAddress::getPort).containsExactly(sourcePort));
	}

	@Test
	void theSourcePortMayBeThatOfTheGroup() {
		Heard there = new Heard();
		join(this.other, "239.255.7.5", LOOPBACK, this.port, there);
		MulticastGroup group = join(this.loop, "239.255.7.5", LOOPBACK, this.port, new Heard());
		send(group, "hello");
		await(() -> assertThat(there.sources).extracting(InetSocketAddress::getPort).containsExactly(this.port));
	}

	@Test
	void theDatagramIsMadeForEachInterface() throws Exception {
		List<List<InetAddress>> addresses = new CopyOnWriteArrayList<>();
		MulticastGroup group = join(this.loop, "239.255.7.6", List.of(MulticastSpecification.ALL), 0, new Heard());
		this.loop.call(() -> {
			group.send((each) -> {
				addresses.add(each);
				return null;
			});
			return true;
		});
		assertThat(addresses).hasSameSizeAs(
				Interfaces.matching(List.of(MulticastSpecification.ALL), InetAddress.getByName("239.255.7.6")));
		assertThat(addresses).anySatisfy((each) -> assertThat(each).anyMatch(InetAddress::isLoopbackAddress));
	}

	@Test
	void whoLeftHearsNothing() {
		Heard here = new Heard();
		Heard there = new Heard();
		MulticastGroup left = join(this.other, "239.255.7.7", LOOPBACK, 0, there);
		this.other.call(() -> {
			left.close();
			return true;
		});
		MulticastGroup group = join(this.loop, "239.255.7.7", LOOPBACK, 0, here);
		send(group, "hello");
		await(() -> assertThat(here.texts()).containsExactly("hello"));
		assertThat(there.texts()).isEmpty();
	}

	@Test
	void anInterfaceThatIsNotThereIsLoggedOnceAndHindersNoOther() {
		Heard there = new Heard();
		join(this.other, "239.255.7.8", LOOPBACK, 0, there);
		MulticastGroup group = join(this.loop, "239.255.7.8", List.of("nosuch0", MulticastSpecification.LOOPBACK), 0,
				new Heard());
		send(group, "one");
		send(group, "two");
		await(() -> assertThat(there.texts()).containsExactly("one", "two"));
		assertThat(this.log.list).filteredOn((event) -> event.getFormattedMessage().contains("interface nosuch0"))
			.hasSize(1)
			.allSatisfy((event) -> assertThat(event.getFormattedMessage()).contains("239.255.7.8:" + this.port)
				.contains("not there"));
	}

	@Test
	void aListenerThatFailsGoesOnHearing() {
		List<String> heard = new CopyOnWriteArrayList<>();
		MulticastGroup group = this.loop
			.call(() -> this.loop.join(specification("239.255.7.9", LOOPBACK, 0), (source, datagram) -> {
				heard.add(StandardCharsets.UTF_8.decode(datagram).toString());
				throw new IllegalStateException("on purpose");
			}));
		send(group, "one");
		send(group, "two");
		await(() -> assertThat(heard).containsExactly("one", "two"));
	}

	@Test
	void ipv6WorksWhereTheInterfaceDoes() throws Exception {
		NetworkInterface capable = Collections.list(NetworkInterface.getNetworkInterfaces())
			.stream()
			.filter(MulticastSocketsTests::hasIpv6)
			.findFirst()
			.orElse(null);
		Assumptions.assumeTrue(capable != null, "no interface but loopback has IPv6");
		Heard there = new Heard();
		join(this.other, "ff02::7:1", List.of(capable.getName()), 0, there);
		MulticastGroup group = join(this.loop, "ff02::7:1", List.of(capable.getName()), 0, new Heard());
		send(group, "hello");
		await(() -> assertThat(there.texts()).containsExactly("hello"));
	}

	@Test
	void aGroupIsJoinedOnTheLoopOnly() {
		assertThatIllegalStateException()
			.isThrownBy(() -> this.loop.join(specification("239.255.7.10", LOOPBACK, 0), (source, datagram) -> {
			}));
	}

	private static boolean hasIpv6(NetworkInterface each) {
		try {
			return each.isUp() && !each.isLoopback() && each.supportsMulticast() && each.inetAddresses()
				.anyMatch((address) -> address.isLinkLocalAddress() && address.getAddress().length == 16);
		}
		catch (SocketException ex) {
			return false;
		}
	}

	private MulticastSpecification specification(String group, List<String> interfaces, int sourcePort) {
		return new MulticastSpecification(new InetSocketAddress(group, this.port), interfaces, 1, sourcePort);
	}

	private MulticastGroup join(RoleLoop at, String group, List<String> interfaces, int sourcePort, Heard heard) {
		return at.call(() -> at.join(specification(group, interfaces, sourcePort), heard::add));
	}

	private void send(MulticastGroup group, String text) {
		this.loop.call(() -> {
			group.send((addresses) -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
			return true;
		});
	}

	private static void await(org.awaitility.core.ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(assertion);
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(MulticastSockets.class);
	}

	private static int freePort() {
		try (java.net.DatagramSocket socket = new java.net.DatagramSocket()) {
			return socket.getLocalPort();
		}
		catch (SocketException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What was heard.
	 */
	private static final class Heard {

		private final List<String> texts = new CopyOnWriteArrayList<>();

		private final List<InetSocketAddress> sources = new CopyOnWriteArrayList<>();

		private void add(InetSocketAddress source, ByteBuffer datagram) {
			this.sources.add(source);
			this.texts.add(StandardCharsets.UTF_8.decode(datagram).toString());
		}

		private List<String> texts() {
			return this.texts;
		}

	}

}
