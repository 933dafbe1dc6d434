package org.rserpool.registrar;

import java.util.List;

import org.rserpool.handlespace.Handlespace;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.HandleResolutionResponse;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Answers which elements a pool has (RFC 5352, section 3.3).
 */
final class Resolutions {

	private final Parts parts;

	Resolutions(Parts parts) {
		this.parts = parts;
	}

	void resolve(AsapLink link, AsapMessage.HandleResolution resolution) {
		PoolHandle poolHandle = resolution.poolHandle();
		if (handlespace().pool(poolHandle) == null) {
			this.parts.count(Counters.UNKNOWN_RESOLUTIONS);
			this.parts.subscriptions().unsubscribe(link, poolHandle);
			link.send(unknown(poolHandle));
			return;
		}
		this.parts.count(Counters.RESOLUTIONS);
		int items = items(resolution);
		boolean subscribed = resolution.subscribe() && this.parts.restored().served() == null
				&& this.parts.subscriptions().subscribe(link, poolHandle, items);
		link.send(known(poolHandle, items, subscribed));
	}

	/**
	 * Returns what a subscriber of a pool is told: its elements, or that it is gone.
	 */
	HandleResolutionResponse update(PoolHandle poolHandle, int items) {
		return (handlespace().pool(poolHandle) != null) ? known(poolHandle, items, true) : unknown(poolHandle);
	}

	private HandleResolutionResponse known(PoolHandle poolHandle, int items, boolean subscribed) {
		List<PoolElement> answer = handlespace().select(poolHandle, items, this.parts.runtime().random())
			.stream()
			.map((element) -> element.withAsapTransport(null))
			.toList();
		answer = answer.subList(0, EncodedSize.fitting(answer, EncodedSize.of(poolHandle)));
		return new HandleResolutionResponse(subscribed, poolHandle, answer.get(0).policy(), answer, List.of());
	}

	private static HandleResolutionResponse unknown(PoolHandle poolHandle) {
		return new HandleResolutionResponse(false, poolHandle, null, List.of(),
				List.of(ErrorCause.of(ErrorCause.UNKNOWN_POOL_HANDLE)));
	}

	private Handlespace handlespace() {
		Handlespace restored = this.parts.restored().served();
		return (restored != null) ? restored : this.parts.handlespace();
	}

	private int items(AsapMessage.HandleResolution resolution) {
		Integer items = resolution.items();
		if (items == null || items == 0) {
			return this.parts.settings().handleResolutionItems();
		}
		return (int) Math.min(Integer.toUnsignedLong(items), RegistrarSettings.MAX_RESOLUTION_ITEMS);
	}

}
