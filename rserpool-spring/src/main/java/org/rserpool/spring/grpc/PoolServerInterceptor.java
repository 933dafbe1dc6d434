package org.rserpool.spring.grpc;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.CallContext;
import org.rserpool.wire.PoolHandle;

import org.springframework.core.Ordered;

/**
 * Counts the calls of pool users, and refuses them after the element left its pool, or
 * while it carries out as many as it may. Calls that the application makes meanwhile take
 * no longer than the pool user waits. Other calls pass as they are.
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
			call.close(Status.UNAVAILABLE.withDescription(describe(name, String.valueOf(refusal))), trailers);
			return new ServerCall.Listener<>() {
			};
		}
		Counted counted = new Counted(this.calls, pool);
		CallContext served = served(pool, call);
		try (CallContext.Scope scope = open(served)) {
			return new CountedListener<>(next.startCall(call, headers), counted, served);
		}
		catch (RuntimeException | Error ex) {
			counted.end();
			throw ex;
		}
	}

	private static String describe(String pool, String refusal) {
		return switch (refusal) {
			case PoolMetadata.OVERLOADED -> "This server carries out as many calls of pool " + pool + " as it may";
			case PoolMetadata.DRAINING -> "This server serves pool " + pool + " no more";
			default -> "This server is no element of pool " + pool;
		};
	}

	private static @Nullable CallContext served(PoolHandle pool, ServerCall<?, ?> call) {
		Deadline deadline = Context.current().getDeadline();
		return (deadline != null) ? CallContext.of(pool, call.getMethodDescriptor().getFullMethodName(),
				Duration.ofNanos(Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS)))) : null;
	}

	private static CallContext.Scope open(@Nullable CallContext served) {
		return (served != null) ? served.open() : () -> {
		};
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

		private final @Nullable CallContext served;

		private CountedListener(ServerCall.Listener<Q> delegate, Counted counted, @Nullable CallContext served) {
			super(delegate);
			this.counted = counted;
			this.served = served;
		}

		@Override
		public void onMessage(Q message) {
			try (CallContext.Scope scope = open(this.served)) {
				super.onMessage(message);
			}
		}

		@Override
		public void onHalfClose() {
			try (CallContext.Scope scope = open(this.served)) {
				super.onHalfClose();
			}
		}

		@Override
		public void onReady() {
			try (CallContext.Scope scope = open(this.served)) {
				super.onReady();
			}
		}

		@Override
		public void onComplete() {
			try (CallContext.Scope scope = open(this.served)) {
				super.onComplete();
			}
			finally {
				this.counted.end();
			}
		}

		@Override
		public void onCancel() {
			try (CallContext.Scope scope = open(this.served)) {
				super.onCancel();
			}
			finally {
				this.counted.end();
			}
		}

	}

}
