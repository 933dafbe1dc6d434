package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.rserpool.registrar.RegistrarSnapshot.PeerState;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.ServerInformation;
import org.rserpool.wire.Transport;

/**
 * The peer list (RFC 5353, section 3.4), and sending to peers.
 */
final class Peers {

	private final Parts parts;

	private final Map<Integer, Peer> peers = new TreeMap<>(Integer::compareUnsigned);

	Peers(Parts parts) {
		this.parts = parts;
	}

	@Nullable Peer find(int identifier) {
		return this.peers.get(identifier);
	}

	/**
	 * Return the peers in the order of identifiers; a copy.
	 */
	List<Peer> all() {
		return new ArrayList<>(this.peers.values());
	}

	Collection<Peer> alive() {
		return this.peers.values().stream().filter(Peer::isAlive).toList();
	}

	/**
	 * Finds the sender of a message, or adds it to the list.
	 * @return the sender, or {@code null} if the list is full
	 */
	@Nullable Peer heard(PeerLink link, int sender) {
		Peer peer = this.peers.get(sender);
		boolean unknown = peer == null;
		if (peer == null) {
			peer = add(sender);
		}
		if (peer == null) {
			return null;
		}
		bind(link, peer);
		peer.heard(this.parts.runtime().nanoTime());
		this.parts.peerMonitor().alive(peer);
		if (unknown) {
			link.send(presence(link, true, sender));
		}
		return peer;
	}

	private @Nullable Peer add(int identifier) {
		if (this.peers.size() >= this.parts.settings().maxPeers()) {
			return null;
		}
		Peer peer = new Peer(identifier, this.parts.runtime().nanoTime());
		this.peers.put(identifier, peer);
		return peer;
	}

	private void bind(PeerLink link, Peer peer) {
		if (link.peer() == peer.identifier()) {
			return;
		}
		Peer before = this.peers.get(link.peer());
		link.bind(peer.identifier());
		peer.add(link);
		if (before != null) {
			before.links().remove(link);
			this.parts.peerMonitor().replaced(before);
		}
	}

	/**
	 * Another registrar told of a peer: makes contact with it.
	 */
	void learn(ServerInformation information) {
		int identifier = information.identifier();
		if (identifier == this.parts.identifier() || identifier == Identifiers.NONE
				|| this.peers.containsKey(identifier) || Addresses.of(information.transport()).isEmpty()
				|| this.parts.enrp().localAddresses().containsAll(Addresses.of(information.transport()))) {
			return;
		}
		Peer peer = add(identifier);
		if (peer != null) {
			peer.information(information);
			this.parts.peerMonitor().probe(peer);
		}
	}

	void remove(Peer peer) {
		peer.deadline(null);
		this.peers.remove(peer.identifier());
		for (PeerLink link : peer.links()) {
			link.bind(Identifiers.NONE);
		}
		peer.links().clear();
		this.parts.audits().forget(peer.identifier());
		this.parts.contacts().remember(peer);
	}

	/**
	 * Sends a message to a peer, and sets up an association if there is none.
	 * @return whether there is, or will be, an association
	 */
	boolean send(Peer peer, EnrpMessage message) {
		return send(peer, (link) -> message);
	}

	private boolean send(Peer peer, Function<PeerLink, EnrpMessage> message) {
		PeerLink link = peer.link();
		if (link == null) {
			link = connect(peer);
		}
		if (link == null) {
			return false;
		}
		PeerLink sender = link;
		sender.sendWhenUp(() -> message.apply(sender));
		return true;
	}

	/**
	 * Sends a message to all peers, but for those that are thought dead and are not
	 * associated.
	 */
	void broadcast(EnrpMessage message) {
		reachable().forEach((peer) -> send(peer, message));
	}

	/**
	 * Sends a presence to all peers, but for those that are thought dead and are not
	 * associated.
	 */
	void broadcastPresence() {
		reachable().forEach((peer) -> sendPresence(peer, false, Identifiers.NONE));
	}

	private List<Peer> reachable() {
		return this.peers.values()
			.stream()
			.filter((peer) -> peer.state() != PeerState.NOT_ACTIVE || peer.link() != null)
			.toList();
	}

	boolean sendPresence(Peer peer, boolean replyRequired, int receiver) {
		return send(peer, (link) -> presence(link, replyRequired, receiver));
	}

	EnrpMessage presence(PeerLink link, boolean replyRequired, int receiver) {
		return new EnrpMessage.Presence(replyRequired, this.parts.identifier(), receiver,
				this.parts.handlespace().checksum(this.parts.identifier(), this.parts.settings().dialect()),
				this.parts.enrp().information(link.association()));
	}

	private @Nullable PeerLink connect(Peer peer) {
		ServerInformation information = peer.information();
		if (information == null) {
			return null;
		}
		Transport transport = information.transport();
		List<InetSocketAddress> addresses = Addresses.of(transport);
		TransportProtocol protocol = Addresses.protocol(transport);
		PeerLink link = null;
		if (protocol != null && !addresses.isEmpty()) {
			link = this.parts.enrp().connect(protocol, addresses);
			if (link == null) {
				// The peer may serve another transport protocol at the same port.
				link = this.parts.enrp().connect(this.parts.settings().protocols().get(0), addresses);
			}
		}
		if (link != null) {
			link.bind(peer.identifier());
			peer.add(link);
		}
		return link;
	}

}
