package org.rserpool.autoconfigure.http;

import org.rserpool.spring.http.PoolClientHttpRequestInterceptor;

import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/**
 * Lets the requests of HTTP service groups that are pool users fail over.
 */
class PoolRestClientGroupConfigurer implements RestClientHttpServiceGroupConfigurer {

	private final HttpServiceGroups pools;

	private final PoolClientHttpRequestInterceptor interceptor;

	PoolRestClientGroupConfigurer(HttpServiceGroups pools, PoolClientHttpRequestInterceptor interceptor) {
		this.pools = pools;
		this.interceptor = interceptor;
	}

	@Override
	public int getOrder() {
		return HttpServiceGroups.ORDER;
	}

	@Override
	public void configureGroups(Groups<RestClient.Builder> groups) {
		groups.forEachClient((group, builder) -> {
			String baseUrl = this.pools.baseUrl(group.name());
			if (baseUrl != null) {
				builder.baseUrl(baseUrl).requestInterceptor(this.interceptor);
			}
		});
	}

}
