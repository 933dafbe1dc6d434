package org.rserpool.spring.grpc;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what an element says until no other element is asked any more: a single
 * response until its end, others until the first one came.
 *
 * @param <R> the type of responses
 */
final class HeldResponses<R> extends ClientCall.Listener<R> {

	private final PoolCallAttempt attempt;

	private final MethodType type;

	private final ClientCall.Listener<R> target;

	private final Owner owner;

	private @Nullable Metadata headers;

	private @Nullable R message;

	/**
	 * Makes a listener for one attempt.
	 * @param attempt the attempt
	 * @param type the type of its method
	 * @param target who is to hear the responses
	 * @param owner told how it goes
	 */
	HeldResponses(PoolCallAttempt attempt, MethodType type, ClientCall.Listener<R> target, Owner owner) {
		this.attempt = attempt;
		this.type = type;
		this.target = target;
		this.owner = owner;
	}

	@Override
	public void onHeaders(Metadata received) {
		this.headers = received;
	}

	@Override
	public void onMessage(R received) {
		if (this.type.serverSendsOneMessage()) {
			this.message = received;
			return;
		}
		deliver();
		this.target.onMessage(received);
	}

	@Override
	public void onClose(Status status, Metadata trailers) {
		boolean refused = trailers.containsKey(PoolMetadata.REFUSED);
		if (!refused && (status.isOk() || this.attempt.answered())) {
			deliver();
			if (this.message != null) {
				this.target.onMessage(this.message);
			}
		}
		this.owner.ended(this.attempt, status, trailers);
	}

	@Override
	public void onReady() {
		this.target.onReady();
	}

	private void deliver() {
		this.owner.answers();
		if (this.headers != null) {
			this.target.onHeaders(this.headers);
			this.headers = null;
		}
	}

	/**
	 * Whose attempt it is.
	 */
	interface Owner {

		/**
		 * The element answers, so that no other one is asked any more.
		 */
		void answers();

		/**
		 * The attempt ended.
		 * @param attempt the attempt
		 * @param status its status
		 * @param trailers what came with it
		 */
		void ended(PoolCallAttempt attempt, Status status, Metadata trailers);

	}

}
