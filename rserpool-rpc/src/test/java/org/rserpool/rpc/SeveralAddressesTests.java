package org.rserpool.rpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.rserpool.Goal;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.session.ElementAddresses;
import org.rserpool.transport.RoleLoop;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Elements with several addresses, not all of which can be reached.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SeveralAddressesTests {

	private static final PoolHandle POOL = PoolHandle.of("addresses");

	private final RoleLoop loop = RoleLoop.start("registrar");

	private final List<AutoCloseable> open = new ArrayList<>();

	private RegistrarRole registrar;

	@BeforeEach
	void start() {
		InetAddress loopback = InetAddress.getLoopbackAddress();
		RegistrarSettings settings = RegistrarSettings.builder()
			.asapListen(List.of(new InetSocketAddress(loopback, 0)))
			.enrpListen(List.of(new InetSocketAddress(loopback, 0)))
			.mentorTimeout(Duration.ofMillis(50))
			.build();
		this.registrar = this.loop.call(() -> {
			RegistrarRole role = new RegistrarRole(this.loop, settings, new RegistrarListener() {
			});
			role.start();
			return role;
		});
	}

	@AfterEach
	void close() throws Exception {
		for (AutoCloseable each : this.open) {
			each.close();
		}
		this.loop.close();
	}

	@Test
	@Goal("G12")
	@DisplayName("G12: of three addresses one is silent and one refuses; the first call arrives at its first attempt")
	void firstCallArrivesByTheAddressThatAnswers() throws Exception {
		int port = silentPort();
		register("=127.0.0.2,127.0.0.3,127.0.0.1", new InetSocketAddress("127.0.0.1", port));
		assertThat(ElementAddresses.of(registered())).extracting(InetSocketAddress::getHostString)
			.containsExactly("127.0.0.2", "127.0.0.3", "127.0.0.1");
		List<EndedCall> ended = new CopyOnWriteArrayList<>();
		NetworkNode user = node(settings().callListener(ended::add));
		RpcRequest request = new RpcRequest(POOL, "m", new byte[] { 7 }, Map.of(), false, Duration.ofSeconds(20), 3);
		assertThat(user.client().call(request).get(20, TimeUnit.SECONDS)).containsExactly(7);
		await().until(() -> ended.size() == 1);
		assertThat(ended.get(0).failedAttempts()).isEmpty();
	}

	@Test
	@Goal("G12")
	@DisplayName("G12: without configuration, all addresses are registered that mean something to other hosts")
	void allAddressesAreRegistered() throws Exception {
		register(null, new InetSocketAddress("0.0.0.0", 0));
		List<InetAddress> far = new ArrayList<>();
		for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
			if (each.isUp()) {
				each.inetAddresses()
					.filter((address) -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
					.forEach(far::add);
			}
		}
		assertThat(far).hasSizeLessThan(ElementAddresses.MAXIMUM);
		// The first one is the address by which the home registrar is reached.
		assertThat(ElementAddresses.of(registered())).extracting(InetSocketAddress::getAddress)
			.first()
			.isEqualTo(InetAddress.getByName("127.0.0.1"));
		assertThat(ElementAddresses.of(registered()).stream().skip(1)).extracting(InetSocketAddress::getAddress)
			.containsExactlyInAnyOrderElementsOf(far);
	}

	@Test
	@DisplayName("An element that listens at some addresses is registered with just those, and reached by each")
	void elementListensAtSeveralAddresses() throws Exception {
		register(null, new InetSocketAddress("127.0.0.2", 0), new InetSocketAddress("127.0.0.3", 0));
		List<InetSocketAddress> addresses = ElementAddresses.of(registered());
		assertThat(addresses).extracting(InetSocketAddress::getHostString).containsExactly("127.0.0.2", "127.0.0.3");
		for (InetSocketAddress address : addresses) {
			try (SocketChannel channel = SocketChannel.open(address)) {
				assertThat(channel.isConnected()).isTrue();
			}
		}
	}

	@Test
	void allAddressesHaveOnePort() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> settings().listen(new InetSocketAddress("127.0.0.2", 7000),
					new InetSocketAddress("127.0.0.3", 7001)))
			.withMessageContaining("7001");
		assertThatIllegalArgumentException().isThrownBy(() -> settings().listen());
	}

	@Test
	void addressesAreChosenByNetworkAddressOrInterface() throws Exception {
		assertThat(HostAddresses.chosen(List.of("127.0.0.0/8"))).containsExactly(InetAddress.getByName("127.0.0.1"));
		assertThat(HostAddresses.chosen(List.of("127.0.0.1"))).containsExactly(InetAddress.getByName("127.0.0.1"));
		String loopback = NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1")).getName();
		assertThat(HostAddresses.chosen(List.of(loopback))).contains(InetAddress.getByName("127.0.0.1"));
		assertThat(HostAddresses.chosen(List.of())).isEqualTo(HostAddresses.tellable());
	}

	@Test
	void whatChoosesNothingIsAnError() {
		assertThatIllegalArgumentException().isThrownBy(() -> HostAddresses.chosen(List.of("203.0.113.0/24")))
			.withMessageContaining("203.0.113.0/24")
			.withMessageContaining("127.0.0.1");
		assertThatIllegalArgumentException().isThrownBy(() -> HostAddresses.chosen(List.of("10.0.0.0/33")))
			.withMessageContaining("33 bits");
		assertThatIllegalArgumentException().isThrownBy(() -> HostAddresses.chosen(List.of("eth/0")))
			.withMessageContaining("eth/0");
	}

	/**
	 * Takes a port of 127.0.0.2 so that who connects there hears nothing: the queue of
	 * connections is full.
	 */
	private int silentPort() throws IOException {
		ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"));
		this.open.add(silent);
		for (int i = 0; i < 3; i++) {
			SocketChannel waiting = SocketChannel.open();
			waiting.configureBlocking(false);
			waiting.connect(silent.getLocalSocketAddress());
			this.open.add(waiting);
		}
		return silent.getLocalPort();
	}

	private void register(String addresses, InetSocketAddress... listen) {
		ElementMetadata metadata = (addresses != null)
				? ElementMetadata.of(Map.of(ElementMetadata.ADDRESSES, addresses)) : ElementMetadata.NONE;
		RegisteredElement element = node(settings().listen(listen)).register(new ElementSpecification(POOL, null,
				MemberSelectionPolicy.ROUND_ROBIN, ElementSpecification.DEFAULT_LIFETIME, null, metadata,
				(invocation) -> CompletableFuture.completedFuture(invocation.payload()), Runnable::run));
		await().until(() -> element.registered().isDone());
		element.registered().join();
	}

	private PoolElement registered() {
		return this.loop.call(this.registrar::snapshot).pools().get(0).elements().get(0);
	}

	private NodeSettings.Builder settings() {
		return NodeSettings.builder(List.of(this.loop.call(this.registrar::snapshot).asapAddresses().get(0)));
	}

	private NetworkNode node(NodeSettings.Builder settings) {
		NetworkNode node = NetworkNode.start(settings.build());
		this.open.add(0, node);
		return node;
	}

}
