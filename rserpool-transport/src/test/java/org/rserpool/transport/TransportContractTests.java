package org.rserpool.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * What every transport does alike.
 */
abstract class TransportContractTests {

	static final int PROTOCOL = 0x5253;

	private final TransportProtocol protocol;

	RoleLoop loop;

	RoleLoop peerLoop;

	Recorder recorder;

	Recorder peerRecorder;

	TransportContractTests(TransportProtocol protocol) {
		this.protocol = protocol;
	}

	@BeforeEach
	void startLoops() {
		Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
		TransportSettings settings = settings();
		this.loop = RoleLoop.start("here", settings);
		this.peerLoop = RoleLoop.start("there", settings);
		this.recorder = new Recorder(this.loop);
		this.peerRecorder = new Recorder(this.peerLoop);
	}

	TransportSettings settings() {
		return TransportSettings.defaults()
			.withConnectTimeout(Duration.ofSeconds(20))
			.withGreetingTimeout(Duration.ofSeconds(20))
			.withShutdownTimeout(Duration.ofSeconds(20));
	}

	@AfterEach
	void closeLoops() {
		this.loop.close();
		this.peerLoop.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 11, 12, 13, 1000, 65535, 65536, 65537, 200_000, 16 << 20 })
	void sessionCarriesMessageWithAllItsProperties(int size) {
		Association association = associate(Channel.SESSION, this.recorder, listen(Channel.SESSION));
		UserMessage message = new UserMessage(PROTOCOL, 3, true, pattern(size));
		send(association, message);
		await().until(() -> this.peerRecorder.events("message").size() == 1);
		send(association, new UserMessage(11, pattern(4)));
		await().until(() -> this.peerRecorder.events("message").size() == 2);
		assertThat(this.peerRecorder.messages("message")).containsExactly(message, new UserMessage(11, pattern(4)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 10, 65535, 200_000 })
	void earlyMessagesArriveAndTheOthersInTheirOrder(int size) {
		Association association = associate(Channel.SESSION, this.recorder, listen(Channel.SESSION));
		this.recorder.calling(() -> {
			association.send(new UserMessage(1, pattern(5)));
			association.send(new UserMessage(2, 0, false, true, pattern(size)));
			association.send(new UserMessage(3, pattern(7)));
			association.send(new UserMessage(4, 0, false, true, pattern(size)));
		});
		await().until(() -> this.peerRecorder.events("message").size() == 4);
		send(association, new UserMessage(5, 0, false, true, pattern(9)));
		await().until(() -> this.peerRecorder.events("message").size() == 5);
		assertThat(this.peerRecorder.messages("message"))
			.containsExactlyInAnyOrder(new UserMessage(1, pattern(5)), new UserMessage(2, pattern(size)),
					new UserMessage(3, pattern(7)), new UserMessage(4, pattern(size)), new UserMessage(5, pattern(9)))
			.containsSubsequence(new UserMessage(1, pattern(5)), new UserMessage(3, pattern(7)))
			.containsSubsequence(new UserMessage(2, pattern(size)), new UserMessage(4, pattern(size)));
		assertThat(this.recorder.kinds()).containsExactly("up");
	}

	@Test
	void earlyMessageThatFoundNobodyReturns() {
		UserMessage message = new UserMessage(1, 0, false, true, pattern(5));
		Endpoint endpoint = open(Channel.SESSION, this.recorder);
		InetSocketAddress nobody = freeAddress();
		this.recorder.calling(() -> endpoint.associate(List.of(nobody)).send(message));
		await().until(() -> this.recorder.kinds().contains("down"));
		assertThat(this.recorder.messages("sendFailed")).containsExactly(message);
	}

	@Test
	void loopShowsItsAssociationsWithTheirPaths() {
		InetSocketAddress listening = listen(Channel.SESSION);
		assertThat(this.loop.associations(10)).isEmpty();
		Association association = associate(Channel.SESSION, this.recorder, listening);
		send(association, new UserMessage(PROTOCOL, pattern(4)));
		await().until(() -> this.peerRecorder.events("message").size() == 1);
		assertThat(this.loop.associations(10)).singleElement().satisfies((state) -> {
			assertThat(state.protocol()).isEqualTo(this.protocol);
			assertThat(state.channel()).isEqualTo(Channel.SESSION);
			assertThat(state.outbound()).isTrue();
			assertThat(state.localAddresses()).isNotEmpty();
			assertThat(state.paths()).contains(new AssociationState.Path(listening, true))
				.allMatch(AssociationState.Path::reachable);
		});
		assertThat(this.peerLoop.associations(10)).singleElement()
			.satisfies((state) -> assertThat(state.outbound()).isFalse());
		assertThat(this.loop.associations(0)).isEmpty();
		this.loop.execute(association::abort);
		await().until(() -> this.loop.associations(10).isEmpty());
	}

	@ParameterizedTest
	@ValueSource(ints = { 4, 5, 6, 7, 8, 1001, 65532, 65533, 65535 })
	void controlChannelCarriesMessagePaddedToFour(int length) {
		Association association = associate(Channel.ASAP, this.recorder, listen(Channel.ASAP));
		send(association, control(UserMessage.ASAP, length));
		send(association, control(UserMessage.ASAP, 8));
		await().until(() -> this.peerRecorder.events("message").size() == 2);
		byte[] expected = new byte[(length + 3) / 4 * 4];
		System.arraycopy(control(UserMessage.ASAP, length).data().array(), 0, expected, 0, length);
		assertThat(this.peerRecorder.messages("message")).containsExactly(
				new UserMessage(UserMessage.ASAP, ByteBuffer.wrap(expected)), control(UserMessage.ASAP, 8));
	}

	@Test
	void messagesGoBothWays() {
		InetSocketAddress peer = listen(Channel.ENRP);
		Association association = associate(Channel.ENRP, this.recorder, peer);
		await().until(() -> this.peerRecorder.kinds().contains("up") && this.recorder.kinds().contains("up"));
		Association arrived = this.peerRecorder.events("up").get(0).association();
		send(association, control(UserMessage.ENRP, 12));
		this.peerRecorder.calling(() -> arrived.send(control(UserMessage.ENRP, 16)));
		await().until(() -> this.recorder.kinds().contains("message") && this.peerRecorder.kinds().contains("message"));
		assertThat(this.recorder.messages("message")).containsExactly(control(UserMessage.ENRP, 16));
		assertThat(association.outbound()).isTrue();
		assertThat(arrived.outbound()).isFalse();
		assertThat(association.protocol()).isEqualTo(this.protocol);
		assertThat(association.peerAddresses()).isEqualTo(arrived.localAddresses()).containsExactly(peer);
		assertThat(arrived.peerAddresses()).isEqualTo(association.localAddresses());
	}

	@Test
	void backPressureKeepsOrderAndLosesNothing() {
		int count = 20_000;
		Association association = associate(Channel.SESSION, this.recorder, listen(Channel.SESSION));
		Deque<UserMessage> left = new ArrayDeque<>();
		for (int number = 0; number < count; number++) {
			left.add(new UserMessage(number, pattern(number % 1500)));
		}
		List<UserMessage> sent = List.copyOf(left);
		long refusals = 0;
		while (!left.isEmpty()) {
			int room = this.recorder.events("writable").size();
			if (!fill(association, left)) {
				refusals++;
				await().until(() -> this.recorder.events("writable").size() > room);
			}
		}
		assertThat(refusals).isPositive();
		await().until(() -> this.peerRecorder.events("message").size() == count);
		assertThat(this.peerRecorder.messages("message")).isEqualTo(sent);
		assertThat(this.recorder.events("writable")).hasSize((int) refusals);
	}

	@Test
	void refusedConnectionNamesAddressAndCauseAndReturnsMessages() {
		InetSocketAddress nobody = freeAddress();
		Endpoint endpoint = open(Channel.SESSION, this.recorder);
		Association association = this.loop.call(() -> {
			Association starting = endpoint.associate(List.of(nobody));
			starting.send(new UserMessage(1, pattern(10)));
			starting.send(new UserMessage(2, pattern(10)));
			return starting;
		});
		await().until(() -> this.recorder.kinds().contains("down"));
		assertThat(this.recorder.kinds()).containsExactly("sendFailed", "sendFailed", "down");
		assertThat(this.recorder.messages("sendFailed")).containsExactly(new UserMessage(1, pattern(10)),
				new UserMessage(2, pattern(10)));
		Recorder.Event down = this.recorder.events("down").get(0);
		assertThat(down.reason()).isEqualTo(DownReason.CANNOT_START);
		assertThat(down.detail()).contains("127.0.0.1:" + nobody.getPort()).contains("refused");
		assertThat(this.loop.call(() -> association.send(new UserMessage(3, pattern(1))))).isEqualTo(SendResult.CLOSED);
	}

	@Test
	void addressesAreTriedInOrder() {
		InetSocketAddress nobody = freeAddress();
		InetSocketAddress peer = listen(Channel.ASAP);
		Association association = associate(Channel.ASAP, this.recorder, nobody, peer);
		await().until(() -> this.recorder.kinds().contains("up"));
		assertThat(association.peerAddresses()).containsExactly(peer);
	}

	@Test
	void unresolvedAddressCannotStart() {
		associate(Channel.ASAP, this.recorder, InetSocketAddress.createUnresolved("no.such.host.invalid", 3863));
		await().until(() -> this.recorder.kinds().contains("down"));
		Recorder.Event down = this.recorder.events("down").get(0);
		assertThat(down.reason()).isEqualTo(DownReason.CANNOT_START);
		assertThat(down.detail()).contains("no.such.host.invalid:3863").contains("does not resolve");
	}

	@Test
	void portThatIsTakenIsNamed() {
		InetSocketAddress taken = listen(Channel.ASAP);
		assertThatExceptionOfType(EndpointException.class).isThrownBy(() -> open(Channel.ASAP, this.recorder, taken))
			.withMessageContaining("127.0.0.1:" + taken.getPort())
			.withMessageContaining("in use");
	}

	@Test
	void addressThatIsNotLocalIsNamed() {
		assertThatExceptionOfType(EndpointException.class)
			.isThrownBy(() -> open(Channel.ASAP, this.recorder, new InetSocketAddress("192.0.2.1", 0)))
			.withMessageContaining("192.0.2.1")
			.withMessageContaining("assign");
	}

	@Test
	void severalLocalAddressesShareOnePort() {
		Endpoint endpoint = this.peerLoop.call(
				() -> this.peerLoop.open(
						EndpointSpecification.listening(this.protocol, Channel.ASAP,
								new InetSocketAddress("127.0.0.1", 0), new InetSocketAddress("127.0.0.2", 0)),
						this.peerRecorder));
		assertThat(endpoint.localAddresses()).extracting((address) -> address.getAddress().getHostAddress())
			.containsExactly("127.0.0.1", "127.0.0.2");
		assertThat(endpoint.localAddresses()).extracting(InetSocketAddress::getPort)
			.doesNotContain(0)
			.containsOnly(endpoint.localAddresses().get(0).getPort());
		endpoint.localAddresses().forEach((address) -> associate(Channel.ASAP, this.recorder, address));
		await().until(() -> this.peerRecorder.events("up").size() == 2);
	}

	@Test
	void wildcardAddressIsReachedByEveryLocalAddress() throws IOException {
		Endpoint endpoint = this.peerLoop.call(() -> this.peerLoop.open(
				EndpointSpecification.listening(this.protocol, Channel.ASAP, new InetSocketAddress("0.0.0.0", 0)),
				this.peerRecorder));
		int port = endpoint.localAddresses().get(0).getPort();
		associate(Channel.ASAP, this.recorder, new InetSocketAddress("127.0.0.1", port));
		associate(Channel.ASAP, this.recorder, new InetSocketAddress("127.0.0.3", port));
		await().until(() -> this.peerRecorder.events("up").size() == 2);
		assertThat(this.recorder.events("up"))
			.extracting((event) -> event.association().peerAddresses().get(0).getAddress().getHostAddress())
			.containsExactlyInAnyOrder("127.0.0.1", "127.0.0.3");
	}

	@Test
	void shutdownDeliversWhatWasSent() {
		Association association = associate(Channel.SESSION, this.recorder, listen(Channel.SESSION));
		this.recorder.calling(() -> {
			for (int number = 0; number < 100; number++) {
				association.send(new UserMessage(number, pattern(5000)));
			}
			association.shutdown();
			assertThat(association.send(new UserMessage(100, pattern(1)))).isEqualTo(SendResult.CLOSED);
		});
		await().until(() -> this.recorder.kinds().contains("down") && this.peerRecorder.kinds().contains("down"));
		assertThat(this.peerRecorder.messages("message")).hasSize(100);
		assertThat(this.recorder.kinds()).containsExactly("up", "down");
		assertThat(this.recorder.events("down").get(0).reason()).isEqualTo(DownReason.SHUTDOWN);
		assertThat(this.peerRecorder.events("down").get(0).reason()).isEqualTo(DownReason.SHUTDOWN);
	}

	@Test
	void shutdownFromBothSidesDeliversWhatBothSent() {
		Association association = associate(Channel.SESSION, this.recorder, listen(Channel.SESSION));
		await().until(() -> this.peerRecorder.kinds().contains("up") && this.recorder.kinds().contains("up"));
		Association arrived = this.peerRecorder.events("up").get(0).association();
		this.peerRecorder.calling(() -> arrived.send(new UserMessage(1, pattern(900_000))));
		this.recorder.calling(() -> {
			association.send(new UserMessage(2, pattern(900_000)));
			association.shutdown();
		});
		this.peerRecorder.calling(arrived::shutdown);
		await().until(() -> this.recorder.kinds().contains("down") && this.peerRecorder.kinds().contains("down"));

		assertThat(this.recorder.events()).extracting(Recorder.Event::kind, Recorder.Event::reason)
			.containsExactly(tuple("up", null), tuple("message", null), tuple("down", DownReason.SHUTDOWN));
		assertThat(this.peerRecorder.events()).extracting(Recorder.Event::kind, Recorder.Event::reason)
			.containsExactly(tuple("up", null), tuple("message", null), tuple("down", DownReason.SHUTDOWN));
	}

	@Test
	void abortIsToldToBothSides() {
		Association association = associate(Channel.SESSION, this.recorder, listen(Channel.SESSION));
		await().until(() -> this.peerRecorder.kinds().contains("up") && this.recorder.kinds().contains("up"));
		this.recorder.calling(association::abort);
		await().until(() -> this.recorder.kinds().contains("down") && this.peerRecorder.kinds().contains("down"));
		assertThat(this.recorder.events("down").get(0).reason()).isEqualTo(DownReason.ABORTED);
		assertThat(this.peerRecorder.events("down").get(0).reason()).isEqualTo(DownReason.ABORTED);
	}

	@Test
	void abortBeforeUpReturnsMessages() {
		InetSocketAddress peer = listen(Channel.SESSION);
		Endpoint endpoint = open(Channel.SESSION, this.recorder);
		this.recorder.calling(() -> {
			Association association = endpoint.associate(List.of(peer));
			association.send(new UserMessage(1, pattern(10)));
			association.abort();
		});
		await().until(() -> this.recorder.kinds().contains("down"));
		assertThat(this.recorder.kinds()).containsExactly("sendFailed", "down");
	}

	@Test
	void shutdownBeforeUpDeliversWhatWasSent() {
		InetSocketAddress peer = listen(Channel.SESSION);
		Endpoint endpoint = open(Channel.SESSION, this.recorder);
		this.recorder.calling(() -> {
			Association association = endpoint.associate(List.of(peer));
			association.send(new UserMessage(1, pattern(10)));
			association.shutdown();
		});
		await().until(() -> this.recorder.kinds().contains("down") && this.peerRecorder.kinds().contains("down"));
		assertThat(this.peerRecorder.kinds()).containsExactly("up", "message", "down");
	}

	@Test
	void queueBeforeUpIsBounded() {
		Endpoint endpoint = open(Channel.SESSION, this.recorder);
		InetSocketAddress peer = listen(Channel.SESSION);
		List<SendResult> results = new ArrayList<>();
		this.recorder.calling(() -> {
			Association association = endpoint.associate(List.of(peer));
			for (int number = 0; number < 12; number++) {
				results.add(association.send(new UserMessage(number, pattern(100_000))));
			}
		});
		assertThat(results).startsWith(SendResult.QUEUED).endsWith(SendResult.WOULD_BLOCK);
		await().until(() -> this.recorder.kinds().contains("writable"));
		assertThat(this.recorder.kinds()).containsExactly("up", "writable");
	}

	@Test
	void closedEndpointTellsNothingMore() {
		InetSocketAddress peer = listen(Channel.SESSION);
		Endpoint endpoint = open(Channel.SESSION, this.recorder);
		Association association = this.loop.call(() -> endpoint.associate(List.of(peer)));
		await().until(() -> this.peerRecorder.kinds().contains("up") && this.recorder.kinds().contains("up"));
		this.recorder.calling(endpoint::close);
		await().until(() -> this.peerRecorder.kinds().contains("down"));
		assertThat(this.recorder.kinds()).containsExactly("up");
		assertThat(this.loop.call(() -> association.send(new UserMessage(1, pattern(1))))).isEqualTo(SendResult.CLOSED);
		assertThatIllegalStateException().isThrownBy(() -> this.loop.call(() -> endpoint.associate(List.of(peer))));
	}

	@Test
	void endpointThatStopsListeningKeepsItsAssociations() {
		Endpoint listening = listening(Channel.SESSION);
		InetSocketAddress address = listening.localAddresses().get(0);
		Association association = associate(Channel.SESSION, this.recorder, address);
		await().until(() -> this.peerRecorder.kinds().contains("up") && this.recorder.kinds().contains("up"));
		Association arrived = this.peerRecorder.events("up").get(0).association();
		this.peerRecorder.calling(() -> {
			listening.stopListening();
			listening.stopListening();
			arrived.send(new UserMessage(1, pattern(100_000)));
		});
		send(association, new UserMessage(2, pattern(100_000)));
		await().until(() -> this.peerRecorder.kinds().contains("message") && this.recorder.kinds().contains("message"));
		assertThat(listening.localAddresses()).isEmpty();
		this.recorder.calling(association::shutdown);
		await().until(() -> this.peerRecorder.kinds().contains("down"));
		assertThat(this.peerRecorder.kinds()).containsExactly("up", "message", "down");
	}

	@Test
	void endpointThatStopsListeningFreesItsPortAndRefusesWhoComes() {
		Endpoint listening = listening(Channel.SESSION);
		InetSocketAddress address = listening.localAddresses().get(0);
		this.peerRecorder.calling(listening::stopListening);
		await().ignoreExceptions().until(() -> {
			Endpoint again = open(Channel.SESSION, this.recorder, address);
			this.recorder.calling(again::close);
			return true;
		});
		associateAndSend(open(Channel.SESSION, this.recorder), address, 1, 1);
		await().until(() -> this.recorder.kinds().contains("down"));
		assertThat(this.recorder.kinds()).containsExactly("sendFailed", "down");
		assertThat(this.peerRecorder.kinds()).isEmpty();
	}

	@Test
	void endpointThatStopsListeningStillSetsAssociationsUp() {
		Endpoint endpoint = open(Channel.SESSION, this.recorder, new InetSocketAddress("127.0.0.1", 0));
		InetSocketAddress peer = listen(Channel.SESSION);
		this.recorder.calling(() -> {
			endpoint.associate(List.of(peer)).send(new UserMessage(1, pattern(10)));
			endpoint.stopListening();
		});
		await().until(() -> this.peerRecorder.kinds().contains("message"));
		assertThat(this.recorder.kinds()).containsExactly("up");
	}

	/**
	 * Peers come while the endpoint stops listening: each message either arrived on an
	 * association that was up, or is reported as unsent.
	 */
	@Test
	void noMessageIsInDoubtWhenAnEndpointStopsListening() {
		Endpoint listening = listening(Channel.SESSION);
		InetSocketAddress address = listening.localAddresses().get(0);
		Endpoint endpoint = open(Channel.SESSION, this.recorder);
		int count = 301;
		for (int batch = 0; batch < 15; batch++) {
			associateAndSend(endpoint, address, batch * 20, 20);
			if (batch == 7) {
				await().until(() -> !this.peerRecorder.kinds().isEmpty());
				this.peerLoop.execute(listening::stopListening);
			}
		}
		this.peerLoop.call(() -> true);
		associateAndSend(endpoint, address, 300, 1);
		await().until(
				() -> this.recorder.events("sendFailed").size() + this.peerRecorder.events("message").size() == count);
		assertThat(this.recorder.messages("sendFailed")).isNotEmpty()
			.doesNotContainAnyElementsOf(this.peerRecorder.messages("message"));
		assertThat(this.peerRecorder.events("up")).hasSameSizeAs(this.peerRecorder.events("message"));
	}

	@Test
	void closedEndpointFreesItsPort() {
		Endpoint endpoint = open(Channel.ASAP, this.recorder, new InetSocketAddress("127.0.0.1", 0));
		InetSocketAddress address = endpoint.localAddresses().get(0);
		this.recorder.calling(endpoint::close);
		await().ignoreExceptions().until(() -> open(Channel.ASAP, this.recorder, address) != null);
	}

	@Test
	void errorOfRoleEndsNothing() {
		Queue<UserMessage> seen = new ConcurrentLinkedQueue<>();
		EndpointListener faulty = new EndpointListener() {

			@Override
			public void message(Association association, UserMessage message) {
				seen.add(message);
				throw new IllegalStateException("a fault of the role, thrown by a test");
			}

			@Override
			public void down(Association association, DownReason reason, String detail) {
			}

		};
		Endpoint endpoint = this.peerLoop.call(() -> this.peerLoop.open(
				EndpointSpecification.listening(this.protocol, Channel.SESSION, new InetSocketAddress("127.0.0.1", 0)),
				faulty));
		Association association = associate(Channel.SESSION, this.recorder, endpoint.localAddresses().get(0));
		send(association, new UserMessage(1, pattern(3)));
		send(association, new UserMessage(2, pattern(3)));
		await().until(() -> seen.size() == 2);
		assertThat(this.recorder.kinds()).containsExactly("up");
	}

	@Test
	void messageThatCannotBeCarriedIsRejectedAtOnce() {
		Association association = associate(Channel.SESSION, this.recorder, listen(Channel.SESSION));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> send(association, new UserMessage(1, ByteBuffer.allocate((16 << 20) + 1))))
			.withMessageContaining("16777217");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> send(association, new UserMessage(1, 65536, false, pattern(1))))
			.withMessageContaining("65536");
	}

	@Test
	void manyAssociationsLiveSideBySide() {
		InetSocketAddress peer = listen(Channel.SESSION);
		Endpoint endpoint = open(Channel.SESSION, this.recorder);
		int count = many();
		this.recorder.calling(() -> {
			for (int number = 0; number < count; number++) {
				endpoint.associate(List.of(peer)).send(new UserMessage(number, pattern(number)));
			}
		});
		await().until(() -> this.peerRecorder.events("message").size() == count);
		assertThat(this.peerRecorder.messages("message")).extracting(UserMessage::payloadProtocol)
			.doesNotHaveDuplicates();
		this.peerLoop.close();
		await().until(() -> this.recorder.events("down").size() == count);
	}

	/**
	 * Return how many associations are many.
	 */
	int many() {
		return 200;
	}

	private boolean fill(Association association, Deque<UserMessage> left) {
		boolean[] all = { false };
		this.recorder.calling(() -> {
			SendResult result = SendResult.QUEUED;
			while (!left.isEmpty() && result == SendResult.QUEUED) {
				result = association.send(left.peek());
				if (result == SendResult.QUEUED) {
					left.remove();
				}
			}
			all[0] = left.isEmpty();
		});
		return all[0];
	}

	private void associateAndSend(Endpoint endpoint, InetSocketAddress peer, int first, int count) {
		this.recorder.calling(() -> {
			for (int number = first; number < first + count; number++) {
				endpoint.associate(List.of(peer)).send(new UserMessage(number, pattern(10)));
			}
		});
	}

	InetSocketAddress listen(Channel channel) {
		return listening(channel).localAddresses().get(0);
	}

	private Endpoint listening(Channel channel) {
		return this.peerLoop.call(() -> this.peerLoop.open(
				EndpointSpecification.listening(this.protocol, channel, new InetSocketAddress("127.0.0.1", 0)),
				this.peerRecorder));
	}

	Endpoint open(Channel channel, Recorder listener, InetSocketAddress... local) {
		return this.loop
			.call(() -> this.loop.open(new EndpointSpecification(this.protocol, channel, List.of(local)), listener));
	}

	Association associate(Channel channel, Recorder listener, InetSocketAddress... peer) {
		Endpoint endpoint = open(channel, listener);
		Association[] association = new Association[1];
		listener.calling(() -> association[0] = endpoint.associate(List.of(peer)));
		return association[0];
	}

	void send(Association association, UserMessage message) {
		this.recorder.calling(() -> assertThat(association.send(message)).isEqualTo(SendResult.QUEUED));
	}

	/**
	 * Return an address that nobody listens at.
	 */
	InetSocketAddress freeAddress() {
		Endpoint endpoint = open(Channel.ASAP, this.recorder, new InetSocketAddress("127.0.0.1", 0));
		InetSocketAddress address = endpoint.localAddresses().get(0);
		this.recorder.calling(endpoint::close);
		// The port is free when the loop has gone round once more.
		await().ignoreExceptions().until(() -> {
			Endpoint again = open(Channel.ASAP, this.recorder, address);
			this.recorder.calling(again::close);
			return true;
		});
		return address;
	}

	static ByteBuffer pattern(int size) {
		byte[] octets = new byte[size];
		for (int index = 0; index < size; index++) {
			octets[index] = (byte) (index * 31 + size);
		}
		return ByteBuffer.wrap(octets);
	}

	static UserMessage control(int payloadProtocol, int length) {
		ByteBuffer data = pattern(length);
		data.putShort(2, (short) length);
		return new UserMessage(payloadProtocol, data);
	}

}
