package org.rserpool.registrar;

import java.util.Comparator;
import java.util.List;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.registrar.RegistrarSnapshot.PeerState;
import org.rserpool.wire.PoolElement;

/**
 * Finds which registrar suits an element best: the one whose identifier differs most from
 * the element's. All registrars find the same one, and elements spread over all
 * (draft-dreibholz-rserpool-enrp-takeover).
 */
final class Suggestions {

	private final Parts parts;

	Suggestions(Parts parts) {
		this.parts = parts;
	}

	/**
	 * Return the peers that may take elements over, the one that suits best first.
	 */
	List<Peer> ranked(int element) {
		return this.parts.peers()
			.alive()
			.stream()
			.filter((peer) -> peer.state() == PeerState.ACTIVE)
			.sorted(Comparator.comparing((peer) -> ~(peer.identifier() ^ element), Integer::compareUnsigned))
			.toList();
	}

	/**
	 * An element renewed its registration: suggests it to the peer that suits it better
	 * than this registrar. Elements that share an association share a home, so that what
	 * suits one of them decides for all; only at a renewal are all of them known.
	 */
	void renewed(AsapLink link, ElementKey key, PoolElement element) {
		if (!this.parts.settings().takeoverSuggestion() || element.asapTransport() == null) {
			return;
		}
		int representative = link.elements()
			.stream()
			.map(ElementKey::identifier)
			.min(Integer::compareUnsigned)
			.orElse(key.identifier());
		List<Peer> ranked = ranked(representative);
		if (!ranked.isEmpty() && Integer.compareUnsigned(ranked.get(0).identifier() ^ representative,
				this.parts.identifier() ^ representative) > 0) {
			this.parts.updates().suggest(ranked.get(0), key.poolHandle(), element);
		}
	}

}
