package org.rserpool.test.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.handlespace.HandlespaceChecksum;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.test.SimulatedProcess;
import org.rserpool.test.SimulatedRegistrar;
import org.rserpool.wire.PoolElement;

/**
 * What holds at every moment, whatever fails: each registrar's handlespace agrees with
 * itself and names nothing that never was, and nothing grows without bound.
 */
final class Safety {

	private final Stage stage;

	Safety(Stage stage) {
		this.stage = stage;
	}

	/**
	 * Return what does not hold at this moment.
	 */
	List<String> violations() {
		List<String> violations = new ArrayList<>();
		for (SimulatedRegistrar registrar : this.stage.registrars()) {
			if (registrar.process().alive()) {
				RegistrarSnapshot view = registrar.snapshot();
				handlespace(registrar, view, violations);
				peers(registrar, view, violations);
			}
		}
		size(violations);
		return violations;
	}

	private void handlespace(SimulatedRegistrar registrar, RegistrarSnapshot view, List<String> violations) {
		Map<Integer, HandlespaceChecksum> checksums = new TreeMap<>();
		for (RegistrarSnapshot.Pool pool : view.pools()) {
			if (pool.elements().isEmpty()) {
				violations.add(registrar + " keeps the empty pool " + pool.handle());
			}
			int last = 0;
			for (PoolElement element : pool.elements()) {
				int identifier = element.identifier();
				if (!this.stage.elementIdentifiers().contains(identifier)) {
					violations.add(registrar + " lists element " + identifier + ", which never was");
				}
				if (Integer.compareUnsigned(identifier, last) <= 0) {
					violations.add(registrar + " lists element " + identifier + " after " + last);
				}
				last = identifier;
				checksums.computeIfAbsent(element.homeRegistrar(), (any) -> new HandlespaceChecksum())
					.add(new ElementKey(pool.handle(), identifier));
			}
		}
		checksum(registrar, view.identifier(), view.checksum(), checksums, violations);
		view.peers()
			.forEach((peer) -> checksum(registrar, peer.identifier(), peer.expectedChecksum(), checksums, violations));
	}

	private static void checksum(SimulatedRegistrar registrar, int owner, int kept,
			Map<Integer, HandlespaceChecksum> checksums, List<String> violations) {
		HandlespaceChecksum sum = checksums.get(owner);
		int expected = (sum != null) ? sum.value() : HandlespaceChecksum.EMPTY;
		if (kept != expected) {
			violations.add(registrar + " keeps checksum " + kept + " for the elements of " + owner + ", which have "
					+ expected);
		}
	}

	private void peers(SimulatedRegistrar registrar, RegistrarSnapshot view, List<String> violations) {
		for (RegistrarSnapshot.Peer peer : view.peers()) {
			if (peer.identifier() == view.identifier()
					|| !this.stage.registrarIdentifiers().contains(peer.identifier())) {
				violations.add(registrar + " has the peer " + peer.identifier() + ", which cannot be");
			}
		}
	}

	/**
	 * Associations may be on their way up or down beside each that is used. An element's
	 * timers are a lifetime and a keep-alive at each registrar, and a few of its own;
	 * what else is to come is for calls, which users give up after a while, and for
	 * messages that travel.
	 */
	private void size(List<String> violations) {
		int registrars = this.stage.registrars().size();
		int elements = this.stage.elements().size();
		int users = this.stage.users().size();
		int processes = registrars + elements + users;
		for (SimulatedProcess process : this.stage.scope().processes()) {
			if (process.associationCount() > 20 + 6 * processes) {
				violations.add(process + " holds " + process.associationCount() + " associations of " + processes
						+ " processes");
			}
		}
		int events = this.stage.scope().pendingEvents();
		int bound = 400 + 40 * registrars * registrars + 12 * registrars * elements
				+ users * (100 + 12 * Math.min(8, elements));
		if (events > bound) {
			violations.add(events + " events are pending, expected at most " + bound);
		}
	}

}
