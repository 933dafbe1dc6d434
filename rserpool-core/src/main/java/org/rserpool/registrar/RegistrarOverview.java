package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import org.rserpool.registrar.RegistrarSnapshot.Peer;
import org.rserpool.registrar.RegistrarSnapshot.State;
import org.rserpool.wire.Dialect;

/**
 * What a registrar knows at one moment, but for the handlespace itself.
 *
 * @param identifier the registrar's identifier
 * @param state its state
 * @param dialect how it writes messages
 * @param age how long it has been there
 * @param asapAddresses where elements and users reach it
 * @param enrpAddresses where peers reach it
 * @param checksum the checksum of the elements that it owns, 16 bits
 * @param pools how many pools there are
 * @param elements how many elements all pools have together
 * @param ownElements how many of them it owns
 * @param peers its peers, in the order of identifiers
 * @param takeovers what it is about to take over, in the order of identifiers
 * @since 0.1
 */
public record RegistrarOverview(int identifier, State state, Dialect dialect, Duration age,
		List<InetSocketAddress> asapAddresses, List<InetSocketAddress> enrpAddresses, int checksum, int pools,
		int elements, int ownElements, List<Peer> peers, List<Takeover> takeovers) {

	public RegistrarOverview {
		asapAddresses = List.copyOf(asapAddresses);
		enrpAddresses = List.copyOf(enrpAddresses);
		peers = List.copyOf(peers);
		takeovers = List.copyOf(takeovers);
	}

	/**
	 * A takeover that has begun here, and that peers have not all acknowledged yet.
	 *
	 * @param target the identifier of the registrar that is thought dead
	 * @param age how long ago it began
	 * @param awaited the identifiers of the peers that have not acknowledged it
	 */
	public record Takeover(int target, Duration age, List<Integer> awaited) {

		public Takeover {
			awaited = List.copyOf(awaited);
		}

	}

}
