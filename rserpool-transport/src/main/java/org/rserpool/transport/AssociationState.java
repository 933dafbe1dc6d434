package org.rserpool.transport;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.TransportProtocol;

/**
 * An association that is up, as it is at one moment.
 *
 * @param protocol the transport protocol
 * @param channel what the association carries
 * @param outbound whether this side set it up
 * @param localAddresses the addresses of this side
 * @param paths the addresses of the peer, and whether each can be reached
 * @since 0.1
 */
public record AssociationState(TransportProtocol protocol, Channel channel, boolean outbound,
		List<InetSocketAddress> localAddresses, List<Path> paths) {

	public AssociationState {
		localAddresses = List.copyOf(localAddresses);
		paths = List.copyOf(paths);
	}

	static AssociationState of(Channel channel, Association association) {
		Set<InetSocketAddress> failed = association.unreachableAddresses();
		return new AssociationState(association.protocol(), channel, association.outbound(),
				association.localAddresses(),
				association.peerAddresses()
					.stream()
					.map((address) -> new Path(address, !failed.contains(address)))
					.toList());
	}

	/**
	 * A path to the peer.
	 *
	 * @param peer the address of the peer
	 * @param reachable whether the path works, as far as is known
	 */
	public record Path(InetSocketAddress peer, boolean reachable) {
	}

}
