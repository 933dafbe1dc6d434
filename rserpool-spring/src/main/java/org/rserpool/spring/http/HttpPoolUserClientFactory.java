package org.rserpool.spring.http;

import java.util.function.Supplier;

import org.rserpool.spring.user.PoolUserClientFactory;
import org.rserpool.spring.user.PoolUserSpec;

import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * Makes pool users that send HTTP requests and wait for the answer: {@link RestClient},
 * its builder, and interfaces with {@code @HttpExchange} methods.
 *
 * @since 0.1
 */
public class HttpPoolUserClientFactory implements PoolUserClientFactory, Ordered {

	private final Supplier<RestClient.Builder> builders;

	private final PoolClientHttpRequestInterceptor interceptor;

	/**
	 * Makes a factory.
	 * @param builders makes the builders, each a new one
	 * @param interceptor lets requests fail over
	 */
	public HttpPoolUserClientFactory(Supplier<RestClient.Builder> builders,
			PoolClientHttpRequestInterceptor interceptor) {
		this.builders = builders;
		this.interceptor = interceptor;
	}

	@Override
	public int getOrder() {
		return 100;
	}

	@Override
	public String binding() {
		return HttpPoolElementBinding.NAME;
	}

	@Override
	public boolean supports(ResolvableType type) {
		Class<?> raw = type.toClass();
		return raw == RestClient.class || raw == RestClient.Builder.class
				|| (raw.isInterface() && HttpServiceTypes.isExchange(raw));
	}

	@Override
	public Object create(PoolUserSpec spec, ResolvableType type) {
		Class<?> raw = type.toClass();
		RestClient.Builder builder = this.builders.get()
			.baseUrl(PoolUri.base(spec.name()))
			.requestInterceptor(this.interceptor);
		if (raw == RestClient.Builder.class) {
			return builder;
		}
		RestClient client = builder.build();
		if (raw == RestClient.class) {
			return client;
		}
		if (HttpServiceTypes.isReactive(raw)) {
			throw new IllegalArgumentException("@PoolUser(\"" + spec.name() + "\"): " + raw.getName()
					+ " has methods that return their result later, which needs WebClient; add"
					+ " spring-boot-starter-webclient");
		}
		return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
			.httpRequestValuesProcessor(new HttpServiceRequests(raw, spec.settings()))
			.build()
			.createClient(raw);
	}

}
