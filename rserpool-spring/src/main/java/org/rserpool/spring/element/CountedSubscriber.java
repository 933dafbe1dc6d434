package org.rserpool.spring.element;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells once when a stream ended or was cancelled.
 */
final class CountedSubscriber implements Flow.Subscriber<byte[]> {

	private final Flow.Subscriber<? super byte[]> subscriber;

	private final Runnable onEnd;

	private final AtomicBoolean ended = new AtomicBoolean();

	CountedSubscriber(Flow.Subscriber<? super byte[]> subscriber, Runnable onEnd) {
		this.subscriber = subscriber;
		this.onEnd = onEnd;
	}

	@Override
	public void onSubscribe(Flow.Subscription subscription) {
		this.subscriber.onSubscribe(new Flow.Subscription() {

			@Override
			public void request(long items) {
				subscription.request(items);
			}

			@Override
			public void cancel() {
				subscription.cancel();
				end();
			}

		});
	}

	@Override
	public void onNext(byte[] item) {
		this.subscriber.onNext(item);
	}

	@Override
	public void onError(Throwable failure) {
		this.subscriber.onError(failure);
		end();
	}

	@Override
	public void onComplete() {
		this.subscriber.onComplete();
		end();
	}

	private void end() {
		if (this.ended.compareAndSet(false, true)) {
			this.onEnd.run();
		}
	}

}
