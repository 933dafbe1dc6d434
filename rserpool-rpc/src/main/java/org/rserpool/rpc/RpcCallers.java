package org.rserpool.rpc;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;

/**
 * Those who call elements of this process.
 */
final class RpcCallers {

	private final int maxInProgress;

	private final Map<Association, ServedCaller> callers = new HashMap<>();

	/**
	 * Makes a holder of callers, without any.
	 * @param maxInProgress how many calls of one of them are carried out at a time
	 */
	RpcCallers(int maxInProgress) {
		this.maxInProgress = maxInProgress;
	}

	ServedCaller of(Association association) {
		return this.callers.computeIfAbsent(association, (added) -> new ServedCaller(added, this.maxInProgress));
	}

	@Nullable ServedCaller known(Association association) {
		return this.callers.get(association);
	}

	/**
	 * An association is gone.
	 * @param association the association
	 * @return the calls that were in progress for it
	 */
	List<Execution> gone(Association association) {
		ServedCaller caller = this.callers.remove(association);
		return (caller != null) ? caller.gone() : List.of();
	}

	boolean isEmpty() {
		return this.callers.isEmpty();
	}

	void leave() {
		all().forEach(ServedCaller::leave);
	}

	/**
	 * Leaves all callers though calls are in progress.
	 * @return the calls that are abandoned
	 */
	List<Execution> abandon() {
		return all().stream().flatMap((caller) -> caller.abandon().stream()).toList();
	}

	/**
	 * Forgets all callers.
	 * @return the calls that were in progress
	 */
	List<Execution> allGone() {
		List<Execution> orphans = all().stream().flatMap((caller) -> caller.gone().stream()).toList();
		this.callers.clear();
		return orphans;
	}

	private List<ServedCaller> all() {
		return List.copyOf(this.callers.values());
	}

}
