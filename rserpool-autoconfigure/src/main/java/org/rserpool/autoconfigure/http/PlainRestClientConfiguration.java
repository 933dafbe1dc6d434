package org.rserpool.autoconfigure.http;

import java.net.http.HttpClient;
import java.time.Duration;

import org.rserpool.autoconfigure.RSerPoolProperties;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/**
 * Without Spring Boot's {@code RestClient}.
 */
@Configuration(proxyBeanMethods = false)
class PlainRestClientConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RestClientBuilders poolRestClientBuilders(RSerPoolProperties properties) {
		Duration timeout = properties.session().connectTimeout();
		return new SharedRequestFactory(
				() -> new JdkClientHttpRequestFactory(HttpClient.newBuilder().connectTimeout(timeout).build()),
				(builder) -> builder);
	}

}
