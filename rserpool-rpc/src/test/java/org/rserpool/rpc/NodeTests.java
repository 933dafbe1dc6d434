package org.rserpool.rpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.hunt.AnnouncementSettings;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.registrar.MulticastSettings;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.rpc.state.StateKey;
import org.rserpool.rpc.state.StateSettings;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.MulticastSpecification;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.ElementChannel;
import org.rserpool.session.ElementChannelListener;
import org.rserpool.session.ElementChannels;
import org.rserpool.session.SessionSettings;
import org.rserpool.transport.RoleLoop;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.WireCodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Nodes and a registrar on the loopback interface.
 */
class NodeTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final List<NetworkNode> nodes = new ArrayList<>();

	private RoleLoop registrarLoop;

	private InetSocketAddress registrar;

	private InetSocketAddress enrp;

	private RegistrarRole registrarRole;

	@BeforeEach
	void startRegistrar() throws IOException {
		this.registrar = freeAddress();
		InetSocketAddress enrp = freeAddress();
		this.registrarLoop = RoleLoop.start("registrar");
		this.registrarLoop.call(() -> {
			RegistrarSettings settings = RegistrarSettings.builder()
				.asapListen(List.of(this.registrar))
				.enrpListen(List.of(enrp))
				.mentorTimeout(Duration.ofMillis(50))
				.build();
			this.registrarRole = new RegistrarRole(this.registrarLoop, settings, new RegistrarListener() {
			});
			this.registrarRole.start();
			this.enrp = enrp;
			return true;
		});
	}

	@AfterEach
	void close() {
		this.nodes.forEach(NetworkNode::close);
		this.registrarLoop.close();
		this.executor.shutdownNow();
	}

	@Test
	@Conformance("PU3")
	void callsReachAllElementsOfAPool() throws Exception {
		Set<String> expected = new HashSet<>();
		for (int number = 0; number < 3; number++) {
			RegisteredElement element = register(node(), answering("element " + number));
			expected.add("element " + number);
			assertThat(element.state()).isEqualTo(RegisteredElement.State.REGISTERED);
		}
		NetworkNode user = node();
		Set<String> answers = new HashSet<>();
		for (int call = 0; call < 30; call++) {
			answers.add(text(user.client().call(request(true)).get(20, TimeUnit.SECONDS)));
		}
		assertThat(answers).isEqualTo(expected);
		assertThat(user.home().address()).isEqualTo(this.registrar);
	}

	@Test
	void aRegistrarThatStopsHandsItsElementsOver() throws Exception {
		InetSocketAddress other = freeAddress();
		RegistrarSettings settings = RegistrarSettings.builder()
			.asapListen(List.of(other))
			.enrpListen(List.of(freeAddress()))
			.peers(List.of(this.enrp))
			.build();
		try (RoleLoop peerLoop = RoleLoop.start("peer")) {
			RegistrarRole peer = peerLoop.call(() -> {
				RegistrarRole role = new RegistrarRole(peerLoop, settings, new RegistrarListener() {
				});
				role.start();
				return role;
			});
			NetworkNode node = node();
			RegisteredElement element = register(node, answering("element"));
			Awaitility.await()
				.until(() -> peerLoop.call(peer::snapshot),
						(snapshot) -> snapshot.state() == RegistrarSnapshot.State.RUNNING
								&& snapshot.pools().size() == 1);
			CountDownLatch stopped = new CountDownLatch(1);
			this.registrarLoop.execute(() -> this.registrarRole.stop(stopped::countDown));
			assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
			RegistrarSnapshot snapshot = peerLoop.call(peer::snapshot);
			assertThat(snapshot.pools()).singleElement()
				.satisfies((pool) -> assertThat(pool.elements()).singleElement()
					.satisfies((known) -> assertThat(known.homeRegistrar()).isEqualTo(snapshot.identifier())));
			assertThat(peerLoop.call(peer::counters)).containsEntry("takeovers_started", 0L);
			assertThat(element.state()).isEqualTo(RegisteredElement.State.REGISTERED);
			assertThat(node.home().identifier()).isEqualTo(snapshot.identifier());
			node.close();
		}
	}

	@Test
	void showsTheRegistrarsThatItKnows() throws Exception {
		InetSocketAddress nobody = freeAddress();
		NetworkNode node = start(NodeSettings.builder(List.of(nobody, this.registrar))
			.user(UserSettings.DEFAULT.withRequests(Duration.ofSeconds(1), 2, Duration.ofSeconds(20))));
		Awaitility.await().until(() -> node.home() != null);
		assertThat(node.registrars(10)).extracting(KnownRegistrar::address)
			.containsExactlyInAnyOrder(this.registrar, nobody);
		assertThat(node.registrars(10).get(0).state()).isEqualTo(KnownRegistrar.State.HOME);
		assertThat(node.registrars(10).get(1).state()).isIn(KnownRegistrar.State.KNOWN, KnownRegistrar.State.FAILED);
		assertThat(node.registrars(1)).extracting(KnownRegistrar::state).containsExactly(KnownRegistrar.State.HOME);
		node.close();
		assertThat(node.registrars(10)).isEmpty();
	}

	@Test
	void saysWhyARegistrarIsNotHome() throws Exception {
		InetSocketAddress nobody = freeAddress();
		NetworkNode node = start(NodeSettings.builder(List.of(nobody)));
		Awaitility.await()
			.untilAsserted(() -> assertThat(node.registrars(10)).singleElement().satisfies((registrar) -> {
				assertThat(registrar.address()).isEqualTo(nobody);
				assertThat(registrar.state()).isEqualTo(KnownRegistrar.State.FAILED);
				assertThat(registrar.failure()).isNotBlank();
			}));
	}

	@Test
	void showsTheSessionsThatAreOpen() throws Exception {
		NetworkNode node = node();
		RegisteredElement element = node.register(new ElementSpecification(POOL, null,
				MemberSelectionPolicy.ROUND_ROBIN, ElementSpecification.DEFAULT_LIFETIME, null, ElementMetadata.NONE,
				(invocation) -> CompletableFuture.completedFuture(invocation.payload()), this.executor,
				ElementSpecification.UNLIMITED, StateSettings.of(StateKey.random())));
		element.registered().get(20, TimeUnit.SECONDS);
		NetworkNode user = node();
		RpcSession first = user.client().session(POOL);
		RpcSession second = user.client().session(POOL);
		assertThat(user.sessions(10)).extracting(OpenSession::element).containsExactly(null, null);
		first.call(request(false)).get(20, TimeUnit.SECONDS);
		assertThat(user.sessions(10))
			.contains(new OpenSession(POOL, "rpc", first.id().toString(), element.identifier(), false));
		assertThat(element.sessions()).isOne();
		assertThat(user.sessions(1)).hasSize(1);
		first.close();
		assertThat(user.sessions(10)).extracting(OpenSession::identifier).containsExactly(second.id().toString());
		Awaitility.await().until(() -> element.sessions() == 0);
		second.close();
		assertThat(user.sessions(10)).isEmpty();
	}

	@Test
	void selectsByThePolicyButForSome() throws Exception {
		Set<Integer> identifiers = new HashSet<>();
		for (int number = 0; number < 2; number++) {
			identifiers.add(register(node(), answering("element")).identifier());
		}
		ElementSelector selector = node().selector();
		int first = selector.select(POOL, Set.of()).get(20, TimeUnit.SECONDS).identifier();
		int second = selector.select(POOL, Set.of()).get(20, TimeUnit.SECONDS).identifier();
		assertThat(Set.of(first, second)).isEqualTo(identifiers);
		for (int round = 0; round < 4; round++) {
			assertThat(selector.select(POOL, Set.of(first)).get(20, TimeUnit.SECONDS).identifier()).isEqualTo(second);
		}
		assertThat(selector.select(PoolHandle.of("none"), Set.of())).failsWithin(Duration.ofSeconds(20))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(NoPoolElementException.class)
			.withMessageContaining("none");
	}

	@Test
	void handlerSeesTheCall() throws Exception {
		CompletableFuture<RpcInvocation> seen = new CompletableFuture<>();
		register(node(), (invocation) -> {
			seen.complete(invocation);
			return CompletableFuture.completedFuture(invocation.payload());
		});
		byte[] payload = new byte[300_000];
		payload[299_999] = 7;
		RpcRequest request = new RpcRequest(POOL, "m", payload, Map.of("trace", "1"), false, Duration.ofSeconds(20), 3);
		assertThat(node().client().call(request).get(20, TimeUnit.SECONDS)).isEqualTo(payload);
		RpcInvocation invocation = seen.get();
		assertThat(invocation.pool()).isEqualTo(POOL);
		assertThat(invocation.method()).isEqualTo("m");
		assertThat(invocation.metadata()).isEqualTo(Map.of("trace", "1"));
		assertThat(invocation.remaining()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(20));
		assertThat(invocation.caller().getAddress().isLoopbackAddress()).isTrue();
	}

	@Test
	void exceptionOfHandlerArrivesByName() {
		register(node(), (invocation) -> {
			throw new IllegalStateException("no paper");
		});
		assertThatExceptionOfType(RemoteInvocationException.class).isThrownBy(() -> call(node(), request(true)))
			.withMessageContaining("echo")
			.satisfies((ex) -> assertThat(ex.remoteClassName()).isEqualTo("java.lang.IllegalStateException"))
			.satisfies((ex) -> assertThat(ex.remoteMessage()).isEqualTo("no paper"))
			.satisfies((ex) -> assertThat(ex.remoteStack()).contains("exceptionOfHandlerArrivesByName"));
	}

	@Test
	void unknownPoolIsNamed() {
		assertThatExceptionOfType(NoPoolElementException.class).isThrownBy(() -> call(node(), request(true)))
			.withMessageContaining("echo")
			.satisfies((ex) -> assertThat(ex.pool()).isEqualTo(POOL));
	}

	@Test
	void registrarThatCannotBeReachedIsNamed() throws IOException {
		InetSocketAddress nobody = freeAddress();
		NetworkNode node = start(NodeSettings.builder(List.of(nobody))
			.user(UserSettings.DEFAULT.withRequests(Duration.ofMillis(100), 1, Duration.ofMillis(200))));
		assertThatExceptionOfType(NoPoolElementException.class).isThrownBy(() -> call(node, request(true)))
			.withMessageContaining("127.0.0.1:" + nobody.getPort());
		assertThat(node.home()).isNull();
	}

	@Test
	void nodeNeedsARegistrar() {
		assertThatIllegalArgumentException().isThrownBy(() -> NodeSettings.builder(List.of()).build())
			.withMessageContaining("at least one registrar");
	}

	@Test
	void elementThatDiesFailsNoIdempotentCall() throws Exception {
		NetworkNode dying = node();
		register(dying, answering("dying"));
		register(node(), answering("living"));
		NetworkNode user = node();
		List<CompletableFuture<byte[]>> calls = new ArrayList<>();
		AtomicBoolean died = new AtomicBoolean();
		for (int call = 0; call < 2_000; call++) {
			calls.add(user.client().call(request(true)));
			if (call == 1_000) {
				calls.get(500).get(20, TimeUnit.SECONDS);
				this.executor.execute(() -> {
					dying.abandon();
					died.set(true);
				});
			}
		}
		await().untilTrue(died);
		for (CompletableFuture<byte[]> call : calls) {
			call.get(20, TimeUnit.SECONDS);
		}
		for (int call = 0; call < 20; call++) {
			assertThat(text(call(user, request(true)))).isEqualTo("living");
		}
	}

	@Test
	void outcomeOfCallToDyingElementIsUnknown() throws Exception {
		NetworkNode dying = node();
		CountDownLatch begun = new CountDownLatch(1);
		register(dying, (invocation) -> {
			begun.countDown();
			return new CompletableFuture<>();
		});
		CompletableFuture<byte[]> call = node().client().call(request(false));
		assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
		dying.abandon();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> call.get(20, TimeUnit.SECONDS))
			.withCauseInstanceOf(CallOutcomeUnknownException.class)
			.satisfies((ex) -> assertThat(((RSerPoolException) ex.getCause()).attempts()).singleElement()
				.extracting(CallAttempt::outcome)
				.isEqualTo(CallOutcome.UNKNOWN));
	}

	@Test
	void deadlineEndsCallAndHandler() throws Exception {
		CountDownLatch interrupted = new CountDownLatch(1);
		register(node(), (invocation) -> {
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
			return CompletableFuture.completedFuture(new byte[0]);
		});
		NetworkNode user = node();
		RpcRequest request = new RpcRequest(POOL, "m", new byte[0], Map.of(), true, Duration.ofMillis(300), 3);
		// On a busy machine the time of a call may be up before its element has it.
		await().until(() -> {
			assertThatExceptionOfType(DeadlineExceededException.class).isThrownBy(() -> call(user, request))
				.withMessageContaining("300 ms")
				.withMessageContaining("echo");
			return interrupted.getCount() == 0;
		});
	}

	@Test
	void cancellingReachesTheHandler() throws Exception {
		CompletableFuture<byte[]> result = new CompletableFuture<>();
		CountDownLatch begun = new CountDownLatch(1);
		register(node(), (invocation) -> {
			begun.countDown();
			return result;
		});
		CompletableFuture<byte[]> call = node().client().call(request(true));
		assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
		call.cancel(true);
		await().until(result::isCancelled);
	}

	@Test
	void duplicateIdentifierInAnotherNodeIsRefused() throws Exception {
		RegisteredElement first = node().register(specification(77, answering("first")));
		first.registered().get(20, TimeUnit.SECONDS);
		RegisteredElement second = node().register(specification(77, answering("second")));
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> second.registered().get(20, TimeUnit.SECONDS))
			.withMessageContaining("0x0000004d")
			.withMessageContaining("is not unique");
		assertThat(second.state()).isEqualTo(RegisteredElement.State.REJECTED);
		assertThat(new String(call(node(), request(true)), StandardCharsets.UTF_8)).isEqualTo("first");
	}

	@Test
	void duplicateIdentifierInOneNodeIsRefused() {
		NetworkNode node = node();
		node.register(specification(77, answering("first")));
		assertThatIllegalArgumentException().isThrownBy(() -> node.register(specification(77, answering("second"))))
			.withMessageContaining("0x0000004d")
			.withMessageContaining("echo");
	}

	@Test
	void deregisteredElementLetsCallersGoElsewhere() throws Exception {
		RegisteredElement leaving = register(node(), answering("leaving"));
		register(node(), answering("staying"));
		NetworkNode user = node();
		Set<String> answers = new HashSet<>();
		for (int call = 0; call < 10; call++) {
			answers.add(text(call(user, request(false))));
		}
		assertThat(answers).hasSize(2);
		leaving.deregister().get(20, TimeUnit.SECONDS);
		assertThat(leaving.state()).isEqualTo(RegisteredElement.State.DEREGISTERED);
		for (int call = 0; call < 10; call++) {
			assertThat(text(call(user, request(false)))).isEqualTo("staying");
		}
	}

	@Test
	@Conformance("PE28")
	void callInProgressEndsBeforeItsNodeDoes() throws Exception {
		NetworkNode leaving = node();
		CompletableFuture<byte[]> result = new CompletableFuture<>();
		CountDownLatch begun = new CountDownLatch(1);
		RegisteredElement element = register(leaving, (invocation) -> {
			begun.countDown();
			return result;
		});
		CompletableFuture<byte[]> call = node().client().call(request(false));
		assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<Void> closed = CompletableFuture.runAsync(leaving::close, this.executor);
		await().until(() -> element.state() == RegisteredElement.State.DEREGISTERED);
		result.complete(new byte[] { 3 });
		assertThat(call.get(20, TimeUnit.SECONDS)).containsExactly(3);
		closed.get(20, TimeUnit.SECONDS);
	}

	/**
	 * Users select elements just as these leave, by channels that they have and by new
	 * ones. None of the calls is idempotent, so each shows when its outcome is unknown.
	 */
	@Test
	void nodesThatCloseFailNoCall() throws Exception {
		register(node(), answering("staying"));
		for (int round = 0; round < 5; round++) {
			NetworkNode leaving = node();
			register(leaving, answering("leaving"));
			List<NetworkNode> users = List.of(node(), node(), node());
			for (NetworkNode user : users) {
				call(user, request(false));
			}
			CompletableFuture<Void> closed = CompletableFuture.runAsync(leaving::close, this.executor);
			List<CompletableFuture<byte[]>> calls = new ArrayList<>();
			while (!closed.isDone()) {
				for (NetworkNode user : users) {
					calls.add(user.client().call(request(false)));
				}
				calls.get(calls.size() - 1).get(20, TimeUnit.SECONDS);
			}
			for (CompletableFuture<byte[]> call : calls) {
				assertThat(text(call.get(20, TimeUnit.SECONDS))).isIn("staying", "leaving");
			}
			closed.get(20, TimeUnit.SECONDS);
		}
	}

	@Test
	void nodeClosesThoughItsThreadIsInterrupted() {
		NetworkNode node = node();
		register(node, answering("interrupted"));
		Thread.currentThread().interrupt();
		node.close();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(node.home()).isNull();
		await().until(() -> node.elements().isEmpty());
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> node.register(specification(null, answering("late"))));
	}

	@Test
	void pendingCallsAreBounded() {
		AtomicInteger begun = new AtomicInteger();
		register(node(), (invocation) -> {
			begun.incrementAndGet();
			return new CompletableFuture<>();
		});
		NetworkNode user = start(NodeSettings.builder(List.of(this.registrar)).maxPendingCalls(2));
		CompletableFuture<byte[]> first = user.client().call(request(true));
		user.client().call(request(true));
		assertThatExceptionOfType(NoPoolElementException.class).isThrownBy(() -> call(user, request(true)))
			.withMessageContaining("2 calls are pending");
		first.cancel(true);
		await().untilAsserted(() -> assertThat(user.client().call(request(true))).isNotCompletedExceptionally());
	}

	private static byte[] call(NetworkNode node, RpcRequest request) {
		try {
			return node.client().call(request).get(20, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			throw (RuntimeException) ex.getCause();
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void presentsItsElementsAndWhomTheyRecommend() {
		RegisteredElement element = node().register(specification(1, answering("a")));
		node().register(specification(2, answering("b")));
		element.failoverOrder(List.of(99, 2));
		await().until(() -> elements().size() == 2);
		List<List<Integer>> cards = new CopyOnWriteArrayList<>();
		WireCodec codec = new WireCodec(Dialect.RFC);
		RoleLoop stranger = RoleLoop.start("stranger");
		try {
			PoolElement first = elements().get(0);
			stranger.call(() -> new ElementChannels(stranger, SessionSettings.DEFAULT, new ElementChannelListener() {

				@Override
				public void message(ElementChannel channel, UserMessage message) {
					if (codec.decodeAsap(message.data()) instanceof Decoded.Success<AsapMessage> success
							&& success.message() instanceof AsapMessage.BusinessCard card) {
						cards.add(card.elements().stream().map(PoolElement::identifier).toList());
						assertThat(card.elements().get(0).userTransport()).isEqualTo(first.userTransport());
					}
				}

				@Override
				public void down(ElementChannel channel, DownReason reason, String detail) {
				}

			}).channel(POOL, first));
			await().untilAsserted(() -> assertThat(cards).last().isEqualTo(List.of(1, 2)));
			element.failoverOrder(List.of());
			await().untilAsserted(() -> assertThat(cards).last().isEqualTo(List.of(1)));
		}
		finally {
			stranger.close();
		}
		assertThatIllegalArgumentException().isThrownBy(() -> element.failoverOrder(Collections.nCopies(33, 2)))
			.withMessageContaining("at most 32");
	}

	@Test
	void exchangesBusinessCardsInTheDialectOfTheRfcs() {
		NodeSettings.Builder settings = NodeSettings.builder(List.of(this.registrar));
		assertThat(settings.build().businessCards()).isTrue();
		assertThat(settings.dialect(Dialect.RSPLIB).build().businessCards()).isFalse();
		assertThat(settings.businessCards(true).build().businessCards()).isTrue();
	}

	@Test
	void findsARegistrarThatIsNotConfigured() throws IOException {
		InetSocketAddress group = new InetSocketAddress("239.255.7.20", freeAddress().getPort());
		NetworkNode node = start(NodeSettings.builder(List.of())
			.hunt(HuntSettings.of(List.of())
				.withAnnouncements(AnnouncementSettings.of(List.of(MulticastSpecification.loopback(group))))));
		RoleLoop announced = RoleLoop.start("announced");
		try {
			InetSocketAddress asap = freeAddress();
			RegistrarSettings settings = RegistrarSettings.builder()
				.asapListen(List.of(asap))
				.enrpListen(List.of(freeAddress()))
				.multicast(MulticastSettings.of(List.of(MulticastSpecification.loopback(group)), List.of()))
				.build();
			announced.call(() -> {
				new RegistrarRole(announced, settings, new RegistrarListener() {
				}).start();
				return true;
			});
			await().untilAsserted(() -> assertThat(node.home()).isNotNull());
			assertThat(node.home().address()).isEqualTo(asap);
		}
		finally {
			announced.close();
		}
	}

	private List<PoolElement> elements() {
		return this.registrarLoop.call(this.registrarRole::snapshot)
			.pools()
			.stream()
			.flatMap((pool) -> pool.elements().stream())
			.toList();
	}

	private NetworkNode node() {
		return start(NodeSettings.builder(List.of(this.registrar)));
	}

	private NetworkNode start(NodeSettings.Builder settings) {
		NetworkNode node = NetworkNode.start(settings.name("node " + this.nodes.size())
			.session(SessionSettings.DEFAULT.withHeartbeats(Duration.ofSeconds(5), Duration.ofSeconds(1),
					Duration.ofSeconds(5)))
			.build());
		this.nodes.add(node);
		return node;
	}

	private RegisteredElement register(NetworkNode node, RpcHandler handler) {
		RegisteredElement element = node.register(specification(null, handler));
		await().until(() -> element.registered().isDone());
		element.registered().join();
		return element;
	}

	private ElementSpecification specification(Integer identifier, RpcHandler handler) {
		return new ElementSpecification(POOL, identifier, MemberSelectionPolicy.ROUND_ROBIN,
				ElementSpecification.DEFAULT_LIFETIME, handler, this.executor);
	}

	private static RpcHandler answering(String text) {
		byte[] octets = text.getBytes(StandardCharsets.UTF_8);
		return (invocation) -> CompletableFuture.completedFuture(octets);
	}

	private static RpcRequest request(boolean idempotent) {
		return new RpcRequest(POOL, "m", new byte[] { 1 }, Map.of(), idempotent, Duration.ofSeconds(20), 3);
	}

	private static String text(byte[] octets) {
		return new String(octets, StandardCharsets.UTF_8);
	}

	private static InetSocketAddress freeAddress() throws IOException {
		InetAddress loopback = InetAddress.getByName("127.0.0.1");
		try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
			return new InetSocketAddress(loopback, socket.getLocalPort());
		}
	}

}
