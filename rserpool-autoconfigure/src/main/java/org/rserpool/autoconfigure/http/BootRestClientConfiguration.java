package org.rserpool.autoconfigure.http;

import java.time.Duration;

import org.rserpool.autoconfigure.RSerPoolProperties;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * With Spring Boot's {@code RestClient}: its builders, with all customizers.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(RestClientBuilderConfigurer.class)
@ConditionalOnBean(RestClientBuilderConfigurer.class)
class BootRestClientConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RestClientBuilders poolRestClientBuilders(RestClientBuilderConfigurer configurer,
			ObjectProvider<ClientHttpRequestFactoryBuilder<?>> factories, ObjectProvider<HttpClientSettings> settings,
			RSerPoolProperties properties) {
		ClientHttpRequestFactoryBuilder<?> factory = factories
			.getIfAvailable(() -> ClientHttpRequestFactoryBuilder.detect());
		HttpClientSettings configured = settings.getIfAvailable(HttpClientSettings::defaults);
		Duration timeout = properties.session().connectTimeout();
		HttpClientSettings used = (configured.connectTimeout() != null) ? configured
				: configured.withConnectTimeout(timeout);
		return new SharedRequestFactory(() -> factory.build(used), configurer::configure);
	}

}
