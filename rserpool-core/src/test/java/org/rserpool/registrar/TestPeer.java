package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.Octets;
import org.rserpool.wire.ServerInformation;
import org.rserpool.wire.Transport;
import org.rserpool.wire.WireCodec;

/**
 * Another registrar of which every message is said by the test; only presences that
 * require a reply are answered by itself, for as long as it is to live.
 */
final class TestPeer implements EndpointListener {

	/** The checksum of a registrar that owns nothing. */
	static final int NOTHING = 0xffff;

	WireCodec codec = new WireCodec(Dialect.RFC);

	private final FakeNetwork.Process process;

	private final Endpoint endpoint;

	private final int identifier;

	/** All messages, in order. */
	final List<EnrpMessage> received = new ArrayList<>();

	/** All messages as they came. */
	final List<Octets> octets = new ArrayList<>();

	/** Whether presences that require a reply are answered. */
	boolean answering = true;

	/** What is said of the elements that it owns. */
	int checksum = NOTHING;

	/** Where messages are sent: by default where the last one came from. */
	@Nullable Association association;

	TestPeer(FakeNetwork network, int identifier) {
		this(network.process(), identifier, TransportProtocol.TCP);
	}

	TestPeer(FakeNetwork.Process process, int identifier, TransportProtocol protocol) {
		this.process = process;
		this.identifier = identifier;
		this.endpoint = process.open(EndpointSpecification.listening(protocol, Channel.ENRP, process.at(9901)), this);
	}

	FakeNetwork.Process process() {
		return this.process;
	}

	int identifier() {
		return this.identifier;
	}

	ServerInformation information() {
		InetSocketAddress address = this.process.at(9901);
		return new ServerInformation(this.identifier,
				(this.endpoint.protocol() == TransportProtocol.SCTP)
						? Addresses.transport(TransportProtocol.SCTP, List.of(address.getAddress()), address.getPort())
						: new Transport.Tcp(address.getPort(), address.getAddress()));
	}

	/**
	 * Sets up another association.
	 */
	Association connect(TestRegistrar registrar) {
		Association made = this.endpoint.associate(List.of(registrar.process().at(9901)));
		this.association = made;
		return made;
	}

	/**
	 * Says that it lives.
	 */
	void present() {
		present(false);
	}

	void present(boolean replyRequired) {
		send(new EnrpMessage.Presence(replyRequired, this.identifier, Identifiers.NONE, this.checksum, information()));
	}

	void send(EnrpMessage message) {
		send(this.codec.encode(message));
	}

	void send(ByteBuffer message) {
		if (this.association == null) {
			throw new AssertionError("No association");
		}
		this.association.send(new UserMessage(UserMessage.ENRP, message));
	}

	<M extends EnrpMessage> List<M> received(Class<M> type) {
		return this.received.stream().filter(type::isInstance).map(type::cast).toList();
	}

	<M extends EnrpMessage> M last(Class<M> type) {
		List<M> all = received(type);
		if (all.isEmpty()) {
			throw new AssertionError("No " + type.getSimpleName() + " among " + this.received);
		}
		return all.get(all.size() - 1);
	}

	/**
	 * Return the presences that required a reply.
	 */
	List<EnrpMessage.Presence> probes() {
		return received(EnrpMessage.Presence.class).stream().filter(EnrpMessage.Presence::replyRequired).toList();
	}

	void forget() {
		this.received.clear();
		this.octets.clear();
	}

	@Override
	public void up(Association up) {
		if (this.association == null) {
			this.association = up;
		}
	}

	@Override
	public void message(Association from, UserMessage message) {
		this.octets.add(Octets.copyOf(message.data()));
		if (!(this.codec.decodeEnrp(message.data()) instanceof Decoded.Success<EnrpMessage> success)) {
			throw new AssertionError("Not readable");
		}
		this.received.add(success.message());
		this.association = from;
		if (this.answering && success.message() instanceof EnrpMessage.Presence presence && presence.replyRequired()) {
			present();
		}
	}

	@Override
	public void down(Association ended, DownReason reason, String detail) {
		if (ended == this.association) {
			this.association = null;
		}
	}

}
