package org.rserpool.autoconfigure;

import java.time.Duration;

import org.rserpool.spring.node.StartupFailurePolicy;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is configured under {@code rserpool.startup}.
 *
 * @param failurePolicy What happens when no registrar answers while the application
 * starts: retry to go on looking, with the health OUT_OF_SERVICE until then, fail to end
 * the application, or ignore to leave health alone.
 * @param timeout How long to wait for a registrar before the application fails to start,
 * if it is to.
 * @since 0.1
 */
public record StartupProperties(@DefaultValue("retry") StartupFailurePolicy failurePolicy,
		@DefaultValue("5s") Duration timeout) {

}
