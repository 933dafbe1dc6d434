package org.rserpool.registrar;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.handlespace.Pool;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Says what a registrar knows, in parts that take little time each.
 */
final class Overviews {

	private final Parts parts;

	Overviews(Parts parts) {
		this.parts = parts;
	}

	RegistrarOverview overview() {
		int identifier = this.parts.identifier();
		return new RegistrarOverview(identifier, this.parts.state(), this.parts.settings().dialect(), this.parts.age(),
				this.parts.asap().localAddresses().stream().distinct().toList(),
				this.parts.enrp().localAddresses().stream().distinct().toList(),
				this.parts.handlespace().checksum(identifier, this.parts.settings().dialect()),
				this.parts.handlespace().pools().size(), this.parts.handlespace().size(),
				this.parts.handlespace().owned(identifier), peers(), takeovers());
	}

	List<RegistrarSnapshot.Peer> peers() {
		return this.parts.peers().all().stream().map(this::peer).toList();
	}

	private RegistrarSnapshot.Peer peer(Peer peer) {
		return new RegistrarSnapshot.Peer(peer.identifier(), peer.addresses(), peer.state(),
				since(peer.lastHeard()).toMillis(),
				this.parts.handlespace().checksum(peer.identifier(), this.parts.settings().dialect()),
				peer.reportedChecksum(), this.parts.handlespace().owned(peer.identifier()));
	}

	private List<RegistrarOverview.Takeover> takeovers() {
		return this.parts.takeovers()
			.all()
			.stream()
			.map((takeover) -> new RegistrarOverview.Takeover(takeover.target(), since(takeover.startedAt()),
					List.copyOf(takeover.outstanding())))
			.toList();
	}

	List<PoolOverview> pools(@Nullable PoolHandle after, int limit) {
		return this.parts.handlespace().pools(after, limit).stream().map(this::describe).toList();
	}

	@Nullable PoolOverview pool(PoolHandle poolHandle) {
		Pool pool = this.parts.handlespace().pool(poolHandle);
		return (pool != null) ? describe(pool) : null;
	}

	private PoolOverview describe(Pool pool) {
		return new PoolOverview(pool.handle(), pool.policy(), pool.elements().size(),
				pool.owned(this.parts.identifier()));
	}

	List<ElementStatus> elements(PoolHandle poolHandle, @Nullable Integer after, int limit) {
		Pool pool = this.parts.handlespace().pool(poolHandle);
		return (pool != null) ? pool.elements(after, limit).stream().map((element) -> describe(pool, element)).toList()
				: List.of();
	}

	private ElementStatus describe(Pool pool, PoolElement element) {
		Watch watch = this.parts.monitor().find(new ElementKey(pool.handle(), element.identifier()));
		boolean suspected = pool.isSuspected(element);
		if (watch == null) {
			return new ElementStatus(element, null, null, 0, suspected);
		}
		Deadline expiry = watch.expiry();
		ReportCount reports = watch.reports;
		return new ElementStatus(element, this.parts.age().minusSeconds(watch.knownSince()),
				(expiry != null) ? Duration.ofNanos(expiry.remaining()) : null,
				(reports != null) ? reports.count(this.parts.runtime().nanoTime()) : 0, suspected);
	}

	private Duration since(long nanoTime) {
		return Duration.ofNanos(this.parts.runtime().nanoTime() - nanoTime);
	}

}
