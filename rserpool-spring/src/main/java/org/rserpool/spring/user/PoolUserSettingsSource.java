package org.rserpool.spring.user;

/**
 * Knows the settings of each pool user.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface PoolUserSettingsSource {

	/** No configuration: the pool of the same name, and the defaults. */
	PoolUserSettingsSource DEFAULTS = PoolUserSettings::of;

	/**
	 * Find the settings of a pool user.
	 * @param name its name
	 * @return the settings
	 */
	PoolUserSettings settings(String name);

}
