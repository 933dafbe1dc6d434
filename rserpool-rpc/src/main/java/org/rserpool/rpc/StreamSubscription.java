package org.rserpool.rpc;

import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

import org.rserpool.transport.RoleLoop;

/**
 * A subscription to a stream. The call begins when the first items are asked for.
 */
final class StreamSubscription implements Flow.Subscription {

	private final RoleLoop loop;

	private final LoopClient client;

	private final RpcRequest request;

	private final StreamReply reply;

	/** Used on the loop. */
	private @Nullable Call call;

	StreamSubscription(RoleLoop loop, LoopClient client, RpcRequest request,
			Flow.Subscriber<? super byte[]> subscriber) {
		this.loop = loop;
		this.client = client;
		this.request = request;
		this.reply = new StreamReply(subscriber, request);
	}

	@Override
	public void request(long items) {
		onLoop(() -> {
			if (items <= 0) {
				cancelCall();
				this.reply.fail(failure("was asked for " + items + " items", null));
				return;
			}
			this.reply.want(items);
			Call started = this.call;
			if (started != null) {
				this.client.caller().credit(started);
			}
			else if (!this.reply.isDone()) {
				start();
			}
		});
	}

	@Override
	public void cancel() {
		if (this.reply.cancel()) {
			onLoop(this::cancelCall);
		}
	}

	private void start() {
		try {
			Call starting = new Call(this.request, this.reply, this.loop.nanoTime());
			this.call = starting;
			this.client.startOnLoop(starting);
		}
		catch (IllegalArgumentException ex) {
			this.reply.fail(failure("cannot be sent: " + ex.getMessage(), ex));
		}
	}

	private void cancelCall() {
		if (this.call != null) {
			this.client.caller().cancelled(this.call);
		}
	}

	private void onLoop(Runnable task) {
		try {
			this.loop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			this.reply.fail(failure("ended: this process left the operation scope", ex));
		}
	}

	private RSerPoolException failure(String what, @Nullable Throwable cause) {
		return new RSerPoolException(
				"The call of " + this.request.method() + " in pool " + this.request.pool() + " " + what,
				this.request.pool(), List.of(), cause);
	}

}
