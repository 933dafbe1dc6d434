package org.rserpool.registrar;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.rserpool.wire.AsapMessage.HandleResolutionResponse;
import org.rserpool.wire.PoolHandle;

/**
 * Tells users of changes of pools that they subscribed to, until their association or the
 * pool ends (RFC 5352, sections 2.2.5 and 2.2.6). Changes that come close together are
 * told together, and a user that is slow to take messages is told the latest state when
 * it takes them again.
 */
final class Subscriptions {

	/** How many subscribers are told without a pause. */
	private static final int AT_ONCE = 200;

	private static final Duration PAUSE = Duration.ofMillis(1);

	private final Parts parts;

	private final Map<PoolHandle, Subscribers> pools = new HashMap<>();

	private int size;

	Subscriptions(Parts parts) {
		this.parts = parts;
	}

	/**
	 * Adds a subscription, or changes how many elements it is told of.
	 * @return whether there is room for it
	 */
	boolean subscribe(AsapLink link, PoolHandle poolHandle, int items) {
		SubscriptionSettings bounds = this.parts.settings().subscriptions();
		if (!link.subscriptions().contains(poolHandle)) {
			if (this.size >= bounds.maxSubscriptions() || link.subscriptions().size() >= bounds.maxPerAssociation()) {
				this.parts.count(Counters.SUBSCRIPTIONS_REFUSED);
				return false;
			}
			this.parts.count(Counters.SUBSCRIPTIONS_GRANTED);
			link.subscriptions().add(poolHandle);
			this.size++;
		}
		this.pools.computeIfAbsent(poolHandle, this::subscribers).items.put(link, items);
		return true;
	}

	private Subscribers subscribers(PoolHandle poolHandle) {
		long longAgo = this.parts.runtime().nanoTime() - this.parts.settings().subscriptions().interval().toNanos();
		return new Subscribers(poolHandle, longAgo);
	}

	void unsubscribe(AsapLink link, PoolHandle poolHandle) {
		if (!link.subscriptions().remove(poolHandle)) {
			return;
		}
		this.size--;
		link.missed().remove(poolHandle);
		Subscribers subscribers = this.pools.get(poolHandle);
		if (subscribers != null) {
			subscribers.items.remove(link);
			if (subscribers.items.isEmpty()) {
				this.pools.remove(poolHandle);
			}
		}
	}

	void linkDown(AsapLink link) {
		List.copyOf(link.subscriptions()).forEach((poolHandle) -> unsubscribe(link, poolHandle));
	}

	/**
	 * A pool has changed, or is gone.
	 */
	void changed(PoolHandle poolHandle) {
		Subscribers subscribers = this.pools.get(poolHandle);
		if (subscribers != null && !subscribers.changed) {
			subscribers.changed = true;
			if (!subscribers.telling) {
				schedule(subscribers);
			}
		}
	}

	private void schedule(Subscribers subscribers) {
		long next = subscribers.toldAt + this.parts.settings().subscriptions().interval().toNanos();
		long delay = Math.max(0, next - this.parts.runtime().nanoTime());
		this.parts.schedule(Duration.ofNanos(delay), () -> {
			subscribers.changed = false;
			subscribers.telling = true;
			subscribers.toldAt = this.parts.runtime().nanoTime();
			tellSome(subscribers, List.copyOf(subscribers.items.keySet()).iterator());
		});
	}

	private void tellSome(Subscribers subscribers, Iterator<AsapLink> links) {
		for (int i = 0; i < AT_ONCE && links.hasNext(); i++) {
			tell(subscribers, links.next());
		}
		if (links.hasNext()) {
			this.parts.schedule(PAUSE, () -> tellSome(subscribers, links));
			return;
		}
		subscribers.telling = false;
		if (subscribers.changed) {
			schedule(subscribers);
		}
	}

	private void tell(Subscribers subscribers, AsapLink link) {
		Integer items = subscribers.items.get(link);
		if (items == null) {
			return;
		}
		if (link.isBlocked()) {
			link.missed().add(subscribers.poolHandle);
			return;
		}
		this.parts.count(Counters.POOL_UPDATES_SENT);
		HandleResolutionResponse update = this.parts.resolutions().update(subscribers.poolHandle, items);
		if (!update.subscribed()) {
			unsubscribe(link, subscribers.poolHandle);
		}
		link.send(update);
	}

	/**
	 * An association takes messages again: tells what it missed.
	 */
	void drained(AsapLink link) {
		List<PoolHandle> missed = List.copyOf(link.missed());
		link.missed().clear();
		for (PoolHandle poolHandle : missed) {
			Subscribers subscribers = this.pools.get(poolHandle);
			if (subscribers != null) {
				tell(subscribers, link);
			}
		}
	}

	/**
	 * The subscribers of one pool.
	 */
	private static final class Subscribers {

		private final PoolHandle poolHandle;

		/** Who is told of how many elements. */
		private final Map<AsapLink, Integer> items = new LinkedHashMap<>();

		/** Whether there is something that not everybody was told yet. */
		private boolean changed;

		private boolean telling;

		private long toldAt;

		Subscribers(PoolHandle poolHandle, long toldAt) {
			this.poolHandle = poolHandle;
			this.toldAt = toldAt;
		}

	}

}
