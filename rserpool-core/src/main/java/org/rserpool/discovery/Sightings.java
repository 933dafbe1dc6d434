package org.rserpool.discovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is announced again and again, each for as long as it is (T7-ENRPoutdate, RFC 5352,
 * section 3.6). With several registrars the interval of one is as long as T7 or longer,
 * so what is announced seldom is kept for three of its intervals.
 *
 * @param <K> what is announced
 * @since 0.1
 */
public final class Sightings<K> {

	/** Sooner than this after another one, an announcement is the same one again. */
	private static final long REPETITION = Duration.ofMillis(100).toNanos();

	private static final int INTERVALS_KEPT = 3;

	private static final long LONGEST_LIFETIME = Duration.ofMinutes(10).toNanos();

	private final long lifetime;

	private final int maximum;

	private final Map<K, Sighting> known = new LinkedHashMap<>();

	/**
	 * Makes an empty list.
	 * @param lifetime how long something is kept at least
	 * @param maximum how many there may be; what is new then is not taken
	 */
	public Sightings(Duration lifetime, int maximum) {
		this.lifetime = lifetime.toNanos();
		this.maximum = maximum;
	}

	/**
	 * Something was announced.
	 * @param key what
	 * @param now the time, in nanoseconds
	 * @return whether it is new, and was taken
	 */
	public boolean saw(K key, long now) {
		Sighting sighting = this.known.get(key);
		if (sighting != null) {
			sighting.again(now);
			return false;
		}
		if (this.known.size() >= this.maximum) {
			return false;
		}
		this.known.put(key, new Sighting(now));
		return true;
	}

	/**
	 * Forgets what was not announced for long.
	 * @param now the time, in nanoseconds
	 * @return what was forgotten
	 */
	public List<K> forgetOutdated(long now) {
		List<K> outdated = new ArrayList<>();
		this.known.forEach((key, sighting) -> {
			if (sighting.expires() - now <= 0) {
				outdated.add(key);
			}
		});
		outdated.forEach(this.known::remove);
		return outdated;
	}

	/**
	 * Return when something may have to be forgotten.
	 * @param now the time, in nanoseconds
	 * @return how long from now, or the longest duration if there is nothing
	 */
	public Duration untilOutdated(long now) {
		long soonest = Long.MAX_VALUE;
		for (Sighting sighting : this.known.values()) {
			soonest = Math.min(soonest, sighting.expires() - now);
		}
		return Duration.ofNanos(Math.max(0, soonest));
	}

	/**
	 * Return what is known.
	 * @return a view
	 */
	public Set<K> keys() {
		return this.known.keySet();
	}

	/**
	 * Forgets everything.
	 */
	public void clear() {
		this.known.clear();
	}

	/**
	 * When something was announced.
	 */
	private final class Sighting {

		private long last;

		private long interval;

		private Sighting(long now) {
			this.last = now;
		}

		private void again(long now) {
			long gap = now - this.last;
			if (gap >= REPETITION) {
				this.interval = Math.max(gap, (7 * this.interval + gap) / 8);
			}
			this.last = now;
		}

		private long expires() {
			long several = Math.min(INTERVALS_KEPT * this.interval, LONGEST_LIFETIME);
			return this.last + Math.max(Sightings.this.lifetime, several);
		}

	}

}
