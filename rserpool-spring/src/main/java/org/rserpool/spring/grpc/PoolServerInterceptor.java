package org.rserpool.spring.grpc;

import java.util.concurrent.atomic.AtomicBoolean;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.rserpool.wire.PoolHandle;

import org.springframework.core.Ordered;

/**
 * Counts the calls of pool users, and refuses them after the element left its pool. Other
 * calls pass as they are.
 *
 * @since 0.1
 */
public class PoolServerInterceptor implements ServerInterceptor, Ordered {

	private final GrpcElementCalls calls;

	/**
	 * Makes an interceptor.
	 * @param calls counts calls
	 */
	public PoolServerInterceptor(GrpcElementCalls calls) {
		this.calls = calls;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers,
			ServerCallHandler<Q, R> next) {
		String name = headers.get(PoolMetadata.POOL);
		if (name == null) {
			return next.startCall(call, headers);
		}
		PoolHandle pool = PoolMetadata.decode(name);
		String refusal = this.calls.begin(pool);
		if (refusal != null || pool == null) {
			Metadata trailers = new Metadata();
			trailers.put(PoolMetadata.REFUSED, String.valueOf(refusal));
			call.close(Status.UNAVAILABLE.withDescription("This server serves pool " + name + " no more"), trailers);
			return new ServerCall.Listener<>() {
			};
		}
		Counted counted = new Counted(this.calls, pool);
		try {
			return new CountedListener<>(next.startCall(call, headers), counted);
		}
		catch (RuntimeException | Error ex) {
			counted.end();
			throw ex;
		}
	}

	/**
	 * A call, which ends once.
	 */
	private static final class Counted {

		private final AtomicBoolean ended = new AtomicBoolean();

		private final GrpcElementCalls calls;

		private final PoolHandle pool;

		private Counted(GrpcElementCalls calls, PoolHandle pool) {
			this.calls = calls;
			this.pool = pool;
		}

		void end() {
			if (this.ended.compareAndSet(false, true)) {
				this.calls.end(this.pool);
			}
		}

	}

	private static final class CountedListener<Q> extends SimpleForwardingServerCallListener<Q> {

		private final Counted counted;

		private CountedListener(ServerCall.Listener<Q> delegate, Counted counted) {
			super(delegate);
			this.counted = counted;
		}

		@Override
		public void onComplete() {
			try {
				super.onComplete();
			}
			finally {
				this.counted.end();
			}
		}

		@Override
		public void onCancel() {
			try {
				super.onCancel();
			}
			finally {
				this.counted.end();
			}
		}

	}

}
