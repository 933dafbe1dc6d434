package org.rserpool.user;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rserpool.hunt.Home;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.hunt.RegistrarHuntListener;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.user.ResolutionFailure.Kind;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.BusinessCard;
import org.rserpool.wire.AsapMessage.EndpointUnreachable;
import org.rserpool.wire.AsapMessage.HandleResolutionResponse;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * A pool user: selects elements of pools, and reports those that cannot be reached (RFC
 * 5352, sections 3.3, 3.5 and 3.7). What is known of a pool is used at once, even while
 * no registrar can be reached.
 *
 * @since 0.1
 */
public final class PoolUserRole {

	private static final int MAXIMUM_UNSENT_REPORTS = 1_000;

	private final RoleRuntime runtime;

	private final RegistrarHunt hunt;

	private final UserSettings settings;

	private final ResolutionListener listener;

	private final RegistrarHuntListener registrars = new Registrars();

	private final Map<PoolHandle, PoolResolver> pools = new LinkedHashMap<>(16, 0.75f, true);

	private final Map<PoolHandle, Consumer<List<PoolElement>>> watchers = new LinkedHashMap<>();

	private final List<Consumer<PoolHandle>> answerListeners = new ArrayList<>();

	private final Set<EndpointUnreachable> unsentReports = new LinkedHashSet<>();

	/**
	 * Makes a pool user, not started.
	 * @param runtime its surroundings
	 * @param hunt finds its home registrar
	 * @param settings how to resolve
	 */
	public PoolUserRole(RoleRuntime runtime, RegistrarHunt hunt, UserSettings settings) {
		this(runtime, hunt, settings, ResolutionListener.NONE);
	}

	/**
	 * Makes a pool user, not started.
	 * @param runtime its surroundings
	 * @param hunt finds its home registrar
	 * @param settings how to resolve
	 * @param listener told of resolutions; must not throw
	 */
	public PoolUserRole(RoleRuntime runtime, RegistrarHunt hunt, UserSettings settings, ResolutionListener listener) {
		this.runtime = runtime;
		this.hunt = hunt;
		this.settings = settings;
		this.listener = listener;
	}

	/**
	 * Starts to hear what registrars say.
	 */
	public void start() {
		this.hunt.addListener(this.registrars);
	}

	/**
	 * Ends. Selections that wait are dropped: their callbacks are not called any more.
	 */
	public void stop() {
		this.hunt.removeListener(this.registrars);
		this.pools.values().forEach(PoolResolver::stop);
		this.pools.clear();
		this.watchers.clear();
		this.answerListeners.clear();
		this.unsentReports.clear();
	}

	/**
	 * Selects an element of a pool, by the pool's policy.
	 * @param pool the pool
	 * @param excluded the identifiers of elements that must not be selected
	 * @param callback takes the outcome; called before this method returns if the outcome
	 * is known
	 */
	public void select(PoolHandle pool, Set<Integer> excluded, SelectionCallback callback) {
		PoolResolver resolver = resolver(pool);
		if (resolver != null) {
			resolver.select(excluded, callback);
		}
		else {
			callback.failed(new ResolutionFailure(Kind.REFUSED, pool, "pool " + pool + " cannot be resolved while "
					+ this.settings.maximumPools() + " other pools are being resolved"));
		}
	}

	/**
	 * Says that an element could not be reached. The home registrar is told, once for all
	 * reports of one event, and the element is not selected for a while where there are
	 * others. Nothing happens if the element was not selected before: only who wanted to
	 * send to an element may report it (RFC 5352, section 3.5).
	 * @param pool the pool
	 * @param identifier the element
	 * @return whether a registrar is told, now or as soon as there is one
	 */
	public boolean reportUnreachable(PoolHandle pool, int identifier) {
		PoolResolver resolver = this.pools.get(pool);
		if (resolver == null || !resolver.suspect(identifier)) {
			return false;
		}
		EndpointUnreachable report = new EndpointUnreachable(pool, identifier);
		return this.hunt.send(report)
				|| (this.unsentReports.size() < MAXIMUM_UNSENT_REPORTS && this.unsentReports.add(report));
	}

	/**
	 * Says that an element serves no more for now, such as because it leaves its pool. It
	 * is not selected for a while where there are others, until
	 * {@linkplain UserSettings#suspicion() its time of suspicion} is over. No registrar
	 * is told.
	 * @param pool the pool
	 * @param identifier the element
	 */
	public void avoid(PoolHandle pool, int identifier) {
		PoolResolver resolver = this.pools.get(pool);
		if (resolver != null) {
			resolver.avoid(identifier);
		}
	}

	/**
	 * Says that an element served, which was selected though it was not trusted. From now
	 * on it is trusted again.
	 * @param pool the pool
	 * @param identifier the element
	 */
	public void trust(PoolHandle pool, int identifier) {
		PoolResolver resolver = this.pools.get(pool);
		if (resolver != null) {
			resolver.trust(identifier);
		}
	}

