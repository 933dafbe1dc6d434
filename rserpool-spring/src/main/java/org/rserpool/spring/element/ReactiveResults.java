package org.rserpool.spring.element;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.CallContext;
import org.rserpool.spring.context.CallContextKey;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.core.ReactiveAdapter;

/**
 * Encodes reactive results. The context of the call goes along in the subscriber's
 * context. Loaded only where Reactor is present.
 */
final class ReactiveResults {

	private ReactiveResults() {
	}

	@SuppressWarnings("NullAway") // Never without a value: emptiness is encoded too.
	static CompletionStage<byte[]> single(ReactiveAdapter adapter, @Nullable Object result,
			Function<@Nullable Object, byte[]> encoder) {
		return Mono.from(publisher(adapter, result))
			.map(encoder::apply)
			.switchIfEmpty(Mono.fromSupplier(() -> encoder.apply(null)))
			.contextWrite(ReactiveResults::served)
			.toFuture();
	}

	static Flow.Publisher<byte[]> stream(ReactiveAdapter adapter, @Nullable Object result,
			Function<@Nullable Object, byte[]> encoder) {
		return JdkFlowAdapter.publisherToFlowPublisher(
				Flux.from(publisher(adapter, result)).map(encoder::apply).contextWrite(ReactiveResults::served));
	}

	static Flow.Publisher<byte[]> failed(Throwable failure) {
		return JdkFlowAdapter.publisherToFlowPublisher(Flux.error(failure));
	}

	static Flow.Publisher<byte[]> onEnd(Flow.Publisher<byte[]> items, Consumer<@Nullable Throwable> end) {
		return JdkFlowAdapter.publisherToFlowPublisher(JdkFlowAdapter.flowPublisherToFlux(items)
			.doOnComplete(() -> end.accept(null))
			.doOnError(end)
			.doOnCancel(() -> end.accept(null)));
	}

	private static Publisher<Object> publisher(ReactiveAdapter adapter, @Nullable Object result) {
		return adapter.toPublisher(result);
	}

	private static Context served(Context context) {
		CallContext current = CallContext.current();
		return (current != null) ? context.put(CallContextKey.KEY, current) : context;
	}

}
