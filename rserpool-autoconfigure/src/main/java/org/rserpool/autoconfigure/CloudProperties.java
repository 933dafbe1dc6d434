package org.rserpool.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What is configured under {@code rserpool.cloud}.
 *
 * @param discovery How Spring Cloud discovers the elements of pools.
 * @since 0.1
 */
public record CloudProperties(@DefaultValue Discovery discovery) {

	/**
	 * What is configured under {@code rserpool.cloud.discovery}.
	 *
	 * @param heartbeatInterval How often registrars are asked for the pools that Spring
	 * Cloud discovers, and a heartbeat is published; changes of which they tell are
	 * published at once. With 0s, there are no heartbeats.
	 */
	public record Discovery(@DefaultValue("10s") Duration heartbeatInterval) {

		/**
		 * Return the interval, if it can be used.
		 * @return the interval, 0 for none
		 * @throws InvalidConfigurationPropertyValueException if it is negative
		 */
		public Duration checkedHeartbeatInterval() {
			if (this.heartbeatInterval.isNegative()) {
				throw new InvalidConfigurationPropertyValueException("rserpool.cloud.discovery.heartbeat-interval",
						this.heartbeatInterval, "It is not to be negative.");
			}
			return this.heartbeatInterval;
		}

	}

}
