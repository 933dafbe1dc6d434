package org.rserpool.registrar;

import java.time.Duration;

/**
 * How a registrar tells pool users of changes of pools that they subscribed to (RFC 5352,
 * sections 2.2.5 and 2.2.6). Immutable.
 *
 * @param maxSubscriptions how many subscriptions there may be in all; 0 or more, 0 to
 * refuse every one
 * @param maxPerAssociation how many subscriptions one association may have; 0 or more
 * @param interval how long to wait at least from telling the subscribers of a pool to
 * telling them again; positive, and at most a minute. What changes meanwhile is told
 * together.
 * @since 0.1
 */
public record SubscriptionSettings(int maxSubscriptions, int maxPerAssociation, Duration interval) {

	/**
	 * 100,000 subscriptions, of which one association may have 1,000, and an interval of
	 * 50 ms.
	 */
	public static final SubscriptionSettings DEFAULT = new SubscriptionSettings(100_000, 1_000, Duration.ofMillis(50));

	public SubscriptionSettings {
		if (maxSubscriptions < 0 || maxPerAssociation < 0) {
			throw new IllegalArgumentException("maxSubscriptions is " + maxSubscriptions + ", maxPerAssociation is "
					+ maxPerAssociation + ": expected 0 or more");
		}
		if (interval.isZero() || interval.isNegative() || interval.compareTo(Duration.ofMinutes(1)) > 0) {
			throw new IllegalArgumentException(
					"interval is " + interval + ": expected more than 0, and at most a minute");
		}
	}

}
