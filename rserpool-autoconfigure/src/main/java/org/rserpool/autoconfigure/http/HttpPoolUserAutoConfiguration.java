package org.rserpool.autoconfigure.http;

import java.net.http.HttpClient;
import java.time.Duration;

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
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for pool users that send HTTP requests.
 *
 * @since 0.1
 */
@AutoConfiguration(after = { PoolUserAutoConfiguration.class, RestClientAutoConfiguration.class })
@ConditionalOnClass({ PoolUserClientFactory.class, RestClient.class })
@ConditionalOnBean(PoolUserSettingsSource.class)
public final class HttpPoolUserAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	HttpElementUris httpElementUris() {
		return HttpElementUris.PLAIN;
	}

	@Bean
	@ConditionalOnMissingBean
	PoolHttpCalls poolHttpCalls(ObjectProvider<RSerPoolNode> node, PoolUserSettingsSource settings,
			HttpElementUris uris) {
		return new PoolHttpCalls(node::getObject, settings, uris);
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

	/**
	 * With Spring Boot's {@code RestClient}: its builders, with all customizers.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RestClientBuilderConfigurer.class)
	@ConditionalOnBean(RestClientBuilderConfigurer.class)
	static class BootRestClientConfiguration {

		@Bean
		@ConditionalOnMissingBean
		RestClientBuilders poolRestClientBuilders(RestClientBuilderConfigurer configurer,
				ObjectProvider<ClientHttpRequestFactoryBuilder<?>> factories,
				ObjectProvider<HttpClientSettings> settings, RSerPoolProperties properties) {
			ClientHttpRequestFactoryBuilder<?> factory = factories
				.getIfAvailable(() -> ClientHttpRequestFactoryBuilder.detect());
			HttpClientSettings configured = settings.getIfAvailable(HttpClientSettings::defaults);
			Duration timeout = properties.session().connectTimeout();
			HttpClientSettings used = (configured.connectTimeout() != null) ? configured
					: configured.withConnectTimeout(timeout);
			return new SharedRequestFactory(() -> factory.build(used), configurer::configure);
		}

	}

	/**
	 * Without Spring Boot's {@code RestClient}.
	 */
	@Configuration(proxyBeanMethods = false)
	static class PlainRestClientConfiguration {

		@Bean
		@ConditionalOnMissingBean
		RestClientBuilders poolRestClientBuilders(RSerPoolProperties properties) {
			Duration timeout = properties.session().connectTimeout();
			return new SharedRequestFactory(
					() -> new JdkClientHttpRequestFactory(HttpClient.newBuilder().connectTimeout(timeout).build()),
					(builder) -> builder);
		}

	}

}
