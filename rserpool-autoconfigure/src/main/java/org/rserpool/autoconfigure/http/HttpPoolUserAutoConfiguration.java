package org.rserpool.autoconfigure.http;

import io.micrometer.observation.ObservationRegistry;
import org.rserpool.autoconfigure.PoolUserAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolProperties;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.http.HttpElementUris;
import org.rserpool.spring.http.HttpPoolUserClientFactory;
import org.rserpool.spring.http.PoolClientHttpRequestInterceptor;
import org.rserpool.spring.http.PoolHttpCalls;
import org.rserpool.spring.user.PoolUserClientFactory;
import org.rserpool.spring.user.PoolUserSettingsSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for pool users that send HTTP requests.
 *
 * @since 0.1
 */
@AutoConfiguration(after = PoolUserAutoConfiguration.class,
		afterName = "org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration")
@ConditionalOnClass({ PoolUserClientFactory.class, RestClient.class })
@ConditionalOnBean(PoolUserSettingsSource.class)
@Import({ BootRestClientConfiguration.class, PlainRestClientConfiguration.class })
public final class HttpPoolUserAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	HttpElementUris httpElementUris() {
		return HttpElementUris.DECLARED;
	}

	@Bean
	@ConditionalOnMissingBean
	PoolHttpCalls poolHttpCalls(ObjectProvider<RSerPoolNode> node, PoolUserSettingsSource settings,
			HttpElementUris uris, ObjectProvider<ObservationRegistry> observations) {
		return new PoolHttpCalls(node::getObject, settings, uris,
				observations.getIfUnique(() -> ObservationRegistry.NOOP));
	}

	@Bean
	@ConditionalOnMissingBean
	PoolClientHttpRequestInterceptor poolClientHttpRequestInterceptor(PoolHttpCalls calls) {
		return new PoolClientHttpRequestInterceptor(calls);
	}

	@Bean
	@ConditionalOnMissingBean
	HttpPoolUserClientFactory httpPoolUserClientFactory(RestClientBuilders builders,
			PoolClientHttpRequestInterceptor interceptor) {
		return new HttpPoolUserClientFactory(builders, interceptor);
	}

	@Bean
	@ConditionalOnMissingBean
	PoolRestClientGroupConfigurer poolRestClientGroupConfigurer(Environment environment, RSerPoolProperties properties,
			PoolClientHttpRequestInterceptor interceptor) {
		return new PoolRestClientGroupConfigurer(new HttpServiceGroups(environment, properties.user().keySet()),
				interceptor);
	}

}
