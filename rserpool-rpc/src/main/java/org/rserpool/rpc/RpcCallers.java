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

	void gone(Association association) {
		ServedCaller caller = this.callers.remove(association);
		if (caller != null) {
			caller.cancelAll();
		}
	}

	boolean isEmpty() {
		return this.callers.isEmpty();
	}

	void leave() {
		all().forEach(ServedCaller::leave);
	}

	/**
	 * Leaves all callers though calls are in progress.
	 * @return how many calls were abandoned
	 */
	int abandon() {
		return all().stream().mapToInt(ServedCaller::abandon).sum();
	}

	void cancelAll() {
		all().forEach(ServedCaller::cancelAll);
		this.callers.clear();
	}

	private List<ServedCaller> all() {
		return List.copyOf(this.callers.values());
	}

}
