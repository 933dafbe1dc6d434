package org.rserpool.autoconfigure.http;

import java.net.http.HttpClient;

import org.rserpool.autoconfigure.RSerPoolProperties;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Without Spring Boot's {@code WebClient}.
 */
@Configuration(proxyBeanMethods = false)
class PlainWebClientConfiguration {

	@Bean
	@ConditionalOnMissingBean
	WebClientBuilders poolWebClientBuilders(RSerPoolProperties properties) {
		SingletonSupplier<ClientHttpConnector> connector = SingletonSupplier.of(() -> new JdkClientHttpConnector(
				HttpClient.newBuilder().connectTimeout(properties.session().connectTimeout()).build()));
		return () -> WebClient.builder().clientConnector(connector.obtain());
	}

}
