package org.rserpool.autoconfigure.http;

import org.rserpool.autoconfigure.RSerPoolProperties;
import org.rserpool.spring.http.PoolExchangeFilterFunction;
import org.rserpool.spring.http.PoolHttpCalls;
import org.rserpool.spring.http.WebClientPoolUserClientFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for pool users that send HTTP requests and take the answer later.
 *
 * @since 0.1
 */
@AutoConfiguration(after = HttpPoolUserAutoConfiguration.class,
		afterName = "org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration")
@ConditionalOnClass(WebClient.class)
@ConditionalOnBean(PoolHttpCalls.class)
@Import({ BootWebClientConfiguration.class, PlainWebClientConfiguration.class })
public final class WebClientPoolUserAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PoolExchangeFilterFunction poolExchangeFilterFunction(PoolHttpCalls calls) {
		return new PoolExchangeFilterFunction(calls);
	}

	@Bean
	@ConditionalOnMissingBean
	WebClientPoolUserClientFactory webClientPoolUserClientFactory(WebClientBuilders builders,
			PoolExchangeFilterFunction filter) {
		return new WebClientPoolUserClientFactory(builders, filter);
	}

	@Bean
	@ConditionalOnMissingBean
	PoolWebClientGroupConfigurer poolWebClientGroupConfigurer(Environment environment, RSerPoolProperties properties,
			PoolExchangeFilterFunction filter) {
		return new PoolWebClientGroupConfigurer(new HttpServiceGroups(environment, properties.user().keySet()), filter);
	}

}
