package org.rserpool.autoconfigure.http;

import org.rserpool.spring.http.PoolExchangeFilterFunction;

import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

/**
 * Lets the requests of reactive HTTP service groups that are pool users fail over.
 */
class PoolWebClientGroupConfigurer implements WebClientHttpServiceGroupConfigurer {

	private final HttpServiceGroups pools;

	private final PoolExchangeFilterFunction filter;

	PoolWebClientGroupConfigurer(HttpServiceGroups pools, PoolExchangeFilterFunction filter) {
		this.pools = pools;
		this.filter = filter;
	}

	@Override
	public int getOrder() {
		return HttpServiceGroups.ORDER;
	}

	@Override
	public void configureGroups(Groups<WebClient.Builder> groups) {
		groups.forEachClient((group, builder) -> {
			String baseUrl = this.pools.baseUrl(group.name());
			if (baseUrl != null) {
				builder.baseUrl(baseUrl).filter(this.filter);
			}
		});
	}

}
