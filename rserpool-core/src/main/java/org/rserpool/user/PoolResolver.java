package org.rserpool.user;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.rserpool.hunt.Home;
import org.rserpool.hunt.HuntFailure;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;
import org.rserpool.user.ResolutionFailure.Kind;
import org.rserpool.wire.AsapMessage.HandleResolution;
import org.rserpool.wire.AsapMessage.HandleResolutionResponse;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Resolves one pool handle: keeps what is known, asks for it again, and lets selections
 * wait for the answer where nothing is known (RFC 5352, sections 3.3 and 3.7).
 */
final class PoolResolver {

	private final RoleRuntime runtime;

	private final RegistrarHunt hunt;

	private final UserSettings settings;

	private final PoolHandle pool;

	private final ResolutionListener listener;

	private final ElementCache cache = new ElementCache();

	/** What was selected, and so may be reported. */
	private final RecentIdentifiers selected = new RecentIdentifiers();

	private final Recommendations recommendations = new Recommendations();

	private final List<Selection> waiting = new ArrayList<>();

	private @Nullable Long answeredNanos;

	private @Nullable Long resolvedNanos;

	private @Nullable Long unknownSinceNanos;

	private @Nullable ResolutionFailure refusal;

	private boolean resolving;

	private long startedNanos;

	private int retransmitted;

	private @Nullable Association asked;

	/** Where a subscription was asked for. */
	private @Nullable Association subscribedBy;

	/** Whether it was granted. */
	private boolean subscribed;

	/** Whether there was a subscription at a former home. */
	private boolean renewing;

	private long usedNanos;

	/** Whether this pool is of interest even while nobody selects from it. */
	private boolean watched;

	private @Nullable Timer timer;

	PoolResolver(RoleRuntime runtime, RegistrarHunt hunt, UserSettings settings, PoolHandle pool,
			ResolutionListener listener) {
		this.runtime = runtime;
		this.hunt = hunt;
		this.settings = settings;
		this.pool = pool;
		this.listener = listener;
	}

	boolean resolving() {
		return this.resolving;
	}

	boolean inUse() {
		return this.resolving || this.watched;
	}

	/**
	 * Resolves the pool now, and whenever there is a new home.
	 */
	void watch() {
		this.watched = true;
		resolve();
	}

	/**
	 * Resolves the pool, of which nothing is known.
	 */
	void introduced() {
		this.usedNanos = this.runtime.nanoTime();
		resolve();
	}

	void recommended(int sender, List<PoolElement> elements) {
		this.recommendations.put(sender, elements);
	}

	CachedPool snapshot() {
		long now = this.runtime.nanoTime();
		Long resolved = this.resolvedNanos;
		return new CachedPool(this.pool, this.cache.elements(),
				Duration.ofNanos((resolved != null) ? now - resolved : 0), stale(now), this.cache.suspects());
	}

	void select(Set<Integer> excluded, SelectionCallback callback) {
		long now = this.runtime.nanoTime();
		this.usedNanos = now;
		PoolElement element = standIn(excluded, now);
		if (element == null) {
			element = this.cache.select(excluded, this.runtime.random(), now);
		}
		if (element != null) {
			if (stale(now) && !answeredRecently(now)) {
				resolve();
			}
			give(element, callback);
		}
		else if (!this.resolving && answeredRecently(now)) {
			decide(new Selection(excluded, callback));
		}
		else if (this.waiting.size() >= this.settings.maximumWaiting()) {
			callback.failed(failure(Kind.REFUSED,
					this.waiting.size() + " selections wait already for a registrar's answer about pool " + this.pool));
		}
		else {
			this.waiting.add(new Selection(Set.copyOf(excluded), callback));
			resolve();
		}
	}

	/**
	 * Return who stands in for elements that failed, as the pool knows it now.
	 */
	private @Nullable PoolElement standIn(Set<Integer> excluded, long now) {
		PoolElement recommended = this.recommendations.standIn(excluded,
				(identifier) -> this.cache.suspected(identifier, now));
		if (recommended == null) {
			return null;
		}
		PoolElement cached = this.cache.find(recommended.identifier());
		return (cached != null) ? cached : recommended;
	}

