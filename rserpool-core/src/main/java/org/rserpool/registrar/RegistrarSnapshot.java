package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * What a registrar knows at one moment.
 *
 * @param identifier the registrar's identifier
 * @param state its state
 * @param asapAddresses where elements and users reach it
 * @param enrpAddresses where peers reach it
 * @param checksum the checksum of the elements that it owns, 16 bits
 * @param peers its peers, in the order of identifiers
 * @param pools the handlespace, in the order of pool handles
 * @since 0.1
 */
public record RegistrarSnapshot(int identifier, State state, List<InetSocketAddress> asapAddresses,
		List<InetSocketAddress> enrpAddresses, int checksum, List<Peer> peers, List<Pool> pools) {

	public RegistrarSnapshot {
		asapAddresses = List.copyOf(asapAddresses);
		enrpAddresses = List.copyOf(enrpAddresses);
		peers = List.copyOf(peers);
		pools = List.copyOf(pools);
	}

	/**
	 * The states of a registrar.
	 */
	public enum State {

		/**
		 * It is not started, or copies the handlespace from a mentor, and gives no
		 * service.
		 */
		STARTING,

		/** It gives service. */
		RUNNING,

		/**
		 * It hands its elements over to peers, and takes no new ones, before it stops.
		 */
		LEAVING,

		/** It was stopped. */
		STOPPED

	}

	/**
	 * The states of a peer.
	 */
	public enum PeerState {

		/** It was heard of, but not heard. */
		NEW,

		/** It lives. */
		ACTIVE,

		/** It was silent, and has been asked to answer. */
		PROBING,

		/** It is thought dead; this registrar or another one takes over. */
		NOT_ACTIVE

	}

	/**
	 * A peer.
	 *
	 * @param identifier its identifier
	 * @param addresses where it is reached; empty if not known
	 * @param state its state
	 * @param silentMillis milliseconds since it was last heard
	 * @param expectedChecksum the checksum of what it owns in this registrar's copy
	 * @param reportedChecksum the checksum that it reported last, or {@code null}
	 * @param elements how many elements it owns in this registrar's copy
	 */
	public record Peer(int identifier, List<InetSocketAddress> addresses, PeerState state, long silentMillis,
			int expectedChecksum, @Nullable Integer reportedChecksum, int elements) {

		public Peer {
			addresses = List.copyOf(addresses);
		}

	}

	/**
	 * A pool.
	 *
	 * @param handle its name
	 * @param policy the policy of its first element, of which the type is the pool's
	 * @param elements its elements in the order of identifiers, each with its owner as
	 * home registrar
	 */
	public record Pool(PoolHandle handle, MemberSelectionPolicy policy, List<PoolElement> elements) {

		public Pool {
			elements = List.copyOf(elements);
		}

	}

}
