package org.rserpool.registrar;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import org.rserpool.handlespace.ElementKey;

/**
 * Limits how many unreachable reports of one user are looked at (RFC 5355, section 2.13):
 * one report of each element in a while, and so many elements that all of a user's
 * connections may break at once.
 */
final class UserReports {

	static final Duration PAUSE = Duration.ofSeconds(1);

	static final int MAX_ELEMENTS = 256;

	/** When elements were reported, the eldest report first. */
	private final Map<ElementKey, Long> reported = new LinkedHashMap<>();

	/**
	 * Return whether a report is to be looked at.
	 */
	boolean accept(ElementKey key, long now) {
		Iterator<Long> eldest = this.reported.values().iterator();
		while (eldest.hasNext() && now - eldest.next() >= PAUSE.toNanos()) {
			eldest.remove();
		}
		return this.reported.size() < MAX_ELEMENTS && this.reported.putIfAbsent(key, now) == null;
	}

}
