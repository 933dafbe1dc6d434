package org.rserpool.spring.element;

/**
 * Knows the settings of each pool's element.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface PoolElementSettingsSource {

	/** No configuration: the annotation's policy, and the defaults. */
	PoolElementSettingsSource DEFAULTS = (pool, declaredPolicy) -> PoolElementSettings.DEFAULT
		.withPolicy(PolicyValues.NONE.policy(declaredPolicy));

	/**
	 * Find the settings of an element.
	 * @param pool the pool
	 * @param declaredPolicy the policy that the annotation names, or an empty text
	 * @return the settings
	 * @throws IllegalArgumentException if the policy is not known
	 */
	PoolElementSettings settings(String pool, String declaredPolicy);

}
