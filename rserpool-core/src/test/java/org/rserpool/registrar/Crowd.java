package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.EndpointKeepAlive;
import org.rserpool.wire.AsapMessage.EndpointKeepAliveAck;
import org.rserpool.wire.AsapMessage.Registration;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.WireCodec;

/**
 * Very many pool elements, each with an association of its own, which register, answer
 * keep-alives, and register with a new home: no more than a pool element must do.
 */
final class Crowd {

	/** How many elements run on a machine. */
	private static final int MACHINE = 1000;

	private static final int POOLS = 1000;

	private final WireCodec codec = new WireCodec(Dialect.RFC);

	private final List<Member> members = new ArrayList<>();

	Crowd(FakeNetwork network, int size) {
		FakeNetwork.Process machine = network.process();
		for (int i = 0; i < size; i++) {
			if (i % MACHINE == 0) {
				machine = network.process();
			}
			this.members.add(new Member(machine, i + 1));
		}
	}

	/**
	 * Lets all register within a time.
	 */
	void register(InetSocketAddress registrar, Duration within) {
		for (Member member : this.members) {
			Duration delay = Duration.ofNanos(member.machine.random().nextLong(within.toNanos()));
			member.machine.schedule(delay, () -> member.register(member.endpoint.associate(List.of(registrar))));
		}
	}

	/**
	 * One element.
	 */
	private final class Member implements EndpointListener {

		private final FakeNetwork.Process machine;

		private final Endpoint endpoint;

		private final PoolHandle pool;

		private final PoolElement element;

		Member(FakeNetwork.Process machine, int identifier) {
			this.machine = machine;
			int port = 10_000 + identifier % MACHINE;
			this.endpoint = machine
				.open(EndpointSpecification.listening(TransportProtocol.TCP, Channel.ASAP, machine.at(port)), this);
			this.pool = PoolHandle.of("pool " + identifier % POOLS);
			this.element = new PoolElement(identifier, 0, Duration.ofMinutes(10).toMillis(),
					new Transport.Tcp(port + MACHINE, machine.address()), MemberSelectionPolicy.ROUND_ROBIN,
					new Transport.Tcp(port, machine.address()));
		}

		void register(Association home) {
			send(home, new Registration(this.pool, this.element));
		}

		private void send(Association association, AsapMessage message) {
			association.send(new UserMessage(UserMessage.ASAP, Crowd.this.codec.encode(message)));
		}

		@Override
		public void message(Association association, UserMessage message) {
			if (Crowd.this.codec.decodeAsap(message.data()) instanceof Decoded.Success<AsapMessage> success
					&& success.message() instanceof EndpointKeepAlive keepAlive) {
				send(association, new EndpointKeepAliveAck(this.pool, this.element.identifier()));
				if (keepAlive.home()) {
					register(association);
				}
			}
		}

		@Override
		public void down(Association association, DownReason reason, String detail) {
			// Whoever takes over asks by a keep-alive.
		}

	}

}
