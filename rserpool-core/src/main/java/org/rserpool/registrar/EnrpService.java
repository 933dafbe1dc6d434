package org.rserpool.registrar;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.ServerInformation;

/**
 * Talks with peers by ENRP (RFC 5353): knows who sent a message, and hands it to whom it
 * concerns.
 */
final class EnrpService extends Service<EnrpMessage, PeerLink> {

	EnrpService(Parts parts) {
		super(parts, UserMessage.ENRP);
	}

	/**
	 * Returns where this registrar is reached by who is at the other end of an
	 * association, or {@code null} if it is not known.
	 */
	@Nullable ServerInformation information(Association association) {
		List<InetSocketAddress> listening = localAddresses(association.protocol());
		if (listening.isEmpty()) {
			return null;
		}
		int port = listening.get(0).getPort();
		List<InetAddress> hosts = Addresses.hosts(listening);
		if (hosts.stream().anyMatch(InetAddress::isAnyLocalAddress)) {
			hosts = Addresses.hosts(association.localAddresses());
		}
		return hosts.isEmpty() ? null
				: new ServerInformation(parts().identifier(), Addresses.transport(association.protocol(), hosts, port));
	}

	/**
	 * Returns where this registrar is reached through an interface, or {@code null} if it
	 * is not.
	 * @param interfaceAddresses the addresses of the interface
	 */
	@Nullable ServerInformation information(List<InetAddress> interfaceAddresses) {
		TransportProtocol protocol = parts().settings().protocols().get(0);
		List<InetSocketAddress> listening = localAddresses(protocol);
		List<InetAddress> hosts = Addresses.reachable(listening, interfaceAddresses);
		return hosts.isEmpty() ? null : new ServerInformation(parts().identifier(),
				Addresses.transport(protocol, hosts, listening.get(0).getPort()));
	}

	@Override
	@Nullable String refusal(Association association) {
		return parts().settings().accessRules().refusesRegistrar(association.peerIdentity());
	}

	@Override
	boolean accepts() {
		return !parts().isStopped();
	}

	@Override
	PeerLink link(Association association) {
		return new PeerLink(parts(), association);
	}

	@Override
	Decoded<EnrpMessage> decode(UserMessage message) {
		return parts().codec().decodeEnrp(message.data());
	}

	@Override
	EnrpMessage error(PeerLink link, List<ErrorCause> causes) {
		return new EnrpMessage.Error(parts().identifier(), link.peer(), causes);
	}

	@Override
	void linkUp(PeerLink link) {
		parts().contacts().linkUp(link);
	}

	@Override
	void linkDown(PeerLink link) {
		parts().contacts().linkDown(link);
		parts().tables().forget(link);
		Peer peer = parts().peers().find(link.peer());
		if (peer != null && peer.links().remove(link)) {
			parts().peerMonitor().lostLink(peer, link);
		}
	}

	@Override
	void handle(PeerLink link, EnrpMessage message) {
		int sender = message.sender();
		if (sender == Identifiers.NONE) {
			link.failed("A registrar without identifier sent " + message.getClass().getSimpleName());
			return;
		}
		if (sender == parts().identifier()) {
			parts().identity().met(link, message);
			return;
		}
		Peer peer = parts().peers().heard(link, sender);
		if (peer == null) {
			link.failed("More than " + parts().settings().maxPeers() + " peers");
			return;
		}
		dispatch(link, peer, message);
	}

	/**
	 * Presents this registrar under its new identifier to all who know it by another one.
	 */
	void presentAgain() {
		List.copyOf(links())
			.forEach((link) -> link.sendWhenUp(() -> parts().peers().presence(link, true, Identifiers.NONE)));
	}

	private void dispatch(PeerLink link, Peer peer, EnrpMessage message) {
		if (message instanceof EnrpMessage.Presence presence) {
			present(peer, presence);
		}
		else if (message instanceof EnrpMessage.HandleUpdate update) {
			parts().updates().receive(peer, update);
		}
		else if (message instanceof EnrpMessage.HandleTableRequest request) {
			parts().tables().serve(link, peer, request);
		}
		else if (message instanceof EnrpMessage.HandleTableResponse response) {
			if (!parts().audits().receive(peer, response)) {
				parts().startUp().receive(peer, response);
			}
		}
		else if (message instanceof EnrpMessage.ListRequest) {
			parts().tables().serveList(link, peer);
		}
		else if (message instanceof EnrpMessage.ListResponse response) {
			response.servers().forEach(parts().peers()::learn);
			parts().startUp().receive(peer, response);
		}
		else if (message instanceof EnrpMessage.Error) {
			parts().count(Counters.ERRORS_RECEIVED);
		}
		else {
			parts().takeovers().receive(peer, message);
		}
	}

	private void present(Peer peer, EnrpMessage.Presence presence) {
		ServerInformation information = presence.information();
		if (information != null && information.identifier() == peer.identifier()
				&& Addresses.of(information.transport())
					.stream()
					.noneMatch((address) -> address.getAddress().isAnyLocalAddress())) {
			peer.information(information);
		}
		if (presence.replyRequired()) {
			parts().peers().sendPresence(peer, false, peer.identifier());
		}
		if (presence.checksum() != null) {
			peer.reportedChecksum(presence.checksum());
			parts().audits().check(peer, presence.checksum());
		}
	}

}