	/**
	 * Takes an element out of the cache, to report it.
	 * @return whether a registrar is to be told, which was not told yet
	 */
	boolean suspect(int identifier) {
		long now = this.runtime.nanoTime();
		if (!this.selected.contains(identifier) || this.cache.reported(identifier, now)) {
			return false;
		}
		this.cache.suspect(identifier, now, this.settings.suspicion().toNanos(), true);
		return true;
	}

	/**
	 * Takes an element out of the cache without a report.
	 */
	void avoid(int identifier) {
		long now = this.runtime.nanoTime();
		if (!this.cache.suspected(identifier, now)) {
			this.cache.suspect(identifier, now, this.settings.suspicion().toNanos(), false);
		}
	}

	/**
	 * An element that was selected though it is not trusted served a call.
	 */
	void trust(int identifier) {
		this.cache.trust(identifier);
	}

	/**
	 * Trusts an element that was reported unreachable, and answered.
	 */
	void confirm(int identifier) {
		this.cache.confirm(identifier);
	}

	/**
	 * There is a new home. What this user subscribed to at the old one, and still uses,
	 * is subscribed to there at once; the rest at its next use.
	 */
	void homeFound() {
		if (this.resolving) {
			request();
		}
		else if (this.watched) {
			resolve();
		}
		else if (this.renewing
				&& this.runtime.nanoTime() - this.usedNanos < this.settings.staleAfter(this.pool).toNanos()) {
			resolve();
		}
	}

	void homeLost() {
		this.renewing |= this.subscribed;
		this.subscribed = false;
		this.subscribedBy = null;
		if (this.resolving) {
			awaitHome();
		}
	}

	/**
	 * Takes what was asked for, and also what was not, if it comes from where this user
	 * subscribed (RFC 5352, section 2.2.6).
	 */
	void answered(Association association, HandleResolutionResponse response) {
		boolean fromSubscription = association == this.subscribedBy && (this.subscribed || response.subscribed());
		if (!this.resolving && !fromSubscription) {
			return;
		}
		boolean unasked = !this.resolving;
		boolean positive = response.causes().isEmpty() && !response.elements().isEmpty();
		if (association == this.subscribedBy) {
			this.subscribed = positive && (unasked || response.subscribed());
		}
		long now = this.runtime.nanoTime();
		finish();
		this.answeredNanos = now;
		if (positive) {
			this.resolvedNanos = now;
			this.unknownSinceNanos = null;
			this.refusal = null;
			this.renewing = false;
			this.cache.fill(response.elements(),
					Integer.compareUnsigned(response.elements().size(), this.settings.items()) < 0,
					(response.policy() != null) ? response.policy().number() : PolicyType.ROUND_ROBIN.number(), now);
		}
		else {
			refused(response.causes(), now, unasked);
		}
		if (!unasked) {
			this.listener.resolutionEnded(this.pool, this.hunt.home(), positive ? null : this.refusal);
		}
		takeWaiting().forEach(this::decide);
	}

	private void give(PoolElement element, SelectionCallback callback) {
		this.selected.add(element.identifier());
		if (this.cache.doubted(element.identifier())) {
			callback.selectedSuspect(element);
		}
		else {
			callback.selected(element);
		}
	}

	void stop() {
		if (this.resolving) {
			this.listener.resolutionAbandoned(this.pool);
		}
		finish();
		this.waiting.clear();
	}

	private void refused(List<ErrorCause> causes, long now, boolean vanished) {
		boolean unknown = causes.isEmpty()
				|| causes.stream().anyMatch((cause) -> cause.code() == ErrorCause.UNKNOWN_POOL_HANDLE);
		Home home = this.hunt.home();
		String registrar = (home != null) ? home.toString() : "the registrar";
		this.refusal = unknown ? failure(Kind.UNKNOWN_POOL, registrar + " knows no pool " + this.pool)
				: failure(Kind.REFUSED, registrar + " refused to resolve pool " + this.pool + ": "
						+ causes.stream().map(ErrorCause::toString).collect(Collectors.joining(", ")));
		Long since = this.unknownSinceNanos;
		if (since == null) {
			this.unknownSinceNanos = now;
		}
		if ((vanished && unknown) || (since != null && now - since >= this.settings.suspicion().toNanos())) {
			// A registrar that tells of an end knew the pool, unlike one that is new.
			this.cache.clear();
		}
	}

