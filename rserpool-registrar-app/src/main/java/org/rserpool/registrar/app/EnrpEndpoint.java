package org.rserpool.registrar.app;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.rserpool.registrar.RegistrarOverview;
import org.rserpool.registrar.app.HandlespaceViews.PeerView;
import org.rserpool.registrar.app.TakeoverHistory.PastTakeover;
import org.rserpool.wire.Identifiers;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows what stands between this registrar and the others: peers, takeovers and audits.
 */
@Endpoint(id = "enrp")
class EnrpEndpoint {

	private static final Set<String> COUNTERS = Set.of("handle_updates_sent", "handle_updates_received",
			"audit_mismatches", "synchronizations", "takeovers_started", "takeovers_won", "takeovers_stopped",
			"takeovers_suggested", "owner_conflicts");

	private final Registrar registrar;

	private final TakeoverHistory history;

	EnrpEndpoint(Registrar registrar, TakeoverHistory history) {
		this.registrar = registrar;
		this.history = history;
	}

	@ReadOperation
	@Nullable EnrpView enrp() {
		RegistrarOverview overview = this.registrar.ask((role) -> role.overview());
		if (overview == null) {
			return null;
		}
		Map<String, Long> counters = new TreeMap<>(this.registrar.counters());
		counters.keySet().retainAll(COUNTERS);
		return new EnrpView(Identifiers.toString(overview.identifier()), overview.state().name(),
				HandlespaceViews.addresses(overview.enrpAddresses()), HandlespaceViews.checksum(overview.checksum()),
				overview.ownElements(), overview.peers().stream().map(HandlespaceViews::peer).toList(),
				overview.takeovers().stream().map(TakeoverView::of).toList(),
				this.history.latestFirst(overview.identifier()), counters);
	}

	/**
	 * A registrar among others.
	 *
	 * @param registrar identifier of the registrar that answers
	 * @param state STARTING, RUNNING, LEAVING or STOPPED
	 * @param enrp addresses for registrars
	 * @param checksum checksum of the elements that it owns
	 * @param elements how many elements it owns
	 * @param peers the other registrars
	 * @param takeovers takeovers that it has begun, and that peers have not all
	 * acknowledged
	 * @param pastTakeovers takeovers by this registrar and others, the latest first
	 * @param counters what was counted since the start
	 */
	record EnrpView(String registrar, String state, List<String> enrp, String checksum, int elements,
			List<PeerView> peers, List<TakeoverView> takeovers, List<PastTakeover> pastTakeovers,
			Map<String, Long> counters) {
	}

	/**
	 * A takeover that is under way.
	 *
	 * @param target identifier of the registrar that is thought dead
	 * @param ageMillis milliseconds since it began
	 * @param awaited identifiers of the peers that have not acknowledged it
	 */
	record TakeoverView(String target, long ageMillis, List<String> awaited) {

		static TakeoverView of(RegistrarOverview.Takeover takeover) {
			return new TakeoverView(Identifiers.toString(takeover.target()), takeover.age().toMillis(),
					takeover.awaited().stream().map(Identifiers::toString).toList());
		}

	}

}
