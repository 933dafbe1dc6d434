package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.time.Duration;
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
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.WireCodec;

/**
 * A pool element, or a pool user, that says what the test tells it, and answers
 * keep-alives.
 */
final class TestElement implements EndpointListener {

	static final PoolHandle POOL = PoolHandle.of("EchoPool");

	static final int PORT = 5000;

	WireCodec codec = new WireCodec(Dialect.RFC);

	private final FakeNetwork.Process process;

	private final Endpoint endpoint;

	private final int identifier;

	final List<AsapMessage> received = new ArrayList<>();

	boolean answering = true;

	/** Whether only who is its home gets answers, as from elements of rsplib. */
	boolean answeringOnlyItsHome;

	/** Whether it renews its registration every ten seconds, at whatever is its home. */
	boolean renewing;

	@Nullable Association home;

	private boolean registered;

	private int calm;

	TestElement(FakeNetwork network, int identifier) {
		this(network.process(), identifier, PORT);
	}

	TestElement(FakeNetwork.Process process, int identifier, int port) {
		this(process, identifier, port, TransportProtocol.TCP);
	}

	TestElement(FakeNetwork.Process process, int identifier, int port, TransportProtocol protocol) {
		this.process = process;
		this.identifier = identifier;
		this.endpoint = this.process
			.open(EndpointSpecification.listening(protocol, Channel.ASAP, this.process.at(port)), this);
	}

	FakeNetwork.Process process() {
		return this.process;
	}

	PoolElement description() {
		int port = this.endpoint.localAddresses().get(0).getPort();
		return new PoolElement(this.identifier, 0, 30_000, new Transport.Tcp(port + 1, this.process.address()),
				MemberSelectionPolicy.ROUND_ROBIN, new Transport.Tcp(port, this.process.address()));
	}

	void connect(InetSocketAddress registrar) {
		this.home = this.endpoint.associate(List.of(registrar));
	}

	void register(InetSocketAddress registrar) {
		connect(registrar);
		register();
	}

	void register() {
		if (this.renewing) {
			this.renewing = false;
			this.process.schedule(Duration.ofSeconds(10), this::renew);
		}
		send(new AsapMessage.Registration(POOL, description()));
	}

	/**
	 * Registers wherever it can, from now on.
	 */
	void hunt(List<InetSocketAddress> registrars, int first) {
		boolean lost = this.home == null || !this.registered;
		if (lost) {
			if (this.home != null) {
				this.home.abort();
			}
			register(registrars.get(first));
		}
		else if (++this.calm % 10 == 0) {
			register();
		}
		this.process.schedule(Duration.ofSeconds(1),
				() -> hunt(registrars, lost ? (first + 1) % registrars.size() : first));
	}

	private void renew() {
		register();
		this.process.schedule(Duration.ofSeconds(10), this::renew);
	}

	void deregister() {
		send(new AsapMessage.Deregistration(POOL, this.identifier));
	}

	void send(AsapMessage message) {
		if (this.home != null) {
			this.home.send(new UserMessage(UserMessage.ASAP, this.codec.encode(message)));
		}
	}

	<M extends AsapMessage> List<M> received(Class<M> type) {
		return this.received.stream().filter(type::isInstance).map(type::cast).toList();
	}

	<M extends AsapMessage> M last(Class<M> type) {
		List<M> all = received(type);
		if (all.isEmpty()) {
			throw new AssertionError("No " + type.getSimpleName() + " among " + this.received);
		}
		return all.get(all.size() - 1);
	}

	@Override
	public void message(Association association, UserMessage message) {
		if (message.payloadProtocol() != UserMessage.ASAP) {
			return;
		}
		if (!(this.codec.decodeAsap(message.data()) instanceof Decoded.Success<AsapMessage> success)) {
			throw new AssertionError("Not readable");
		}
		this.received.add(success.message());
		if (success.message() instanceof AsapMessage.RegistrationResponse response) {
			this.registered = !response.rejected();
		}
		else if (success.message() instanceof AsapMessage.DeregistrationResponse && association == this.home) {
			this.registered = false;
		}
		if (success.message() instanceof AsapMessage.EndpointKeepAlive keepAlive && this.answering
				&& (!this.answeringOnlyItsHome || keepAlive.home() || association == this.home)) {
			association.send(new UserMessage(UserMessage.ASAP,
					this.codec.encode(new AsapMessage.EndpointKeepAliveAck(keepAlive.poolHandle(), this.identifier))));
			if (keepAlive.home()) {
				this.home = association;
				this.registered = true;
			}
		}
	}

	@Override
	public void down(Association association, DownReason reason, String detail) {
		if (association == this.home) {
			this.home = null;
			this.registered = false;
		}
	}

}
