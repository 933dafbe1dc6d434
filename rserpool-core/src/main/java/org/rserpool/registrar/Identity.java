package org.rserpool.registrar;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import org.rserpool.registrar.RegistrarSnapshot.State;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.ServerInformation;

/**
 * Minds that no other registrar has this one's identifier (RFC 5353, section 3.2.1).
 * Before service starts, another identifier is drawn; after that elements and peers know
 * this registrar by it, so it stays, and what the other one says is ignored.
 */
final class Identity {

	private final Parts parts;

	Identity(Parts parts) {
		this.parts = parts;
	}

	/**
	 * A message with this registrar's identifier as its sender arrived.
	 */
	void met(PeerLink link, EnrpMessage message) {
		List<InetSocketAddress> other = addresses(link, message);
		boolean self = isSelf(link, other);
		Peer peer = this.parts.peers().find(link.peer());
		if (self) {
			this.parts.contacts().metSelf(link);
		}
		if (peer != null && peer.links().remove(link)) {
			link.bind(Identifiers.NONE);
			this.parts.peerMonitor().replaced(peer);
		}
		if (!self) {
			collided(link, message, other);
		}
	}

	private void collided(PeerLink link, EnrpMessage message, List<InetSocketAddress> other) {
		int identifier = this.parts.identifier();
		if (this.parts.state() == State.STARTING) {
			this.parts.drawIdentifier();
			tell(identifier, this.parts.identifier(), other);
			this.parts.enrp().presentAgain();
			this.parts.startUp().identifierChanged();
			return;
		}
		if (link.collides()) {
			tell(identifier, Identifiers.NONE, other);
		}
		if (message instanceof EnrpMessage.Presence presence && presence.replyRequired()) {
			// The other one may be able to draw another identifier.
			link.send(this.parts.peers().presence(link, false, Identifiers.NONE));
		}
	}

	private void tell(int identifier, int replacement, List<InetSocketAddress> other) {
		this.parts.count(Counters.IDENTIFIER_COLLISIONS);
		this.parts.listener().identifierCollision(identifier, replacement, this.parts.enrp().localAddresses(), other);
	}

	/**
	 * Returns where the sender says that it is reached, or else where the message came
	 * from.
	 */
	private static List<InetSocketAddress> addresses(PeerLink link, EnrpMessage message) {
		ServerInformation information = (message instanceof EnrpMessage.Presence presence) ? presence.information()
				: null;
		List<InetSocketAddress> said = (information != null) ? Addresses.of(information.transport()) : List.of();
		return (said.isEmpty() || said.stream().anyMatch((address) -> address.getAddress().isAnyLocalAddress()))
				? link.association().peerAddresses() : said;
	}

	/**
	 * Returns whether the association leads from this registrar to itself, because it is
	 * among its own peers.
	 */
	private boolean isSelf(PeerLink link, List<InetSocketAddress> other) {
		List<InetSocketAddress> listening = this.parts.enrp().localAddresses();
		List<InetAddress> hosts = new ArrayList<>(Addresses.hosts(listening));
		hosts.addAll(Addresses.hosts(link.association().localAddresses()));
		boolean portKnown = link.association().outbound() || other != link.association().peerAddresses();
		return other.stream()
			.anyMatch((address) -> hosts.contains(address.getAddress())
					&& (!portKnown || listening.stream().anyMatch((own) -> own.getPort() == address.getPort())));
	}

}
