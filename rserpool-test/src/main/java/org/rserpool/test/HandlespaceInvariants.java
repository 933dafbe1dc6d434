package org.rserpool.test;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.rserpool.element.ElementState;
import org.rserpool.hunt.Home;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolElement;

/**
 * What holds in an operation scope that has converged: no live element is lost, no dead
 * one stays, every element has one home, and all registrars agree.
 *
 * @since 0.1
 */
public final class HandlespaceInvariants {

	private final List<SimulatedRegistrar> registrars;

	private final List<SimulatedElement> elements;

	/**
	 * Makes a check of a scope.
	 * @param registrars all its registrars
	 * @param elements all its elements
	 */
	public HandlespaceInvariants(List<SimulatedRegistrar> registrars, List<SimulatedElement> elements) {
		this.registrars = List.copyOf(registrars);
		this.elements = List.copyOf(elements);
	}

	/**
	 * Return whether all invariants hold at this moment.
	 * @return whether there is no violation
	 */
	public boolean hold() {
		return violations().isEmpty();
	}

	/**
	 * Return what does not hold at this moment. Processes that do not run, or hang, count
	 * as dead.
	 * @return the violations in words; none if the scope has converged
	 */
	public List<String> violations() {
		List<String> violations = new ArrayList<>();
		Map<SimulatedRegistrar, RegistrarSnapshot> views = new LinkedHashMap<>();
		for (SimulatedRegistrar registrar : this.registrars) {
			if (registrar.process().running()) {
				RegistrarSnapshot view = registrar.snapshot();
				views.put(registrar, view);
				if (view.state() != RegistrarSnapshot.State.RUNNING) {
					violations.add(registrar + " is " + view.state());
				}
			}
		}
		views.forEach((registrar, view) -> elements(registrar, view, violations));
		views.forEach((registrar, view) -> peers(registrar, view, views, violations));
		return violations;
	}

	private void elements(SimulatedRegistrar registrar, RegistrarSnapshot view, List<String> violations) {
		Map<Integer, PoolElement> listed = new TreeMap<>();
		view.pools().forEach((pool) -> pool.elements().forEach((element) -> listed.put(element.identifier(), element)));
		for (SimulatedElement element : this.elements) {
			PoolElement entry = listed.remove(element.identifier());
			if (!element.process().running()) {
				if (entry != null) {
					violations.add(registrar + " keeps dead " + element);
				}
			}
			else if (element.role().state() == ElementState.REGISTERED) {
				live(registrar, element, entry, violations);
			}
			else if (element.role().state() != ElementState.DEREGISTERED || entry != null) {
				violations.add(element + " is " + element.role().state());
			}
		}
		listed.keySet()
			.forEach((identifier) -> violations.add(registrar + " lists unknown " + Identifiers.toString(identifier)));
	}

	private void live(SimulatedRegistrar registrar, SimulatedElement element, @Nullable PoolElement entry,
			List<String> violations) {
		Home home = element.home();
		if (entry == null) {
			violations.add(registrar + " lost live " + element);
			return;
		}
		InetAddress address = (home != null) ? home.address().getAddress() : null;
		boolean agreed = this.registrars.stream()
			.anyMatch((candidate) -> candidate.process().running() && candidate.process().isAt(address)
					&& candidate.identifier() == entry.homeRegistrar());
		if (!agreed) {
			violations.add(registrar + " thinks " + Identifiers.toString(entry.homeRegistrar()) + " is home of "
					+ element + ", whose home is " + home);
		}
	}

	private void peers(SimulatedRegistrar registrar, RegistrarSnapshot view,
			Map<SimulatedRegistrar, RegistrarSnapshot> views, List<String> violations) {
		Map<Integer, RegistrarSnapshot.Peer> known = new TreeMap<>();
		view.peers().forEach((peer) -> known.put(peer.identifier(), peer));
		views.forEach((other, otherView) -> {
			if (other == registrar) {
				return;
			}
			RegistrarSnapshot.Peer peer = known.get(other.identifier());
			if (peer == null || peer.state() != RegistrarSnapshot.PeerState.ACTIVE) {
				violations.add(registrar + " does not see " + other + " as active: "
						+ ((peer != null) ? peer.state() : "unknown"));
			}
			else if (peer.expectedChecksum() != otherView.checksum()) {
				violations.add(registrar + " expects checksum " + peer.expectedChecksum() + " of " + other
						+ ", which has " + otherView.checksum());
			}
		});
	}

}
