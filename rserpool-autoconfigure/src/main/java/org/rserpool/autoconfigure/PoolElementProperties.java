package org.rserpool.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.rserpool.spring.element.Registration;
import org.rserpool.wire.PolicyType;

/**
 * What is configured under {@code rserpool.element.<pool>}. What is not set is taken from
 * {@code rserpool.element.default}.
 *
 * @param policy Policy by which pool users choose between the elements of the pool.
 * @param weight Weight of this element, for policies by weight.
 * @param priority Priority of this element, for policies by priority. Higher is
 * preferred.
 * @param load Load of this element as a fraction from 0.0 to 1.0, for policies by load.
 * @param loadDegradation By how much each new session raises the load, as a fraction from
 * 0.0 to 1.0, for policies with degradation.
 * @param lifetime How long a registration lasts without being renewed.
 * @param identifier Identifier of this element in its pool, decimal or hexadecimal with
 * 0x. Drawn at random if not set.
 * @param drainTimeout How long calls in progress may go on after the element left its
 * pool.
 * @param renewalInterval How long to wait before a registration is renewed
 * (T4-reregistration), shorter than the lifetime.
 * @param metadata What this element says of itself in the handlespace, by key.
 * @param failoverOrder Identifiers of the elements of the pool that stand in for this
 * one, in the order in which pool users are to try them when it fails.
 * @param concurrencyLimit How many calls may be in progress at a time. More are refused
 * before they are begun, so that their pool users go elsewhere. No limit if not set.
 * @param registration When the element joins its pool.
 * @param loadProvider What measures the load, for policies by load: in-flight for the
 * calls in progress, cpu, queue for how full the queue of the executor is, meter:NAME for
 * a gauge of Micrometer, or the name of a bean. By default, the only bean that measures
 * it, or else in-flight, unless the load is set.
 * @param loadThreshold By how much the load must have changed to be reported, as a
 * fraction from 0.0 to 1.0.
 * @param addresses Which addresses of this host pool users are to use.
 * @param state How the state of sessions is kept.
 * @param executor Bean of type Executor that runs the calls of the rpc binding and the
 * handlers of sessions of messages. By default, applicationTaskExecutor.
 * @since 0.1
 */
public record PoolElementProperties(@Nullable PolicyType policy, @Nullable Long weight, @Nullable Long priority,
		@Nullable Double load, @Nullable Double loadDegradation, @Nullable Duration lifetime, @Nullable Long identifier,
		@Nullable Duration drainTimeout, @Nullable Duration renewalInterval, @Nullable Map<String, String> metadata,
		@Nullable List<String> failoverOrder, @Nullable Integer concurrencyLimit, @Nullable Registration registration,
		@Nullable String loadProvider, @Nullable Double loadThreshold, @Nullable Addresses addresses,
		@Nullable SessionStateProperties state, @Nullable String executor) {

	static final PoolElementProperties NONE = new PoolElementProperties(null, null, null, null, null, null, null, null,
			null, null, null, null, null, null, null, null, null, null);

	/**
	 * What is configured under {@code rserpool.element.<pool>.addresses}.
	 *
	 * @param include Networks such as 10.0.0.0/8, addresses, or names of network
	 * interfaces: only the addresses of this host in them are told to pool users. All
	 * that mean something to other hosts if not set.
	 * @since 0.1
	 */
	public record Addresses(@Nullable List<String> include) {

	}

}
