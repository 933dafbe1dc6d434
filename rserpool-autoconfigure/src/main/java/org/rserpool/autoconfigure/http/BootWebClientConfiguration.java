package org.rserpool.autoconfigure.http;

import org.rserpool.autoconfigure.RSerPoolProperties;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * With Spring Boot's {@code WebClient}: all customizers apply.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(WebClientCustomizer.class)
class BootWebClientConfiguration {

	@Bean
	@ConditionalOnMissingBean
	WebClientBuilders poolWebClientBuilders(ObjectProvider<WebClientCustomizer> customizers,
			ObjectProvider<ClientHttpConnectorBuilder<?>> connectors, ObjectProvider<HttpClientSettings> settings,
			RSerPoolProperties properties) {
		HttpClientSettings configured = settings.getIfAvailable(HttpClientSettings::defaults);
		HttpClientSettings used = (configured.connectTimeout() != null) ? configured
				: configured.withConnectTimeout(properties.session().connectTimeout());
		SingletonSupplier<ClientHttpConnector> connector = SingletonSupplier
			.of(() -> connectors.getIfAvailable(() -> ClientHttpConnectorBuilder.detect()).build(used));
		return () -> {
			WebClient.Builder builder = WebClient.builder();
			customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
			return builder.clientConnector(connector.obtain());
		};
	}

}