	/**
	 * Takes the business card of an element: where it fails, those that it recommends are
	 * selected first, in their order (RFC 5352, section 3.9 BC2). A newer card replaces
	 * an older one.
	 * @param pool the pool of the element that sent the card
	 * @param sender the element that sent the card
	 * @param card the card. If it is for another pool, that is resolved if it is not
	 * known (BC1), and the order is not used.
	 */
	public void recommended(PoolHandle pool, int sender, BusinessCard card) {
		if (!card.poolHandle().equals(pool)) {
			introduced(card.poolHandle());
			return;
		}
		PoolResolver resolver = resolver(pool);
		if (resolver != null) {
			resolver.recommended(sender, card.elements());
		}
	}

	/**
	 * Resolves a pool that somebody belongs to with whom this process has to do, unless
	 * it is known (RFC 5352, section 3.9 BC1). Others can so have no more pools resolved
	 * than this user remembers, and none is forgotten for that.
	 * @param pool the pool
	 */
	public void introduced(PoolHandle pool) {
		if (this.pools.get(pool) == null && this.pools.size() < this.settings.maximumPools()) {
			PoolResolver resolver = resolver(pool);
			if (resolver != null) {
				resolver.introduced();
			}
		}
	}

	/**
	 * Resolves a pool, and tells of its elements now and whenever a registrar does.
	 * @param pool the pool
	 * @param watcher takes the elements; replaces an earlier one
	 */
	public void watch(PoolHandle pool, Consumer<List<PoolElement>> watcher) {
		PoolResolver resolver = resolver(pool);
		if (resolver != null) {
			this.watchers.put(pool, watcher);
			resolver.watch();
		}
	}

	/**
	 * Tells of each pool that was resolved or asked for, whenever a registrar says
	 * something of it, also unasked. Unlike {@link #watch}, that resolves nothing, and
	 * keeps no pool from being forgotten.
	 * @param listener takes the pool, after what is known of it was brought up to date;
	 * must neither throw nor block
	 */
	public void addAnswerListener(Consumer<PoolHandle> listener) {
		this.answerListeners.add(listener);
	}

	/**
	 * Says that an element has answered. If it was reported unreachable, that is over,
	 * and it may be selected again at once.
	 * @param pool the pool
	 * @param identifier the element
	 */
	public void confirm(PoolHandle pool, int identifier) {
		PoolResolver resolver = this.pools.get(pool);
		if (resolver != null) {
			resolver.confirm(identifier);
		}
	}

	/**
	 * Return what is known of a pool.
	 * @param pool the pool
	 * @return what is known; a copy, or {@code null} if the pool was neither resolved nor
	 * asked for, or is forgotten
	 */
	public @Nullable CachedPool cachedPool(PoolHandle pool) {
		PoolResolver resolver = this.pools.get(pool);
		return (resolver != null) ? resolver.snapshot() : null;
	}

	/**
	 * Return what is known of pools.
	 * @return the pools that were resolved or asked for; a copy
	 */
	public Collection<CachedPool> cachedPools() {
		List<CachedPool> snapshot = new ArrayList<>();
		this.pools.values().forEach((resolver) -> snapshot.add(resolver.snapshot()));
		return snapshot;
	}

	private @Nullable PoolResolver resolver(PoolHandle pool) {
		PoolResolver known = this.pools.get(pool);
		if (known != null) {
			return known;
		}
		if (this.pools.size() >= this.settings.maximumPools() && !forgetOne()) {
			return null;
		}
		PoolResolver created = new PoolResolver(this.runtime, this.hunt, this.settings, pool, this.listener);
		this.pools.put(pool, created);
		return created;
	}

	private boolean forgetOne() {
		Iterator<PoolResolver> leastRecentlyUsed = this.pools.values().iterator();
		while (leastRecentlyUsed.hasNext()) {
			if (!leastRecentlyUsed.next().inUse()) {
				leastRecentlyUsed.remove();
				return true;
			}
		}
		return false;
	}

	/**
	 * Hears what registrars say.
	 */
	private final class Registrars implements RegistrarHuntListener {

		@Override
		public void homeFound(Home home) {
			List<EndpointUnreachable> reports = List.copyOf(PoolUserRole.this.unsentReports);
			PoolUserRole.this.unsentReports.clear();
			reports.forEach(PoolUserRole.this.hunt::send);
			each(PoolResolver::homeFound);
		}

		@Override
		public void homeLost(Home home, String reason) {
			each(PoolResolver::homeLost);
		}

		@Override
		public void message(Association association, AsapMessage message) {
			if (message instanceof HandleResolutionResponse response) {
				PoolResolver resolver = PoolUserRole.this.pools.get(response.poolHandle());
				if (resolver != null) {
					resolver.answered(association, response);
					Consumer<List<PoolElement>> watcher = PoolUserRole.this.watchers.get(response.poolHandle());
					if (watcher != null) {
						watcher.accept(resolver.snapshot().elements());
					}
					PoolUserRole.this.answerListeners.forEach((listener) -> listener.accept(response.poolHandle()));
				}
			}
		}

		private void each(Consumer<PoolResolver> event) {
			List.copyOf(PoolUserRole.this.pools.values()).forEach(event);
		}

	}

}
