package org.rserpool.test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.MulticastGroup;
import org.rserpool.runtime.MulticastListener;
import org.rserpool.runtime.MulticastSpecification;

/**
 * Carries datagrams to the members of multicast groups. Who is cut off gets none, and any
 * may be lost.
 */
final class SimulatedMulticast {

	private final SimulatedScope scope;

	private final SplittableRandom random;

	private final List<Membership> members = new ArrayList<>();

	private double loss;

	SimulatedMulticast(SimulatedScope scope, SplittableRandom random) {
		this.scope = scope;
		this.random = random;
	}

	void loss(double probability) {
		this.loss = probability;
	}

	MulticastGroup join(SimulatedProcess process, MulticastSpecification specification, MulticastListener listener) {
		Membership membership = new Membership(process, specification, listener);
		this.members.add(membership);
		return membership;
	}

	/**
	 * Sends a datagram as a stranger may do it.
	 */
	void send(SimulatedProcess sender, InetSocketAddress group, int sourcePort, ByteBuffer datagram) {
		this.members.removeIf((member) -> !member.process.isStill(member.incarnation));
		for (Membership member : List.copyOf(this.members)) {
			boolean self = member.process == sender;
			if (member.specification.group().equals(group)
					&& (self || this.scope.network().reaches(sender, member.process))
					&& (this.loss == 0 || this.random.nextDouble() >= this.loss)) {
				ByteBuffer copy = ByteBuffer.allocate(datagram.remaining()).put(datagram.duplicate()).flip();
				this.scope.schedule(Duration.ofNanos(this.scope.network().latency()), () -> member.process
					.execute(member.incarnation, () -> member.deliver(sender.address(sourcePort), copy)));
			}
		}
	}

	/**
	 * A process that joined a group.
	 */
	private final class Membership implements MulticastGroup {

		private final SimulatedProcess process;

		private final int incarnation;

		private final MulticastSpecification specification;

		private final MulticastListener listener;

		private final int sourcePort;

		private Membership(SimulatedProcess process, MulticastSpecification specification, MulticastListener listener) {
			this.process = process;
			this.incarnation = process.incarnation();
			this.specification = specification;
			this.listener = listener;
			this.sourcePort = (specification.sourcePort() != 0) ? specification.sourcePort() : process.freePort();
		}

		@Override
		public void send(Function<List<InetAddress>, @Nullable ByteBuffer> datagram) {
			ByteBuffer octets = datagram.apply(List.of(this.process.address()));
			if (octets != null && this.process.isStill(this.incarnation)) {
				SimulatedMulticast.this.send(this.process, this.specification.group(), this.sourcePort, octets);
			}
		}

		@Override
		public void close() {
			SimulatedMulticast.this.members.remove(this);
		}

		private void deliver(InetSocketAddress source, ByteBuffer datagram) {
			if (SimulatedMulticast.this.members.contains(this)) {
				this.listener.received(source, datagram);
			}
		}

	}

}
