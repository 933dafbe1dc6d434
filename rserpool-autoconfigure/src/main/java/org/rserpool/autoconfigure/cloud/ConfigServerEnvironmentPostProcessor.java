package org.rserpool.autoconfigure.cloud;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Lets config servers be found in pools where
 * {@code spring.cloud.config.discovery.enabled} is set. Comes just before configuration
 * is loaded, so that another registry of services that has registered before goes first.
 *
 * @since 0.1
 */
public final class ConfigServerEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private static final String PROVIDER = "org.springframework.cloud.config.client.ConfigServerInstanceProvider";

	private final ConfigurableBootstrapContext bootstrapContext;

	/**
	 * Makes the post-processor.
	 * @param bootstrapContext where it is said how config servers are found
	 */
	public ConfigServerEnvironmentPostProcessor(ConfigurableBootstrapContext bootstrapContext) {
		this.bootstrapContext = bootstrapContext;
	}

	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER - 1;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (ClassUtils.isPresent(PROVIDER, getClass().getClassLoader())) {
			PoolConfigServers.register(this.bootstrapContext);
		}
	}

}
