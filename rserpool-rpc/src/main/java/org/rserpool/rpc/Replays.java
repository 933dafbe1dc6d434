package org.rserpool.rpc;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.RoleRuntime;
import org.rserpool.session.ElementChannel;

/**
 * Names the calls that may be made again at the same element, and knows which process
 * serves each channel.
 */
final class Replays {

	private final long caller;

	private final Set<Long> open = new LinkedHashSet<>();

	private final Map<ElementChannel, Long> instances = new HashMap<>();

	private long last;

	Replays(RoleRuntime runtime) {
		this.caller = runtime.random().nextLong();
	}

	void welcomed(ElementChannel channel, long instance) {
		this.instances.put(channel, instance);
	}

	/**
	 * A channel ended.
	 * @param channel the channel
	 * @return the process that served it, or 0 if it did not say
	 */
	long gone(ElementChannel channel) {
		Long instance = this.instances.remove(channel);
		return (instance != null) ? instance : 0;
	}

	/**
	 * Names an attempt that no element has seen.
	 */
	RpcFrame.Replay next() {
		long number = ++this.last;
		this.open.add(number);
		return name(number, 0);
	}

	/**
	 * Names an attempt that an element may have seen.
	 */
	RpcFrame.Replay again(RpcFrame.Replay before, long instance) {
		return name(before.number(), instance);
	}

	/**
	 * An attempt ended, and is not made again.
	 */
	void ended(RpcFrame.@Nullable Replay replay) {
		if (replay != null) {
			this.open.remove(replay.number());
		}
	}

	private RpcFrame.Replay name(long number, long instance) {
		return new RpcFrame.Replay(this.caller, number, this.open.isEmpty() ? number : this.open.iterator().next(),
				instance);
	}

}
