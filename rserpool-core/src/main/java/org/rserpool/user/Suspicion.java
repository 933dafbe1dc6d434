package org.rserpool.user;

import org.jspecify.annotations.Nullable;

/**
 * Why an element is not trusted. First it is avoided for a while; then, when a registrar
 * names it, it is half open: one selection probes it.
 */
final class Suspicion {

	private static final int MAXIMUM_DOUBLINGS = 3;

	private final long until;

	private final long first;

	private final int failures;

	private final boolean reported;

	private boolean named;

	private @Nullable Long probedNanos;

	private Suspicion(long until, long first, int failures, boolean reported) {
		this.until = until;
		this.first = first;
		this.failures = failures;
		this.reported = reported;
	}

	/**
	 * Makes the suspicion that follows another one.
	 * @param before the one before, if there is one
	 * @param now the time now
	 * @param pause how long an element is avoided at first, in nanoseconds
	 * @param reported whether a registrar is told
	 * @return the suspicion
	 */
	static Suspicion after(@Nullable Suspicion before, long now, long pause, boolean reported) {
		int failures = 0;
		if (before != null) {
			failures = before.failures + ((before.named && reported) ? 1 : 0);
		}
		return new Suspicion(now + (pause << Math.min(failures, MAXIMUM_DOUBLINGS)), pause, failures, reported);
	}

	/**
	 * Return whether a registrar was told.
	 */
	boolean reported() {
		return this.reported;
	}

	/**
	 * Return whether the element is avoided.
	 */
	boolean holds(long now) {
		return this.until - now > 0;
	}

	/**
	 * A registrar named the element.
	 */
	void named(long now) {
		this.named |= !holds(now);
	}

	/**
	 * Return whether the element may be probed, or is being probed.
	 */
	boolean halfOpen() {
		return this.named;
	}

	/**
	 * Begins a probe, if there is to be one.
	 * @return whether the caller is to probe the element
	 */
	boolean probe(long now) {
		if (!this.named || this.probedNanos != null) {
			return false;
		}
		this.probedNanos = now;
		return true;
	}

	/**
	 * Return whether a probe began as long ago as an element is avoided at first, and
	 * nothing bad was heard since.
	 */
	boolean survived(long now) {
		Long probed = this.probedNanos;
		return probed != null && now - probed >= this.first;
	}

}
