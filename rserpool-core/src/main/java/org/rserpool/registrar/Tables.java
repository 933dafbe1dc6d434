package org.rserpool.registrar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.handlespace.Handlespace;
import org.rserpool.handlespace.Handlespace.Entry;
import org.rserpool.runtime.Timer;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.EnrpMessage.PoolEntry;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.ServerInformation;

/**
 * Hands out the peer list and the handlespace, page by page (RFC 5353, sections 3.2.2 and
 * 3.2.3).
 */
final class Tables {

	private static final int RFC_PAGE_OCTETS = 32 * 1024;

	private static final int RSPLIB_PAGE_OCTETS = 1400;

	private final Parts parts;

	private final Map<Integer, Session> sessions = new HashMap<>();

	Tables(Parts parts) {
		this.parts = parts;
	}

	void serveList(PeerLink link, Peer peer) {
		List<ServerInformation> servers = new ArrayList<>();
		ServerInformation own = this.parts.enrp().information(link.association());
		boolean running = this.parts.isRunning();
		if (running && own != null) {
			servers.add(own);
		}
		int octets = 0;
		for (Peer other : this.parts.peers().alive()) {
			ServerInformation information = other.information();
			if (running && information != null && other != peer) {
				octets += 8 + EncodedSize.of(information.transport());
				if (octets > EncodedSize.MESSAGE_LIMIT) {
					break;
				}
				servers.add(information);
			}
		}
		this.parts.peers()
			.send(peer, new EnrpMessage.ListResponse(!running, this.parts.identifier(), peer.identifier(), servers));
	}

	void serve(Peer peer, EnrpMessage.HandleTableRequest request) {
		Session session = this.sessions.remove(peer.identifier());
		if (session != null) {
			session.timer.cancel();
		}
		if (!this.parts.isRunning()) {
			respond(peer, true, false, List.of());
			return;
		}
		ElementKey after = (session != null && session.ownOnly == request.ownOnly()) ? session.after : null;
		List<Entry> candidates = candidates(request.ownOnly(), after);
		List<Entry> page = candidates.subList(0, fitting(candidates));
		boolean more = page.size() < candidates.size();
		if (more) {
			keep(peer.identifier(), request.ownOnly(), page.get(page.size() - 1).key());
		}
		respond(peer, false, more, group(page));
	}

	void forget(int identifier) {
		Session session = this.sessions.remove(identifier);
		if (session != null) {
			session.timer.cancel();
		}
	}

	/**
	 * Returns one more than a page holds, to know whether there is another page.
	 */
	private List<Entry> candidates(boolean ownOnly, @Nullable ElementKey after) {
		int limit = this.parts.settings().tablePageElements();
		limit += (limit < Integer.MAX_VALUE) ? 1 : 0;
		Handlespace handlespace = this.parts.handlespace();
		return ownOnly ? handlespace.elementsOf(this.parts.identifier(), after, limit)
				: handlespace.elements(after, limit);
	}

	private int fitting(List<Entry> candidates) {
		int most = Math.min(candidates.size(), this.parts.settings().tablePageElements());
		int limit = pageOctets();
		int octets = 0;
		PoolHandle poolHandle = null;
		for (int count = 0; count < most; count++) {
			Entry entry = candidates.get(count);
			octets += EncodedSize.of(entry.element());
			if (!entry.key().poolHandle().equals(poolHandle)) {
				poolHandle = entry.key().poolHandle();
				octets += EncodedSize.of(poolHandle);
			}
			if (octets > limit && count > 0) {
				return count;
			}
		}
		return most;
	}

	private int pageOctets() {
		int octets = this.parts.settings().tablePageOctets();
		if (octets != 0) {
			return octets;
		}
		return (this.parts.settings().dialect() == Dialect.RSPLIB) ? RSPLIB_PAGE_OCTETS : RFC_PAGE_OCTETS;
	}

	private void keep(int identifier, boolean ownOnly, ElementKey after) {
		Timer timer = this.parts.schedule(this.parts.settings().timers().maxTimeNoResponse().multipliedBy(2),
				() -> this.sessions.remove(identifier));
		this.sessions.put(identifier, new Session(ownOnly, after, timer));
	}

	private static List<PoolEntry> group(List<Entry> page) {
		List<PoolEntry> pools = new ArrayList<>();
		List<PoolElement> elements = new ArrayList<>();
		for (int i = 0; i < page.size(); i++) {
			PoolHandle poolHandle = page.get(i).key().poolHandle();
			elements.add(page.get(i).element());
			if (i + 1 == page.size() || !page.get(i + 1).key().poolHandle().equals(poolHandle)) {
				pools.add(new PoolEntry(poolHandle, elements));
				elements.clear();
			}
		}
		return pools;
	}

	private void respond(Peer peer, boolean rejected, boolean more, List<PoolEntry> pools) {
		this.parts.peers()
			.send(peer, new EnrpMessage.HandleTableResponse(rejected, more, this.parts.identifier(), peer.identifier(),
					pools));
	}

	private record Session(boolean ownOnly, ElementKey after, Timer timer) {
	}

}
