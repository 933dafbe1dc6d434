package org.rserpool.spring.http;

import java.util.function.Supplier;

import org.rserpool.spring.user.PoolUserClientFactory;
import org.rserpool.spring.user.PoolUserSpec;

import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * Makes pool users that send HTTP requests and take the answer later: {@link WebClient},
 * its builder, and interfaces with {@code @HttpExchange} methods, of which at least one
 * returns its result later.
 *
 * @since 0.1
 */
public class WebClientPoolUserClientFactory implements PoolUserClientFactory, Ordered {

	private final Supplier<WebClient.Builder> builders;

	private final PoolExchangeFilterFunction filter;

	/**
	 * Makes a factory.
	 * @param builders makes the builders, each a new one
	 * @param filter lets requests fail over
	 */
	public WebClientPoolUserClientFactory(Supplier<WebClient.Builder> builders, PoolExchangeFilterFunction filter) {
		this.builders = builders;
		this.filter = filter;
	}

	@Override
	public int getOrder() {
		return 90;
	}

	@Override
	public String binding() {
		return HttpPoolElementBinding.NAME;
	}

	@Override
	public boolean supports(ResolvableType type) {
		Class<?> raw = type.toClass();
		return raw == WebClient.class || raw == WebClient.Builder.class
				|| (raw.isInterface() && HttpServiceTypes.isExchange(raw) && HttpServiceTypes.isReactive(raw));
	}

	@Override
	public Object create(PoolUserSpec spec, ResolvableType type) {
		Class<?> raw = type.toClass();
		WebClient.Builder builder = this.builders.get().baseUrl(PoolUri.base(spec.name())).filter(this.filter);
		if (raw == WebClient.Builder.class) {
			return builder;
		}
		WebClient client = builder.build();
		if (raw == WebClient.class) {
			return client;
		}
		return HttpServiceProxyFactory.builderFor(WebClientAdapter.create(client))
			.httpRequestValuesProcessor(new HttpServiceRequests(raw, spec.settings()))
			.build()
			.createClient(raw);
	}

}
