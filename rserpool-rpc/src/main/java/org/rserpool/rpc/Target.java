package org.rserpool.rpc;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.PoolElement;

/**
 * Where an attempt is made.
 *
 * @param element the element
 * @param bound whether no other element may have this attempt
 * @param suspect whether it is tried though it is not trusted
 * @param again how an attempt was named that this one repeats, or {@code null}
 */
record Target(PoolElement element, boolean bound, boolean suspect, RpcFrame.@Nullable Replay again) {

	/**
	 * Any element may have it, and this one was selected.
	 */
	static Target selected(PoolElement element, boolean suspect) {
		return new Target(element, false, suspect, null);
	}

	/**
	 * This element knows the call's session, or has had the call before.
	 */
	static Target bound(PoolElement element, boolean suspect, RpcFrame.@Nullable Replay again) {
		return new Target(element, true, suspect, again);
	}

}
