package org.rserpool.hunt;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;

/**
 * Associations with registrars that can become home at once. RFC 5352, section 3.6 SH1,
 * allows three associations, so there are two of them at most.
 */
final class Standbys {

	private static final Duration MAXIMUM_PAUSE = Duration.ofSeconds(30);

	private final RoleRuntime runtime;

	private final HuntSettings settings;

	private final Search.Surroundings surroundings;

	private final Map<Association, InetSocketAddress> ready = new LinkedHashMap<>();

	private final Map<Association, InetSocketAddress> attempts = new LinkedHashMap<>();

	private final Set<InetSocketAddress> tried = new LinkedHashSet<>();

	private @Nullable Timer timer;

	private Duration pause;

	private boolean active;

	Standbys(RoleRuntime runtime, HuntSettings settings, Search.Surroundings surroundings) {
		this.runtime = runtime;
		this.settings = settings;
		this.surroundings = surroundings;
		this.pause = settings.pause();
	}

	int size() {
		return this.ready.size();
	}

	List<InetSocketAddress> addresses() {
		return List.copyOf(this.ready.values());
	}

	/**
	 * There is a home: looks for standbys.
	 * @param surplus attempts that are pending already; those that are not needed are
	 * given up
	 */
	void begin(Map<Association, InetSocketAddress> surplus) {
		this.active = true;
		this.pause = this.settings.pause();
		this.tried.clear();
		surplus.forEach((association, address) -> {
			if (wanted() > 0) {
				this.attempts.put(association, address);
			}
			else {
				association.abort();
			}
		});
		fill();
	}

	/**
	 * Gives up the attempts that are pending, for as long as a home is looked for.
	 */
	void suspend() {
		this.active = false;
		cancelTimer();
		abort(this.attempts);
	}

	void stop() {
		suspend();
		abort(this.ready);
	}

	/**
	 * Takes a standby, to make it home.
	 * @return the standby, or {@code null} if there is none
	 */
	@Nullable Home take() {
		Iterator<Map.Entry<Association, InetSocketAddress>> oldest = this.ready.entrySet().iterator();
		if (!oldest.hasNext()) {
			return null;
		}
		Map.Entry<Association, InetSocketAddress> entry = oldest.next();
		oldest.remove();
		return new Home(entry.getKey(), null, entry.getValue());
	}

	/**
	 * An association came up.
	 */
	void up(Association association) {
		InetSocketAddress address = this.attempts.remove(association);
		if (address != null) {
			this.ready.put(association, address);
			fill();
		}
	}

	/**
	 * An association went down.
	 * @return whether it was one of these
	 */
	boolean down(Association association) {
		InetSocketAddress address = this.ready.remove(association);
		InetSocketAddress attempted = this.attempts.remove(association);
		if (address == null && attempted == null) {
			return false;
		}
		Association next = (attempted != null) ? this.surroundings.associateOtherwise(attempted) : null;
		if (attempted != null && next != null) {
			this.attempts.put(next, attempted);
		}
		else {
			this.tried.add((attempted != null) ? attempted : address);
		}
		fill();
		return true;
	}

	/**
	 * An address became known.
	 */
	void offer() {
		if (this.attempts.isEmpty()) {
			fill();
		}
	}

	private int wanted() {
		return this.settings.standbys() - this.ready.size() - this.attempts.size();
	}

	private void fill() {
		if (!this.active) {
			return;
		}
		cancelTimer();
		if (wanted() > 0) {
			Iterator<InetSocketAddress> candidates = this.surroundings.addresses().iterator();
			while (wanted() > 0 && candidates.hasNext()) {
				InetSocketAddress address = candidates.next();
				if (isFree(address)) {
					this.attempts.put(this.surroundings.associate(address), address);
				}
			}
		}
		if (!this.attempts.isEmpty()) {
			this.timer = this.runtime.schedule(this.settings.attemptTimeout(), this::timedOut);
		}
		else if (wanted() > 0) {
			this.timer = this.runtime.schedule(this.pause, () -> {
				this.tried.clear();
				fill();
			});
			Duration doubled = this.pause.multipliedBy(2);
			this.pause = (doubled.compareTo(MAXIMUM_PAUSE) < 0) ? doubled : MAXIMUM_PAUSE;
		}
	}

	private boolean isFree(InetSocketAddress address) {
		return !address.equals(this.surroundings.homeAddress()) && !this.ready.containsValue(address)
				&& !this.attempts.containsValue(address) && !this.tried.contains(address);
	}

	private void timedOut() {
		this.tried.addAll(this.attempts.values());
		this.attempts.values().forEach(this.surroundings::unanswered);
		abort(this.attempts);
		fill();
	}

	private static void abort(Map<Association, InetSocketAddress> associations) {
		List<Association> aborted = List.copyOf(associations.keySet());
		associations.clear();
		aborted.forEach(Association::abort);
	}

	private void cancelTimer() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

}
