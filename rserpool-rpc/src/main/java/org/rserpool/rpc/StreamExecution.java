package org.rserpool.rpc;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

/**
 * An execution that answers with a stream of items. Of those that its caller allows, it
 * asks the handler for a few at a time, and for more when they are sent, so that what
 * waits here is bounded.
 */
final class StreamExecution extends Execution implements Flow.Subscriber<byte[]> {

	/** How many items may wait to be sent. */
	static final int WINDOW = 32;

	private Flow.@Nullable Subscription subscription;

	private boolean over;

	/** How many items the caller allows beside those asked for. Used on the loop. */
	private long credit;

	/** How many items were asked for and are not sent. Used on the loop. */
	private int outstanding;

	private boolean subscribed;

	StreamExecution(RpcServer server, ServedCaller caller, RpcFrame.Request request, ServedElement element, long now) {
		super(server, caller, request, element, now);
		this.credit = request.credit();
	}

	@Override
	void begin(RpcInvocation invocation) {
		Flow.Publisher<byte[]> publisher = element().handler().stream(invocation);
		if (publisher == null) {
			throw new IllegalStateException("The handler of " + request().pool() + " returned no publisher");
		}
		publisher.subscribe(this);
	}

	@Override
	void cancelResult() {
		Flow.Subscription cancelled;
		synchronized (this) {
			cancelled = this.subscription;
			this.over = true;
		}
		if (cancelled != null) {
			cancelled.cancel();
			release();
		}
	}

	@Override
	public void onSubscribe(Flow.Subscription given) {
		boolean unwanted;
		synchronized (this) {
			unwanted = this.over || this.subscription != null || cancelled();
			if (!unwanted) {
				this.subscription = given;
			}
		}
		if (unwanted) {
			given.cancel();
			release();
		}
		else {
			server().onLoop(() -> {
				this.subscribed = true;
				ask();
			});
		}
	}

	@Override
	public void onNext(byte[] item) {
		ByteBuffer frame = RpcFrameCodec.encode(new RpcFrame.Item(callId(), item));
		server().onLoop(() -> {
			if (caller().has(this)) {
				stopTimer();
				caller().item(frame, this::sent);
			}
		});
	}

	@Override
	public void onError(Throwable failure) {
		if (end()) {
			failed(failure);
		}
	}

	@Override
	public void onComplete() {
		if (end()) {
			finish(new RpcFrame.End(callId()));
		}
	}

	/**
	 * The caller allows more items. On the loop.
	 * @param items how many
	 */
	void allow(int items) {
		this.credit += items;
		ask();
	}

	private synchronized boolean end() {
		boolean first = !this.over;
		this.over = true;
		return first;
	}

	private void sent() {
		this.outstanding--;
		ask();
	}

	private void ask() {
		int items = (int) Math.min(this.credit, WINDOW - this.outstanding);
		if (!this.subscribed || items <= 0 || (items < this.credit && items < WINDOW / 2)) {
			return;
		}
		this.credit -= items;
		this.outstanding += items;
		try {
			// To be asked may be to work, which is not done on the loop.
			element().executor().execute(() -> request(items));
		}
		catch (RejectedExecutionException ex) {
			cancelResult();
			failed(ex);
		}
	}

	private void request(int items) {
		Flow.Subscription asked;
		synchronized (this) {
			asked = this.over ? null : this.subscription;
		}
		if (asked != null) {
			asked.request(items);
		}
	}

}
