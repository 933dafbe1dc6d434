package org.rserpool.autoconfigure.http;

import java.net.http.HttpClient;

import org.rserpool.autoconfigure.RSerPoolProperties;
import org.rserpool.spring.http.PoolExchangeFilterFunction;
import org.rserpool.spring.http.PoolHttpCalls;
import org.rserpool.spring.http.WebClientPoolUserClientFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link org.springframework.boot.autoconfigure.EnableAutoConfiguration
 * Auto-configuration} for pool users that send HTTP requests and take the answer later.
 *
 * @since 0.1
 */
@AutoConfiguration(after = { HttpPoolUserAutoConfiguration.class, WebClientAutoConfiguration.class })
@ConditionalOnClass(WebClient.class)
@ConditionalOnBean(PoolHttpCalls.class)
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

	/**
	 * With Spring Boot's {@code WebClient}: all customizers apply.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebClientCustomizer.class)
	static class BootWebClientConfiguration {

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

	/**
	 * Without Spring Boot's {@code WebClient}.
	 */
	@Configuration(proxyBeanMethods = false)
	static class PlainWebClientConfiguration {

		@Bean
		@ConditionalOnMissingBean
		WebClientBuilders poolWebClientBuilders(RSerPoolProperties properties) {
			SingletonSupplier<ClientHttpConnector> connector = SingletonSupplier.of(() -> new JdkClientHttpConnector(
					HttpClient.newBuilder().connectTimeout(properties.session().connectTimeout()).build()));
			return () -> WebClient.builder().clientConnector(connector.obtain());
		}

	}

}
