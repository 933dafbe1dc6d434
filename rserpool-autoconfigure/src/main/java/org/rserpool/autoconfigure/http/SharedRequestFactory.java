package org.rserpool.autoconfigure.http;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.client.RestClient;

/**
 * Makes builders that share one HTTP library, whose connections are given up soon.
 */
class SharedRequestFactory implements RestClientBuilders {

	private final Supplier<ClientHttpRequestFactory> factory;

	private final UnaryOperator<RestClient.Builder> configurer;

	SharedRequestFactory(Supplier<ClientHttpRequestFactory> factory, UnaryOperator<RestClient.Builder> configurer) {
		this.factory = SingletonSupplier.of(factory);
		this.configurer = configurer;
	}

	@Override
	public RestClient.Builder get() {
		return this.configurer.apply(RestClient.builder()).requestFactory(this.factory.get());
	}

}
