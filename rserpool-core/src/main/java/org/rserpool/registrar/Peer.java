package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.registrar.RegistrarSnapshot.PeerState;
import org.rserpool.runtime.Timer;
import org.rserpool.wire.ServerInformation;

/**
 * Another registrar, and what is known of it.
 */
final class Peer {

	private final int identifier;

	private final List<PeerLink> links = new ArrayList<>();

	private @Nullable ServerInformation information;

	private PeerState state = PeerState.NEW;

	private long lastHeard;

	private @Nullable Integer reportedChecksum;

	private boolean announced;

	private long reconnected = Long.MIN_VALUE;

	private @Nullable Timer deadline;

	Peer(int identifier, long now) {
		this.identifier = identifier;
		this.lastHeard = now;
	}

	int identifier() {
		return this.identifier;
	}

	PeerState state() {
		return this.state;
	}

	void become(PeerState newState) {
		this.state = newState;
	}

	/**
	 * Return whether the peer was heard, and is not thought dead.
	 */
	boolean isAlive() {
		return this.state == PeerState.ACTIVE || this.state == PeerState.PROBING;
	}

	/**
	 * Return whether an association may be set up at once, and note that it is.
	 * @param now the time
	 * @param pause how long the last one must be ago, in nanoseconds
	 */
	boolean mayReconnect(long now, long pause) {
		boolean may = this.reconnected == Long.MIN_VALUE || now - this.reconnected >= pause;
		if (may) {
			this.reconnected = now;
		}
		return may;
	}

	/**
	 * Notes whether the registrar's listener is told that the peer lives.
	 * @return whether that is news
	 */
	boolean announce(boolean alive) {
		boolean news = this.announced != alive;
		this.announced = alive;
		return news;
	}

	long lastHeard() {
		return this.lastHeard;
	}

	void heard(long now) {
		this.lastHeard = now;
	}

	@Nullable ServerInformation information() {
		return this.information;
	}

	void information(ServerInformation newInformation) {
		this.information = newInformation;
	}

	List<InetSocketAddress> addresses() {
		return (this.information != null) ? Addresses.of(this.information.transport()) : List.of();
	}

	@Nullable Integer reportedChecksum() {
		return this.reportedChecksum;
	}

	void reportedChecksum(int checksum) {
		this.reportedChecksum = checksum;
	}

	/**
	 * Replaces what happens if the peer goes on as it does.
	 */
	void deadline(@Nullable Timer timer) {
		if (this.deadline != null) {
			this.deadline.cancel();
		}
		this.deadline = timer;
	}

	/**
	 * Return the associations with the peer, of which the first is used for sending.
	 */
	List<PeerLink> links() {
		return this.links;
	}

	/**
	 * Find the association to send on. It stays the same until it ends, so that messages
	 * keep their order.
	 */
	@Nullable PeerLink link() {
		return this.links.isEmpty() ? null : this.links.get(0);
	}

	void add(PeerLink link) {
		if (!this.links.contains(link)) {
			this.links.add(link);
		}
	}

}
