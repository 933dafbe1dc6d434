package org.rserpool.transport;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.List;

import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpServerChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * SCTP keeps the contract of all transports, and what only SCTP has.
 */
@EnabledIf(value = "org.rserpool.transport.SctpSupport#isAvailable", disabledReason = "this machine has no SCTP")
class SctpTransportTests extends TransportContractTests {

	private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);

	SctpTransportTests() {
		super(TransportProtocol.SCTP);
	}

	/**
	 * A peer that shuts down takes what the kernel here has already. What it has not is
	 * reported.
	 */
	@Override
	@Test
	void shutdownFromBothSidesDeliversWhatBothSent() {
		Association association = associate(Channel.SESSION, this.recorder, listen(Channel.SESSION));
		await().until(() -> this.peerRecorder.kinds().contains("up") && this.recorder.kinds().contains("up"));
		Association arrived = this.peerRecorder.events("up").get(0).association();
		this.peerRecorder.calling(() -> arrived.send(new UserMessage(1, pattern(200_000))));
		await().until(() -> this.recorder.kinds().contains("message"));
		this.recorder.calling(() -> {
			association.send(new UserMessage(2, pattern(200_000)));
			association.shutdown();
		});
		this.peerRecorder.calling(arrived::shutdown);
		await().until(() -> this.recorder.kinds().contains("down") && this.peerRecorder.kinds().contains("down"));
		assertThat(this.recorder.events("sendFailed").size() + this.peerRecorder.events("message").size()).isOne();
		for (Recorder each : List.of(this.recorder, this.peerRecorder)) {
			assertThat(each.events("down").get(0).reason()).isEqualTo(DownReason.SHUTDOWN);
		}
	}

	/**
	 * The kernel answers only by addresses that an interface has.
	 */
	@Override
	@Test
	void wildcardAddressIsReachedByEveryLocalAddress() throws IOException {
		List<InetAddress> own = NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter(Inet4Address.class::isInstance)
			.toList();
		assertThat(own).isNotEmpty();
		Endpoint endpoint = listening(Channel.ASAP, new InetSocketAddress("0.0.0.0", 0));
		int port = endpoint.localAddresses().get(0).getPort();
		own.forEach((address) -> associate(Channel.ASAP, this.recorder, new InetSocketAddress(address, port)));
		await().until(() -> this.peerRecorder.events("up").size() == own.size());
	}

	@Test
	void addressesThatReachNobodyElseAreNotTold() throws IOException {
		InetAddress far = NetworkInterface.networkInterfaces()
			.flatMap(NetworkInterface::inetAddresses)
			.filter((address) -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
			.findFirst()
			.orElseThrow();
		Endpoint endpoint = listening(Channel.ASAP, new InetSocketAddress("0.0.0.0", 0));
		int port = endpoint.localAddresses().get(0).getPort();
		Association association = associate(Channel.ASAP, this.recorder, new InetSocketAddress(far, port));
		await().until(() -> this.peerRecorder.kinds().contains("up") && this.recorder.kinds().contains("up"));
		Association arrived = this.peerRecorder.events("up").get(0).association();
		for (List<InetSocketAddress> addresses : List.of(association.localAddresses(), association.peerAddresses(),
				arrived.localAddresses(), arrived.peerAddresses())) {
			assertThat(addresses).extracting(InetSocketAddress::getAddress)
				.isNotEmpty()
				.noneMatch(InetAddress::isLoopbackAddress)
				.noneMatch(InetAddress::isLinkLocalAddress);
		}
	}

	@Test
	void associationComesFromThePortThatIsListenedAt() {
		Endpoint endpoint = open(Channel.ENRP, this.recorder, ANY_PORT);
		InetSocketAddress own = endpoint.localAddresses().get(0);
		InetSocketAddress peer = listen(Channel.ENRP);
		this.recorder.calling(() -> endpoint.associate(List.of(peer)));
		await().until(() -> this.peerRecorder.kinds().contains("up"));
		assertThat(this.peerRecorder.events("up").get(0).association().peerAddresses()).containsExactly(own);
		assertThat(this.peerRecorder.kinds()).containsExactly("up");
	}

	/**
	 * A peer of another make may take a message that it does not know for a fault.
	 */
	@Test
	void associationIsSetUpWithTheFirstMessageThatWaits() throws IOException {
		Endpoint here = open(Channel.ASAP, this.recorder, ANY_PORT);
		InetSocketAddress nobody = freeAddress();
		try (SctpServerChannel peer = SctpServerChannel.open()) {
			peer.bind(ANY_PORT);
			InetSocketAddress address = (InetSocketAddress) peer.getAllLocalAddresses().iterator().next();
			this.recorder.calling(() -> {
				Association association = here.associate(List.of(nobody, address));
				association.send(control(UserMessage.ASAP, 10));
				association.send(control(UserMessage.ASAP, 16));
			});
			try (SctpChannel arrived = peer.accept()) {
				ByteBuffer buffer = ByteBuffer.allocate(100);
				for (int length : new int[] { 12, 16 }) {
					buffer.clear();
					MessageInfo info = arrived.receive(buffer, null, null);
					assertThat(info.payloadProtocolID()).isEqualTo(UserMessage.ASAP);
					assertThat(buffer.position()).isEqualTo(length);
				}
			}
		}
		await().until(() -> this.recorder.kinds().contains("down"));
		assertThat(this.recorder.kinds()).containsExactly("up", "down");
	}

	@Test
	void listeningPortIsRefusedByNobody() {
		Endpoint endpoint = open(Channel.ENRP, this.recorder, ANY_PORT);
		InetSocketAddress nobody = freeAddress();
		InetSocketAddress peer = listen(Channel.ENRP);
		this.recorder.calling(() -> endpoint.associate(List.of(nobody)).send(control(UserMessage.ENRP, 8)));
		await().until(() -> this.recorder.kinds().contains("down"));
		assertThat(this.recorder.kinds()).containsExactly("sendFailed", "down");
		assertThat(this.recorder.events("down").get(0).reason()).isEqualTo(DownReason.CANNOT_START);
		assertThat(this.recorder.events("down").get(0).detail()).contains("127.0.0.1:" + nobody.getPort())
			.contains("refused");
		this.recorder.calling(() -> endpoint.associate(List.of(nobody, peer)).send(control(UserMessage.ENRP, 8)));
		await().until(() -> this.peerRecorder.kinds().contains("message"));
	}

	@Test
	void bothSidesAtOnceMakeOneAssociation() {
		Endpoint here = open(Channel.ENRP, this.recorder, ANY_PORT);
		Endpoint there = listening(Channel.ENRP, ANY_PORT);
		this.peerLoop.execute(() -> there.associate(here.localAddresses()).send(control(UserMessage.ENRP, 12)));
		this.recorder.calling(() -> here.associate(there.localAddresses()).send(control(UserMessage.ENRP, 16)));
		await().until(() -> this.recorder.kinds().contains("message") && this.peerRecorder.kinds().contains("message"));
		assertThat(this.recorder.messages("message")).containsExactly(control(UserMessage.ENRP, 12));
		assertThat(this.peerRecorder.messages("message")).containsExactly(control(UserMessage.ENRP, 16));
	}

	/**
	 * Between two ports there is one association only. A role that sets up another one
	 * goes on with what is there.
	 */
	@Test
	void secondAssociationWithSamePeerSharesTheFirst() {
		Endpoint here = open(Channel.ENRP, this.recorder, ANY_PORT);
		InetSocketAddress peer = listen(Channel.ENRP);
		Association[] both = new Association[2];
		this.recorder.calling(() -> both[0] = here.associate(List.of(peer)));
		await().until(() -> this.recorder.events("up").size() == 1);
		this.recorder.calling(() -> both[1] = here.associate(List.of(peer)));
		await().until(() -> this.recorder.events("up").size() == 2);
		assertThat(this.peerRecorder.events("up")).hasSize(1);
		this.recorder.calling(both[0]::abort);
		await().until(() -> this.recorder.kinds().contains("down"));
		send(both[1], control(UserMessage.ENRP, 20));
		await().until(() -> this.peerRecorder.kinds().contains("message"));
		assertThat(this.peerRecorder.kinds()).containsExactly("up", "message");
		this.recorder.calling(both[1]::abort);
		await().until(() -> this.peerRecorder.kinds().contains("down"));
	}

	/**
	 * The kernel ends an association only when the peer acknowledged all that was sent,
	 * which a peer may do after 200 ms, and lets nobody have another one with the same
	 * peer until then.
	 */
	@Test
	void associationIsSetUpAgainWhileTheOneBeforeStillEnds() {
		Endpoint here = open(Channel.ASAP, this.recorder, ANY_PORT);
		InetSocketAddress peer = listen(Channel.ASAP);
		for (int round = 1; round <= 5; round++) {
			int ended = round;
			this.recorder.calling(() -> {
				Association association = here.associate(List.of(peer));
				association.send(control(UserMessage.ASAP, 12));
				association.send(control(UserMessage.ASAP, 16));
				association.shutdown();
			});
			await().until(() -> this.recorder.events("down").size() == ended);
		}
		assertThat(this.recorder.events("down")).allMatch((down) -> down.reason() == DownReason.SHUTDOWN);
		await().until(() -> this.peerRecorder.events("message").size() == 10);
	}

	@Test
	void abandonedAssociationEnds() {
		Endpoint here = open(Channel.ENRP, this.recorder, ANY_PORT);
		InetSocketAddress peer = listen(Channel.ENRP);
		this.recorder.calling(() -> here.associate(List.of(peer)).abort());
		await().until(() -> this.recorder.kinds().contains("down"));
		this.recorder.calling(() -> here.associate(List.of(peer)).send(control(UserMessage.ENRP, 20)));
		await().until(() -> this.peerRecorder.kinds().contains("message"));
	}

	@Test
	void streamThatPeerDoesNotHaveIsReplaced() {
		Association association = associate(Channel.SESSION, this.recorder, listen(Channel.SESSION));
		send(association, new UserMessage(PROTOCOL, 0, false, pattern(1)));
		await().until(() -> this.peerRecorder.kinds().contains("message"));
		send(association, new UserMessage(PROTOCOL, 5, false, pattern(1)));
		send(association, new UserMessage(PROTOCOL, 60_000, false, pattern(2)));
		await().until(() -> this.peerRecorder.events("message").size() == 3);
		assertThat(this.peerRecorder.messages("message")).extracting(UserMessage::stream)
			.contains(0, 5)
			.allMatch((stream) -> stream < 64);
	}

	@Test
	void messageOfPeerThatIsTooLongEndsTheAssociation() {
		RoleLoop strict = RoleLoop.start("strict", TransportSettings.defaults().withMaxMessageSize(1000));
		try {
			Recorder strictRecorder = new Recorder(strict);
			Endpoint endpoint = strict.call(() -> strict.open(
					EndpointSpecification.listening(TransportProtocol.SCTP, Channel.SESSION, ANY_PORT),
					strictRecorder));
			Association association = associate(Channel.SESSION, this.recorder, endpoint.localAddresses().get(0));
			send(association, new UserMessage(1, ByteBuffer.allocate(1000)));
			send(association, new UserMessage(1, ByteBuffer.allocate(1001)));
			await().until(() -> strictRecorder.kinds().contains("down"));
			assertThat(strictRecorder.kinds()).containsExactly("up", "message", "down");
			assertThat(strictRecorder.events("down").get(0).reason()).isEqualTo(DownReason.PROTOCOL_VIOLATION);
			assertThat(strictRecorder.events("down").get(0).detail()).contains("1000");
			await().until(() -> this.recorder.kinds().contains("down"));
		}
		finally {
			strict.close();
		}
	}

	private Endpoint listening(Channel channel, InetSocketAddress local) {
		return this.peerLoop.call(() -> this.peerLoop
			.open(EndpointSpecification.listening(TransportProtocol.SCTP, channel, local), this.peerRecorder));
	}

}
