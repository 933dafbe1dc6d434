package org.rserpool.test.campaign;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.rserpool.element.PoolElementRole;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.test.SimulatedElement;
import org.rserpool.test.SimulatedRegistrar;
import org.rserpool.test.SimulatedUser;
import org.rserpool.user.PoolUserRole;

/**
 * That no user is stuck while a live element is reachable: a registrar that the user
 * reaches names it, and the user reaches it.
 */
final class Service {

	private final Stage stage;

	private final Duration limit;

	/** What each user could have been served by, and since when. */
	private Map<Way, Duration> open = new HashMap<>();

	private Duration longest = Duration.ZERO;

	/**
	 * Makes a watch over users.
	 * @param stage where they are
	 * @param limit how long a user may go without an answer while there is a way to one
	 */
	Service(Stage stage, Duration limit) {
		this.stage = stage;
		this.limit = limit;
	}

	/**
	 * Forgets what was, because the network carries messages too slowly or breaks
	 * associations: then nothing is reachable for sure.
	 */
	void disturbed() {
		this.open = new HashMap<>();
	}

	/**
	 * Return how long a user went without an answer although there was a way to one.
	 */
	Duration longest() {
		return this.longest;
	}

	/**
	 * Return who is stuck at this moment.
	 */
	List<String> violations() {
		Duration now = this.stage.scope().time();
		Map<Way, Duration> present = new HashMap<>();
		for (SimulatedRegistrar registrar : this.stage.runningRegistrars()) {
			RegistrarSnapshot view = registrar.snapshot();
			if (view.state() == RegistrarSnapshot.State.RUNNING) {
				Set<Integer> listed = new HashSet<>();
				view.pools().forEach((pool) -> pool.elements().forEach((element) -> listed.add(element.identifier())));
				ways(registrar, listed, now, present);
			}
		}
		this.open = present;
		return present.entrySet()
			.stream()
			.filter((entry) -> stuck(entry.getKey(), entry.getValue(), now))
			.map((entry) -> entry.getKey().user() + " has had no answer for "
					+ entry.getKey().user().silence().toMillis() + " ms, although it could have one of "
					+ entry.getKey().element() + " by " + entry.getKey().registrar() + " since "
					+ entry.getValue().toMillis() + " ms")
			.limit(1)
			.toList();
	}

	private boolean stuck(Way way, Duration since, Duration now) {
		Duration silence = way.user().silence();
		Duration waited = now.minus(since);
		Duration without = (silence.compareTo(waited) < 0) ? silence : waited;
		if (without.compareTo(this.longest) > 0) {
			this.longest = without;
		}
		return without.compareTo(this.limit) > 0;
	}

	private void ways(SimulatedRegistrar registrar, Set<Integer> listed, Duration now, Map<Way, Duration> present) {
		for (SimulatedElement element : this.stage.runningElements()) {
			if (!listed.contains(element.identifier())
					|| !this.stage.areConnected(element.process(), registrar.process())) {
				continue;
			}
			for (SimulatedUser user : this.stage.runningUsers()) {
				if (user.pool().equals(element.pool()) && this.stage.areConnected(user.process(), element.process())
						&& this.stage.areConnected(user.process(), registrar.process())) {
					Way way = new Way(user, user.role(), element, element.role(), registrar, registrar.identifier());
					present.put(way, this.open.getOrDefault(way, now));
				}
			}
		}
	}

	/**
	 * How a user can be served, in the present runs of the processes.
	 */
	private record Way(SimulatedUser user, PoolUserRole userRun, SimulatedElement element, PoolElementRole elementRun,
			SimulatedRegistrar registrar, int registrarIdentifier) {

	}

}
