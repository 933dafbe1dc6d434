package org.rserpool.spring.user;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.CallContext;
import org.rserpool.spring.context.CallContextKey;
import org.rserpool.spring.observation.ClientObservations;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.ContextView;

/**
 * Calls with reactive results. Each subscriber makes a call of its own, and cancelling
 * the subscription ends it. Results arrive on the parallel scheduler. Loaded only where
 * Reactor is present.
 */
final class ReactiveCalls {

	/** How many items of a stream are asked for ahead of the subscriber. */
	private static final int PREFETCH = 32;

	private ReactiveCalls() {
	}

	static Object single(PoolCall call, byte[] payload) {
		Mono<Object> result = Mono.deferContextual((context) -> {
			CompletableFuture<byte[]> answer = within(context, () -> call.start(payload, observe(call, context)));
			return Mono.fromFuture(answer);
		})
			.publishOn(Schedulers.parallel())
			.onErrorMap(call::failure)
			.flatMap((answer) -> Mono.justOrEmpty(call.decode(answer)));
		return call.method().adapter().fromPublisher(result);
	}

	static Object stream(PoolCall call, byte[] payload) {
		Flux<Object> items = Flux.deferContextual((context) -> {
			ClientObservations observed = observe(call, context);
			Flux<byte[]> answer = within(context,
					() -> JdkFlowAdapter.flowPublisherToFlux(call.startStream(payload, observed)));
			return (observed != null) ? observe(answer, observed) : answer;
		})
			.publishOn(Schedulers.parallel(), PREFETCH)
			.onErrorMap(call::failure)
			.map((item) -> Objects.requireNonNull(call.decode(item), "an item of a stream is null"));
		return call.method().adapter().fromPublisher(items);
	}

	private static @Nullable ClientObservations observe(PoolCall call, ContextView context) {
		return call.observe(context.getOrDefault(ObservationThreadLocalAccessor.KEY, null));
	}

	private static Flux<byte[]> observe(Flux<byte[]> items, ClientObservations observed) {
		return items.doOnComplete(() -> observed.stop(null))
			.doOnError(observed::stop)
			.doOnCancel(() -> observed.stop(new CancellationException("The subscription was cancelled")));
	}

	private static <T> T within(ContextView context, Supplier<T> task) {
		@Nullable CallContext served = context.getOrDefault(CallContextKey.KEY, null);
		if (served == null) {
			return task.get();
		}
		try (CallContext.Scope scope = served.open()) {
			return task.get();
		}
	}

}
