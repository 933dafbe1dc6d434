package org.rserpool.registrar;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.discovery.DatagramBudget;
import org.rserpool.runtime.MulticastGroup;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.ServerInformation;

/**
 * Sends the registrar's presence to multicast groups, and makes contact with registrars
 * whose presence comes from there. It is a hint where one may be, and nothing else:
 * neither a sign of life nor a reason for an audit, because anybody can forge it.
 */
final class MulticastPresences {

	private final Parts parts;

	private final List<MulticastGroup> groups = new ArrayList<>();

	private final DatagramBudget budget;

	MulticastPresences(Parts parts) {
		this.parts = parts;
		this.budget = new DatagramBudget(parts.runtime().nanoTime());
	}

	void start() {
		this.parts.settings()
			.multicast()
			.presences()
			.forEach((group) -> this.groups.add(this.parts.runtime().join(group, this::received)));
		send();
	}

	void stop() {
		this.groups.forEach(MulticastGroup::close);
		this.groups.clear();
	}

	boolean isActive() {
		return !this.parts.settings().multicast().presences().isEmpty();
	}

	void send() {
		this.groups.forEach((group) -> group.send(this::presence));
	}

	private @Nullable ByteBuffer presence(List<InetAddress> interfaceAddresses) {
		ServerInformation information = this.parts.enrp().information(interfaceAddresses);
		return (information == null) ? null
				: this.parts.codec()
					.encode(new EnrpMessage.Presence(false, this.parts.identifier(), Identifiers.NONE,
							this.parts.handlespace().checksum(this.parts.identifier(), this.parts.settings().dialect()),
							information));
	}

	private void received(InetSocketAddress source, ByteBuffer datagram) {
		if (this.budget.take(this.parts.runtime().nanoTime()) && !this.parts.isStopped()
				&& this.parts.codec().decodeEnrp(datagram) instanceof Decoded.Success<EnrpMessage> success
				&& success.message() instanceof EnrpMessage.Presence presence) {
			learn(source.getAddress(), presence);
		}
	}

	private void learn(InetAddress source, EnrpMessage.Presence presence) {
		ServerInformation information = presence.information();
		int sender = presence.sender();
		if (information == null || sender == Identifiers.NONE || sender == this.parts.identifier()
				|| this.parts.peers().find(sender) != null
				|| !this.parts.settings().protocols().contains(Addresses.protocol(information.transport()))) {
			return;
		}
		for (InetSocketAddress address : Addresses.of(information.transport())) {
			InetSocketAddress reached = address.getAddress().isAnyLocalAddress()
					? new InetSocketAddress(source, address.getPort()) : address;
			if (Addresses.isPlausible(source, reached)) {
				this.parts.contacts().suggest(reached);
				return;
			}
		}
	}

}
