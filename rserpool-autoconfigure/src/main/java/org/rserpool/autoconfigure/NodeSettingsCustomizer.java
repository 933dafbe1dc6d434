package org.rserpool.autoconfigure;

import org.rserpool.rpc.NodeSettings;

/**
 * Changes how the application takes part in its operation scope, after the properties.
 * Beans of this type are called in their order.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface NodeSettingsCustomizer {

	/**
	 * Changes the settings.
	 * @param settings what the properties say
	 */
	void customize(NodeSettings.Builder settings);

}
