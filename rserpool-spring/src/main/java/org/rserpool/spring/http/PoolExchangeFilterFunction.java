package org.rserpool.spring.http;

import java.util.concurrent.TimeoutException;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.CallContext;
import org.rserpool.rpc.FailoverCall;
import org.rserpool.spring.context.CallContextKey;
import org.rserpool.spring.http.PoolHttpCalls.PoolHttpCall;
import org.rserpool.wire.PoolElement;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Sends requests whose URI is like {@code rserpool://shop/items} to an element of the
 * pool, and to another one when that fails, by the rules of
 * {@link PoolClientHttpRequestInterceptor}. A body that comes from a publisher is
 * subscribed to by each attempt. Other requests pass as they are.
 *
 * @since 0.1
 */
public class PoolExchangeFilterFunction implements ExchangeFilterFunction {

	private final PoolHttpCalls calls;

	/**
	 * Makes a filter.
	 * @param calls begins the calls
	 */
	public PoolExchangeFilterFunction(PoolHttpCalls calls) {
		this.calls = calls;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		if (!PoolUri.isPool(request.url())) {
			return next.exchange(request);
		}
		return Mono.deferContextual((context) -> {
			PoolHttpCall call = begin(request, context.getOrDefault(CallContextKey.KEY, null),
					context.getOrDefault(ObservationThreadLocalAccessor.KEY, null));
			return attempt(call, request, next).doOnError(call::failed).doOnCancel(() -> call.abandon(null));
		});
	}

	private PoolHttpCall begin(ClientRequest request, @Nullable CallContext served, @Nullable Observation parent) {
		if (served == null) {
			return this.calls.begin(request.url(), request.method(), request.attributes(), parent);
		}
		try (CallContext.Scope scope = served.open()) {
			return this.calls.begin(request.url(), request.method(), request.attributes(), parent);
		}
	}

	private Mono<ClientResponse> attempt(PoolHttpCall call, ClientRequest request, ExchangeFunction next) {
		return Mono.fromFuture(() -> call.failover().next())
			.publishOn(Schedulers.parallel())
			.flatMap((element) -> send(call, element, request, next));
	}

	private Mono<ClientResponse> send(PoolHttpCall call, PoolElement element, ClientRequest request,
			ExchangeFunction next) {
		FailoverCall failover = call.failover();
		Mono<ClientResponse> answer = Mono
			.defer(() -> next.exchange(ClientRequest.from(request).url(call.uri(element)).headers((headers) -> {
				headers.set(PoolHeaders.POOL, call.header());
				headers.set(PoolHeaders.DEADLINE, PoolHeaders.encode(failover.left()));
				call.propagated().forEach(headers::set);
			}).build()))
			.contextWrite((context) -> context.putNonNull(ObservationThreadLocalAccessor.KEY, call.observation()))
			.flatMap(PoolExchangeFilterFunction::whole)
			.timeout(failover.left(), Mono.error(() -> new TimeoutException("no answer within the time that was left")))
			.takeUntilOther(silence(failover))
			.flatMap((response) -> judge(call, response));
		return answer.onErrorResume((failure) -> {
			if (failure instanceof RefusedException refused) {
				PoolClientHttpRequestInterceptor.refused(failover, refused.reason);
			}
			else if (HttpFailures.isNotSent(failure) || HttpFailures.isOfConnection(failure)) {
				HttpFailures.end(failover, failure);
			}
			else {
				call.abandon(failure);
				return Mono.error(failure);
			}
			return attempt(call, request, next).doOnError((last) -> {
				if (last != failure) {
					last.addSuppressed(failure);
				}
			});
		});
	}

	private static Mono<ClientResponse> silence(FailoverCall call) {
		return Mono.fromFuture(call.silence(), true)
			.publishOn(Schedulers.parallel())
			.flatMap((detail) -> Mono.error(new SilentElementException(detail)));
	}

	private static Mono<ClientResponse> judge(PoolHttpCall call, ClientResponse response) {
		String refusal = (response.statusCode().value() == PoolHeaders.REFUSED_STATUS)
				? response.headers().asHttpHeaders().getFirst(PoolHeaders.REFUSED) : null;
		if (refusal != null) {
			return response.releaseBody().then(Mono.error(new RefusedException(refusal)));
		}
		call.answered();
		return Mono.just(response);
	}

	/**
	 * Reads a small body while another element can still be tried.
	 */
	private static Mono<ClientResponse> whole(ClientResponse response) {
		long length = response.headers().asHttpHeaders().getContentLength();
		if (length <= 0 || length > WholeResponse.LIMIT) {
			return Mono.just(response);
		}
		return DataBufferUtils.join(response.body(BodyExtractors.toDataBuffers()))
			.map((body) -> copy(response).body(Flux.just(body)).build())
			.defaultIfEmpty(copy(response).body(Flux.empty()).build());
	}

	/**
	 * Copies all but the body, which was read.
	 */
	private static ClientResponse.Builder copy(ClientResponse response) {
		return ClientResponse.create(response.statusCode(), response.strategies())
			.request(response.request())
			.headers((headers) -> headers.putAll(response.headers().asHttpHeaders()))
			.cookies((cookies) -> cookies.putAll(response.cookies()));
	}

	/**
	 * An element said that it does not serve a request.
	 */
	private static final class RefusedException extends Exception {

		private static final long serialVersionUID = 1L;

		private final String reason;

		private RefusedException(String reason) {
			super(reason, null, false, false);
			this.reason = reason;
		}

	}

}
