package org.rserpool.spring.http;

import java.time.Duration;

import org.rserpool.rpc.CallContext;
import org.rserpool.spring.context.CallContextKey;
import org.rserpool.wire.PoolHandle;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Does what {@link PoolRequestFilter} does, in a reactive web application.
 *
 * @since 0.1
 */
public class PoolRequestWebFilter implements WebFilter, Ordered {

	private final HttpElementRequests requests;

	/**
	 * Makes a filter.
	 * @param requests counts the requests
	 */
	public PoolRequestWebFilter(HttpElementRequests requests) {
		this.requests = requests;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String named = exchange.getRequest().getHeaders().getFirst(PoolHeaders.POOL);
		if (named == null) {
			return chain.filter(exchange);
		}
		return Mono.defer(() -> {
			PoolHandle pool = PoolHeaders.decode(named);
			Duration left = PoolHeaders.deadline(exchange.getRequest().getHeaders().getFirst(PoolHeaders.DEADLINE));
			String refusal = (left != null && left.isZero()) ? PoolHeaders.EXPIRED : this.requests.begin(pool);
			if (pool == null || refusal != null) {
				ServerHttpResponse response = exchange.getResponse();
				response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
				response.getHeaders().set(PoolHeaders.REFUSED, (refusal != null) ? refusal : PoolHeaders.UNKNOWN_POOL);
				return response.setComplete();
			}
			Mono<Void> answer = chain.filter(exchange).doFinally((signal) -> this.requests.end(pool));
			return (left == null) ? answer
					: answer.contextWrite((context) -> context.put(CallContextKey.KEY, CallContext.of(pool,
							exchange.getRequest().getMethod() + " " + exchange.getRequest().getPath(), left)));
		});
	}

}
