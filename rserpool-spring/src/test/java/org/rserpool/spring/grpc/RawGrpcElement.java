package org.rserpool.spring.grpc;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import org.rserpool.rpc.CallContext;
import org.rserpool.rpc.DataElementSpecification;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.element.PoolElementSettings;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.PoolHandle;

/**
 * A gRPC server that is registered as an element, and breaks in all ways.
 */
final class RawGrpcElement implements AutoCloseable {

	static final Metadata.Key<String> TRACE = Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

	private final String name;

	private final Server server;

	private final AtomicInteger calls = new AtomicInteger();

	private final List<String> traces = new CopyOnWriteArrayList<>();

	private final GrpcElementCalls counted = new GrpcElementCalls();

	private final PoolHandle pool;

	private final Relay relay;

	private volatile Behaviour behaviour = Behaviour.ANSWER;

	RawGrpcElement(RSerPoolNode node, PoolHandle pool, String name, String binding) throws IOException {
		this(node, pool, name, ElementMetadata.NONE.with(ElementMetadata.BINDING, binding), false);
	}

	/**
	 * Makes an element that says something of itself, and may be able to fall silent.
	 */
	RawGrpcElement(RSerPoolNode node, PoolHandle pool, String name, ElementMetadata metadata, boolean relayed)
			throws IOException {
		this.name = name;
		this.pool = pool;
		this.server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
			.addService(ServerInterceptors.intercept(service(), new PoolServerInterceptor(this.counted), tracing()))
			.build()
			.start();
		this.counted.join(pool);
		InetSocketAddress address = new InetSocketAddress("127.0.0.1", this.server.getPort());
		this.relay = relayed ? new Relay(address) : null;
		PoolElementSettings settings = PoolElementSettings.DEFAULT;
		node.register(new DataElementSpecification(pool, null, settings.policy(), settings.lifetime(),
				settings.renewalInterval(), metadata, relayed ? this.relay.address() : address));
	}

	/**
	 * Permits so many calls at a time.
	 */
	void limit(int calls) {
		this.counted.join(this.pool, calls);
	}

	/**
	 * Drops all packets.
	 */
	void fallSilent() throws IOException {
		this.relay.fallSilent();
	}

	void behave(Behaviour value) {
		this.behaviour = value;
	}

	int calls() {
		return this.calls.get();
	}

	/** Tells in which traces the calls were. */
	List<String> traces() {
		return this.traces;
	}

	private ServerInterceptor tracing() {
		return new ServerInterceptor() {

			@Override
			public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers,
					ServerCallHandler<Q, R> next) {
				Iterable<String> sent = headers.getAll(TRACE);
				if (sent != null) {
					sent.forEach(RawGrpcElement.this.traces::add);
				}
				return next.startCall(call, headers);
			}

		};
	}

	int callsInProgress() {
		return this.counted.count(this.pool);
	}

	/**
	 * Stops serving without leaving the pool.
	 */
	void drain() {
		this.counted.leave(this.pool);
	}

	/**
	 * Breaks all connections, and listens no more.
	 */
	void kill() {
		this.server.shutdownNow();
		boolean ended = false;
		while (!ended) {
			try {
				this.server.awaitTermination();
				ended = true;
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	@Override
	public void close() throws Exception {
		this.server.shutdownNow();
		if (this.relay != null) {
			this.relay.close();
		}
	}

	private ServerServiceDefinition service() {
		return ServerServiceDefinition.builder("test.Shop")
			.addMethod(TestMethods.FIND, ServerCalls.asyncUnaryCall(this::answer))
			.addMethod(TestMethods.ADD, ServerCalls.asyncUnaryCall(this::answer))
			.addMethod(TestMethods.LIST, ServerCalls.asyncServerStreamingCall(this::answer))
			.addMethod(TestMethods.UPLOAD, ServerCalls.asyncClientStreamingCall(this::upload))
			.build();
	}

	private void answer(String request, StreamObserver<String> responses) {
		this.calls.incrementAndGet();
		switch (this.behaviour) {
			case ANSWER -> {
				responses.onNext(this.name + " " + request);
				responses.onCompleted();
			}
			case BREAK -> this.server.shutdownNow();
			case BREAK_IN_STREAM -> {
				responses.onNext(this.name + " " + request);
				this.server.shutdownNow();
			}
			case TELL_TIME -> {
				CallContext served = CallContext.current();
				responses.onNext((served != null) ? String.valueOf(served.remaining().toMillis()) : "no context");
				responses.onCompleted();
			}
			case FAIL -> responses.onError(Status.UNAVAILABLE.withDescription("sold out").asRuntimeException());
			case HANG -> {
			}
		}
	}

	private StreamObserver<String> upload(StreamObserver<String> responses) {
		StringBuilder all = new StringBuilder();
		return new StreamObserver<>() {

			@Override
			public void onNext(String value) {
				all.append(' ').append(value);
			}

			@Override
			public void onError(Throwable failure) {
			}

			@Override
			public void onCompleted() {
				answer(all.toString().trim(), responses);
			}

		};
	}

	enum Behaviour {

		ANSWER, BREAK, BREAK_IN_STREAM, TELL_TIME, FAIL, HANG

	}

}
