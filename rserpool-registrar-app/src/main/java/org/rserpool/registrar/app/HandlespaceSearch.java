package org.rserpool.registrar.app;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.rserpool.registrar.ElementStatus;
import org.rserpool.registrar.PoolOverview;
import org.rserpool.registrar.app.HandlespaceViews.ElementView;
import org.rserpool.wire.PoolHandle;

/**
 * Finds pools and elements. The registrar is asked for a few at a time, so that it goes
 * on with its work in between, and one search runs at a time.
 */
class HandlespaceSearch {

	/** How many the registrar is asked for at once. */
	static final int CHUNK = 1000;

	private static final int MAX_FILTER = 200;

	private static final Comparator<PoolOverview> BY_HANDLE = Comparator.comparing(PoolOverview::handle);

	private final Registrar registrar;

	private final ReentrantLock turn = new ReentrantLock(true);

	HandlespaceSearch(Registrar registrar) {
		this.registrar = registrar;
	}

	/**
	 * Finds pools.
	 * @param filter what their pool handles contain, in any case of letters
	 * @param offset how many are left out
	 * @param limit how many at most
	 */
	PoolPage pools(String filter, int offset, int limit) {
		PageWindow<PoolOverview> window = new PageWindow<>(offset, limit, BY_HANDLE);
		Predicate<String> wanted = containing(filter);
		this.turn.lock();
		try {
			eachPool((pool) -> {
				if (wanted.test(pool.handle().toString())) {
					window.add(pool);
				}
				return true;
			});
		}
		finally {
			this.turn.unlock();
		}
		return new PoolPage(offset, window.count(), window.page().stream().map(PoolSummary::of).toList());
	}

	/**
	 * Goes through all pools, until nobody wants more.
	 */
	private void eachPool(Predicate<PoolOverview> visitor) {
		PoolHandle after = null;
		List<PoolOverview> chunk;
		do {
			PoolHandle last = after;
			chunk = orNone(this.registrar.ask((role) -> role.pools(last, CHUNK)));
			for (PoolOverview pool : chunk) {
				if (!visitor.test(pool)) {
					return;
				}
				after = pool.handle();
			}
		}
		while (chunk.size() == CHUNK);
	}

	/**
	 * Finds elements of a pool.
	 * @param key the key of the pool
	 * @param filter what an identifier, an address, or key=value of the metadata contains
	 * @param order how they are sorted
	 * @param descending whether the greatest comes first
	 * @param offset how many are left out
	 * @param limit how many at most
	 * @return the elements, or {@code null} if there is no such pool
	 */
	@Nullable ElementPage elements(String key, String filter, ElementOrder order, boolean descending, int offset, int limit) {
		PageWindow<ElementStatus> window = new PageWindow<>(offset, limit, order.comparator(descending));
		Predicate<String> wanted = containing(filter);
		boolean all = filter.isEmpty();
		boolean asTheyCome = all && order == ElementOrder.IDENTIFIER && !descending;
		this.turn.lock();
		try {
			PoolOverview pool = find(key);
			if (pool == null) {
				return null;
			}
			Integer after = null;
			List<ElementStatus> chunk;
			do {
				Integer last = after;
				chunk = orNone(this.registrar.ask((role) -> role.elements(pool.handle(), last, CHUNK)));
				for (ElementStatus status : chunk) {
					if (all || matches(status, wanted)) {
						window.add(status);
					}
					after = status.element().identifier();
				}
			}
			while (chunk.size() == CHUNK && !(asTheyCome && window.isFull()));
			int matching = asTheyCome ? Math.max(pool.elements(), window.count()) : window.count();
			return new ElementPage(PoolSummary.of(pool), offset, matching,
					window.page().stream().map(HandlespaceSearch::view).toList());
		}
		finally {
			this.turn.unlock();
		}
	}

	private @Nullable PoolOverview find(String key) {
		if (!PoolKeys.isDigest(key)) {
			PoolHandle handle = PoolKeys.parse(key);
			return this.registrar.ask((role) -> role.pool(handle));
		}
		PoolOverview[] found = new PoolOverview[1];
		eachPool((pool) -> {
			if (PoolKeys.isLong(pool.handle()) && PoolKeys.key(pool.handle()).equals(key)) {
				found[0] = pool;
			}
			return found[0] == null;
		});
		return found[0];
	}

	private static boolean matches(ElementStatus status, Predicate<String> wanted) {
		ElementView view = HandlespaceViews.element(status);
		return wanted.test(view.identifier()) || wanted.test(view.home()) || wanted.test(view.userTransport())
				|| view.metadata().entrySet().stream().map(Map.Entry::toString).anyMatch(wanted);
	}

	private static Predicate<String> containing(String filter) {
		if (filter.length() > MAX_FILTER) {
			throw new InvalidQueryException("The filter has at most " + MAX_FILTER + " characters");
		}
		String lower = filter.toLowerCase(Locale.ROOT);
		return (text) -> text.toLowerCase(Locale.ROOT).contains(lower);
	}

	/**
	 * Shows an element, and cuts what is longer than anybody looks at.
	 */
	private static ElementView view(ElementStatus status) {
		ElementView view = HandlespaceViews.element(status);
		String asap = view.asapTransport();
		return new ElementView(view.identifier(), view.home(), PoolKeys.cut(view.policy()), view.policyValues(),
				view.lifetimeMillis(), PoolKeys.cut(view.userTransport()), (asap != null) ? PoolKeys.cut(asap) : null,
				view.metadata(), view.status());
	}

	private static <T> List<T> orNone(@Nullable List<T> list) {
		return (list != null) ? list : List.of();
	}

	/**
	 * Some pools.
	 *
	 * @param offset how many come before them
	 * @param matching how many there are, with those that are left out
	 * @param pools the pools
	 */
	record PoolPage(int offset, int matching, List<PoolSummary> pools) {
	}

	/**
	 * A pool without its elements.
	 *
	 * @param key names the pool in addresses
	 * @param handle the pool handle, as text, cut where it is long
	 * @param policy name of the pool's policy
	 * @param elements how many elements it has
	 * @param ownElements how many of them this registrar owns
	 */
	record PoolSummary(String key, String handle, String policy, int elements, int ownElements) {

		static PoolSummary of(PoolOverview pool) {
			return new PoolSummary(PoolKeys.key(pool.handle()), PoolKeys.text(pool.handle()),
					HandlespaceViews.policyName(pool.policy()), pool.elements(), pool.ownElements());
		}

	}

	/**
	 * Some elements of a pool.
	 *
	 * @param pool the pool
	 * @param offset how many elements come before them
	 * @param matching how many there are, with those that are left out
	 * @param elements the elements
	 */
	record ElementPage(PoolSummary pool, int offset, int matching, List<ElementView> elements) {
	}

}
