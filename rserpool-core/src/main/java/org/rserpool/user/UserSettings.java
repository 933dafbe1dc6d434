package org.rserpool.user;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.rserpool.wire.AsapMessage.HandleResolution;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.PoolHandle;

/**
 * How a pool user resolves pool handles.
 *
 * @param requestTimeout how long to wait for the answer to one request (T1-ENRPrequest,
 * RFC 5352, section 7.1)
 * @param retransmissions how often a request is repeated (MAX-REQUEST-RETRANSMIT)
 * @param noRegistrarTimeout how long to wait for a home registrar
 * @param staleAfter the age at which a resolution is renewed (stale_cache_value). What is
 * known is still used meanwhile.
 * @param again how soon the registrar is asked again about a pool that it did not know,
 * or that had no other element
 * @param suspicion how long an element that was reported unreachable, or that serves no
 * more, is avoided, where there are others
 * @param items how many elements to ask for, unsigned; {@link HandleResolution#ALL_ITEMS}
 * for as many as possible
 * @param maximumWaiting how many selections in one pool may wait for a registrar's answer
 * @param maximumPools how many pools are remembered
 * @param subscribe whether to ask registrars to tell of changes of the pools (S bit). A
 * registrar that refuses is asked when the age says so, as without. The registrars of the
 * reference implementation never grant it.
 * @param staleAfterOf the ages at which resolutions of single pools are renewed, where
 * they differ from {@code staleAfter}
 * @since 0.1
 */
public record UserSettings(Duration requestTimeout, int retransmissions, Duration noRegistrarTimeout,
		Duration staleAfter, Duration again, Duration suspicion, int items, int maximumWaiting, int maximumPools,
		boolean subscribe, Map<PoolHandle, Duration> staleAfterOf) {

	/** The settings where nothing else is said. */
	public static final UserSettings DEFAULT = new UserSettings(Duration.ofMillis(500), 2, Duration.ofSeconds(2),
			Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(2), 8, 10_000, 1_000, true, Map.of());

	public UserSettings {
		staleAfterOf = Map.copyOf(staleAfterOf);
		positive("requestTimeout", requestTimeout);
		positive("noRegistrarTimeout", noRegistrarTimeout);
		notNegative("staleAfter", staleAfter);
		staleAfterOf.forEach((pool, value) -> notNegative("staleAfter of pool " + pool, value));
		if (retransmissions < 0 || maximumWaiting < 1 || maximumPools < 1) {
			throw new IllegalArgumentException("retransmissions " + retransmissions + ", maximumWaiting "
					+ maximumWaiting + ", maximumPools " + maximumPools + ": too small");
		}
	}

	/**
	 * Return these settings with another way to ask.
	 * @param timeout how long to wait for the answer to one request
	 * @param retransmitted how often it is repeated
	 * @param noRegistrar how long to wait for a home registrar
	 * @return the settings, otherwise the same
	 */
	public UserSettings withRequests(Duration timeout, int retransmitted, Duration noRegistrar) {
		return new UserSettings(timeout, retransmitted, noRegistrar, this.staleAfter, this.again, this.suspicion,
				this.items, this.maximumWaiting, this.maximumPools, this.subscribe, this.staleAfterOf);
	}

	/**
	 * Return these settings with another age of the cache.
	 * @param value the age at which a resolution is renewed
	 * @return the settings, otherwise the same
	 */
	public UserSettings withStaleAfter(Duration value) {
		return new UserSettings(this.requestTimeout, this.retransmissions, this.noRegistrarTimeout, value, this.again,
				this.suspicion, this.items, this.maximumWaiting, this.maximumPools, this.subscribe, this.staleAfterOf);
	}

	/**
	 * Return these settings with another age of the cache for one pool.
	 * @param pool the pool
	 * @param value the age at which its resolution is renewed
	 * @return the settings, otherwise the same
	 */
	public UserSettings withStaleAfter(PoolHandle pool, Duration value) {
		Map<PoolHandle, Duration> changed = new HashMap<>(this.staleAfterOf);
		changed.put(pool, value);
		return new UserSettings(this.requestTimeout, this.retransmissions, this.noRegistrarTimeout, this.staleAfter,
				this.again, this.suspicion, this.items, this.maximumWaiting, this.maximumPools, this.subscribe,
				changed);
	}

	/**
	 * Return the age at which the resolution of a pool is renewed.
	 * @param pool the pool
	 * @return the age
	 */
	public Duration staleAfter(PoolHandle pool) {
		return this.staleAfterOf.getOrDefault(pool, this.staleAfter);
	}

	/**
	 * Return these settings with another time of suspicion.
	 * @param value how long an element that was reported unreachable is avoided
	 * @return the settings, otherwise the same
	 */
	public UserSettings withSuspicion(Duration value) {
		return new UserSettings(this.requestTimeout, this.retransmissions, this.noRegistrarTimeout, this.staleAfter,
				this.again, value, this.items, this.maximumWaiting, this.maximumPools, this.subscribe,
				this.staleAfterOf);
	}

	/**
	 * Return these settings with another number of elements.
	 * @param value how many elements to ask for, unsigned
	 * @return the settings, otherwise the same
	 */
	public UserSettings withItems(int value) {
		return new UserSettings(this.requestTimeout, this.retransmissions, this.noRegistrarTimeout, this.staleAfter,
				this.again, this.suspicion, value, this.maximumWaiting, this.maximumPools, this.subscribe,
				this.staleAfterOf);
	}

	/**
	 * Return these settings with other bounds.
	 * @param waiting how many selections in one pool may wait
	 * @param pools how many pools are remembered
	 * @return the settings, otherwise the same
	 */
	public UserSettings withBounds(int waiting, int pools) {
		return new UserSettings(this.requestTimeout, this.retransmissions, this.noRegistrarTimeout, this.staleAfter,
				this.again, this.suspicion, this.items, waiting, pools, this.subscribe, this.staleAfterOf);
	}

	/**
	 * Return these settings with or without subscriptions.
	 * @param value whether to ask registrars to tell of changes
	 * @return the settings, otherwise the same
	 */
	public UserSettings withSubscribe(boolean value) {
		return new UserSettings(this.requestTimeout, this.retransmissions, this.noRegistrarTimeout, this.staleAfter,
				this.again, this.suspicion, this.items, this.maximumWaiting, this.maximumPools, value,
				this.staleAfterOf);
	}

	/**
	 * Return the settings of the profile {@code fast}, which are the defaults.
	 * @return the settings
	 */
	public static UserSettings fast() {
		return DEFAULT;
	}

	/**
	 * Return the settings of the profile {@code rfc}: T1-ENRPrequest and
	 * MAX-REQUEST-RETRANSMIT of RFC 5352, section 7. The wait for a home registrar is as
	 * long as T1-ENRPrequest; for stale_cache_value, the RFC gives no value.
	 * @return the settings
	 */
	public static UserSettings rfc() {
		Duration answer = Duration.ofSeconds(15);
		return DEFAULT.withRequests(answer, 2, answer);
	}

	/**
	 * Return the settings where nothing else is said for a dialect: {@link #DEFAULT}, but
	 * for {@code rsplib} without subscriptions, which it does not know.
	 * @param dialect the dialect
	 * @return the settings
	 */
	public static UserSettings of(Dialect dialect) {
		return DEFAULT.withSubscribe(dialect != Dialect.RSPLIB);
	}

	private static void positive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new IllegalArgumentException(name + " " + value + " is not positive");
		}
	}

	private static void notNegative(String name, Duration value) {
		if (value.isNegative()) {
			throw new IllegalArgumentException(name + " " + value + " is negative");
		}
	}

}
