package org.rserpool.rpc;

import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hands the items of a stream to a subscriber, as many as it asked for.
 */
final class StreamReply implements Reply {

	private final Flow.Subscriber<? super byte[]> subscriber;

	private final RpcRequest request;

	private final AtomicBoolean done = new AtomicBoolean();

	/** How many items the subscriber wants and did not get. */
	private long wanted;

	/** How many items the element may still send. */
	private long granted;

	StreamReply(Flow.Subscriber<? super byte[]> subscriber, RpcRequest request) {
		this.subscriber = subscriber;
		this.request = request;
	}

	/**
	 * The subscriber wants more items.
	 */
	void want(long items) {
		this.wanted = (this.wanted + items < 0) ? Long.MAX_VALUE : this.wanted + items;
	}

	/**
	 * Ends the stream without a word to the subscriber. Any thread may do so.
	 * @return whether it had not ended
	 */
	boolean cancel() {
		return this.done.compareAndSet(false, true);
	}

	@Override
	public boolean isDone() {
		return this.done.get();
	}

	@Override
	public boolean stream() {
		return true;
	}

	@Override
	public int takeCredit() {
		long more = Math.min(this.wanted - this.granted, Integer.MAX_VALUE - this.granted);
		// Small credits are gathered, so that not each item costs a frame.
		if (more <= 0 || (this.granted > 0 && more < this.granted)) {
			return 0;
		}
		this.granted += more;
		return (int) more;
	}

	@Override
	public void returnCredit() {
		this.granted = 0;
	}

	@Override
	public boolean item(byte[] payload) {
		if (this.granted == 0) {
			return false;
		}
		this.granted--;
		if (this.wanted != Long.MAX_VALUE) {
			this.wanted--;
		}
		if (!isDone()) {
			this.subscriber.onNext(payload);
		}
		return true;
	}

	@Override
	public void end() {
		if (cancel()) {
			this.subscriber.onComplete();
		}
	}

	@Override
	public void complete(byte[] payload) {
		fail(new RSerPoolException(
				"The call of " + this.request.method() + " in pool " + this.request.pool()
						+ " was answered with a single result, not with a stream",
				this.request.pool(), List.of(), null));
	}

	@Override
	public void fail(RSerPoolException failure) {
		if (cancel()) {
			this.subscriber.onError(failure);
		}
	}

}