	private void decide(Selection selection) {
		PoolElement element = this.cache.selectAny(selection.excluded(), this.runtime.random(),
				this.runtime.nanoTime());
		ResolutionFailure refused = this.refusal;
		if (element != null) {
			give(element, selection.callback());
		}
		else if (refused != null) {
			selection.callback().failed(refused);
		}
		else {
			selection.callback()
				.failed(failure(Kind.NO_OTHER_ELEMENT, "pool " + this.pool + " has no other element: "
						+ selection.excluded().size() + " excluded, " + this.cache.elements().size() + " known"));
		}
	}

	private void resolve() {
		if (!this.resolving) {
			this.resolving = true;
			this.startedNanos = this.runtime.nanoTime();
			this.retransmitted = 0;
			this.listener.resolutionBegun(this.pool);
			request();
		}
	}

	private void request() {
		cancelTimer();
		Home home = this.hunt.home();
		if (home == null) {
			awaitHome();
			return;
		}
		if (this.runtime.nanoTime() - this.startedNanos > longest().toNanos()) {
			fail(Kind.TIMEOUT, "no registrar answered about pool " + this.pool + " within " + longest().toMillis()
					+ " ms, the last was " + home);
			return;
		}
		this.asked = home.association();
		if (this.settings.subscribe() && this.subscribedBy != home.association()) {
			this.subscribedBy = home.association();
			this.subscribed = false;
		}
		try {
			this.hunt.send(new HandleResolution(this.settings.subscribe(), this.pool, this.settings.items()));
		}
		catch (IllegalArgumentException ex) {
			fail(Kind.REFUSED, "the request for pool " + this.pool + " cannot be encoded: " + ex.getMessage());
			return;
		}
		this.timer = this.runtime.schedule(this.settings.requestTimeout(), this::requestTimedOut);
	}

	private void awaitHome() {
		cancelTimer();
		this.timer = this.runtime.schedule(this.settings.noRegistrarTimeout(), () -> {
			List<HuntFailure> failures = this.hunt.failures();
			fail(Kind.NO_REGISTRAR,
					"no registrar could be reached to resolve pool " + this.pool + ": "
							+ (failures.isEmpty() ? "no address answered"
									: failures.stream().map(HuntFailure::toString).collect(Collectors.joining(", "))));
		});
	}

	private void requestTimedOut() {
		Association association = this.asked;
		Home home = this.hunt.home();
		if (association != null) {
			this.hunt.doubt(association, "no answer to the resolution of pool " + this.pool);
		}
		if (this.retransmitted == this.settings.retransmissions()) {
			fail(Kind.TIMEOUT,
					((home != null) ? home.toString() : "the registrar") + " did not answer about pool " + this.pool
							+ " within " + this.settings.requestTimeout().toMillis() + " ms, after "
							+ this.retransmitted + " retransmissions");
		}
		else {
			this.retransmitted++;
			request();
		}
	}

	private Duration longest() {
		return this.settings.requestTimeout()
			.multipliedBy(this.settings.retransmissions() + 1L)
			.plus(this.settings.noRegistrarTimeout());
	}

	private void fail(Kind kind, String detail) {
		finish();
		ResolutionFailure failure = failure(kind, detail);
		this.listener.resolutionEnded(this.pool, this.hunt.home(), failure);
		for (Selection selection : takeWaiting()) {
			PoolElement element = this.cache.selectAny(selection.excluded(), this.runtime.random(),
					this.runtime.nanoTime());
			if (element == null) {
				element = this.cache.selectRemoved(selection.excluded());
			}
			if (element != null) {
				give(element, selection.callback());
			}
			else {
				selection.callback().failed(failure);
			}
		}
	}

	private void finish() {
		this.resolving = false;
		this.asked = null;
		cancelTimer();
	}

	private List<Selection> takeWaiting() {
		List<Selection> taken = List.copyOf(this.waiting);
		this.waiting.clear();
		return taken;
	}

	private boolean stale(long now) {
		Long resolved = this.resolvedNanos;
		return resolved == null || this.renewing || now - resolved >= this.settings.staleAfter(this.pool).toNanos();
	}

	private boolean answeredRecently(long now) {
		Long answered = this.answeredNanos;
		return answered != null && now - answered < this.settings.again().toNanos();
	}

	private ResolutionFailure failure(Kind kind, String detail) {
		return new ResolutionFailure(kind, this.pool, detail);
	}

	private void cancelTimer() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

}
