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

	/** How many downloads may be under way; who asks for another one is refused. */
	static final int MAX_SESSIONS = 64;

	private static final int RFC_PAGE_OCTETS = 32 * 1024;

	private static final int RSPLIB_PAGE_OCTETS = 1400;

	private final Parts parts;

	private final Map<Download, Session> sessions = new HashMap<>();

	Tables(Parts parts) {
		this.parts = parts;
	}

	/**
	 * Hands out the peer list. Who asks for it at its start is about to begin its
	 * download, and not to go on with an earlier one. Not so in the {@code rsplib}
	 * dialect, where hsdump asks for it before each page.
	 */
	void serveList(PeerLink link, Peer peer) {
		if (this.parts.settings().dialect() != Dialect.RSPLIB) {
			end(new Download(link, peer.identifier(), false));
		}
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
		link.send(new EnrpMessage.ListResponse(!running, this.parts.identifier(), peer.identifier(), servers));
	}

	void serve(PeerLink link, Peer peer, EnrpMessage.HandleTableRequest request) {
		Download download = new Download(link, peer.identifier(), request.ownOnly());
		ElementKey after = end(download);
		if (!this.parts.isRunning() || this.sessions.size() >= MAX_SESSIONS) {
			respond(download, true, false, List.of());
			return;
		}
		List<Entry> candidates = candidates(request.ownOnly(), after);
		List<Entry> page = candidates.subList(0, fitting(candidates));
		boolean more = page.size() < candidates.size();
		if (more) {
			keep(download, page.get(page.size() - 1).key());
		}
		respond(download, false, more, group(page));
	}

	/**
	 * Ends what an association that has ended was used for.
	 */
	void forget(PeerLink link) {
		List.copyOf(this.sessions.keySet()).stream().filter((download) -> download.link() == link).forEach(this::end);
	}

	/**
	 * Ends a session, if there is one.
	 * @return the last element that was handed out
	 */
	private @Nullable ElementKey end(Download download) {
		Session session = this.sessions.remove(download);
		if (session == null) {
			return null;
		}
		session.timer.cancel();
		return session.after;
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

	private void keep(Download download, ElementKey after) {
		Timer timer = this.parts.schedule(this.parts.settings().timers().maxTimeNoResponse().multipliedBy(2),
				() -> this.sessions.remove(download));
		this.sessions.put(download, new Session(after, timer));
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

	private void respond(Download download, boolean rejected, boolean more, List<PoolEntry> pools) {
		download.link()
			.send(new EnrpMessage.HandleTableResponse(rejected, more, this.parts.identifier(), download.peer(), pools));
	}

	/**
	 * What a session is for: requests that continue it say no more.
	 */
	private record Download(PeerLink link, int peer, boolean ownOnly) {
	}

	private record Session(ElementKey after, Timer timer) {
	}

}
