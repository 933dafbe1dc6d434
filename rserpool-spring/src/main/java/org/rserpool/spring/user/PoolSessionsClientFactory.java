package org.rserpool.spring.user;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

import io.micrometer.observation.ObservationRegistry;
import org.rserpool.rpc.PayloadCodec;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RpcClient;
import org.rserpool.rpc.RpcRequest;
import org.rserpool.rpc.RpcSession;
import org.rserpool.spring.element.RpcPoolElementBinding;
import org.rserpool.spring.session.PoolSession;
import org.rserpool.spring.session.PoolSessions;
import org.rserpool.wire.PoolHandle;

import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;

/**
 * Makes pool users of the type {@link PoolSessions} for interfaces.
 *
 * @since 0.1
 */
public class PoolSessionsClientFactory implements PoolUserClientFactory, Ordered {

	private final Supplier<RSerPoolNode> node;

	private final PayloadCodec codec;

	private final ObservationRegistry observations;

	private final RpcPoolUserClientFactory services;

	/**
	 * Makes a factory.
	 * @param node makes the calls; asked when a session is opened
	 * @param codec encodes arguments and decodes results
	 * @param observations where calls are observed
	 */
	public PoolSessionsClientFactory(Supplier<RSerPoolNode> node, PayloadCodec codec,
			ObservationRegistry observations) {
		this.node = node;
		this.codec = codec;
		this.observations = observations;
		this.services = new RpcPoolUserClientFactory(node, codec, observations);
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 1;
	}

	@Override
	public String binding() {
		return RpcPoolElementBinding.NAME;
	}

	@Override
	public boolean supports(ResolvableType type) {
		return type.toClass() == PoolSessions.class && this.services.supports(type.getGeneric(0));
	}

	@Override
	public Object create(PoolUserSpec spec, ResolvableType type) {
		return sessions(spec, type.getGeneric(0).toClass());
	}

	private <T> PoolSessions<T> sessions(PoolUserSpec spec, Class<T> service) {
		PoolHandle pool = PoolHandle.of(spec.settings().pool());
		PoolUserInvocationHandler handler = new PoolUserInvocationHandler(spec.name(), service, spec.settings(),
				this.node, this.codec, this.observations);
		if (spec.settings().eager()) {
			this.node.get().client().prepare(pool);
		}
		return () -> {
			RpcSession session = this.node.get().client().session(pool);
			PoolUserInvocationHandler own = handler.by(new SessionClient(session), "session " + session.id());
			return new OpenSession<>(session,
					service.cast(Proxy.newProxyInstance(service.getClassLoader(), new Class<?>[] { service }, own)));
		};
	}

	/**
	 * Makes calls in a session.
	 *
	 * @param session the session
	 */
	private record SessionClient(RpcSession session) implements RpcClient {

		@Override
		public CompletableFuture<byte[]> call(RpcRequest request) {
			return this.session.call(request);
		}

		@Override
		public Flow.Publisher<byte[]> stream(RpcRequest request) {
			throw new UnsupportedOperationException(request.method() + " is answered by a stream, which is part of no"
					+ " session; call it by a pool user of its interface");
		}

	}

	/**
	 * A session that is open.
	 *
	 * @param <T> the interface
	 */
	private static final class OpenSession<T> implements PoolSession<T> {

		private final RpcSession session;

		private final T service;

		OpenSession(RpcSession session, T service) {
			this.session = session;
			this.service = service;
		}

		@Override
		public T service() {
			return this.service;
		}

		@Override
		public String id() {
			return this.session.id().toString();
		}

		@Override
		public long version() {
			return this.session.version();
		}

		@Override
		public void close() {
			this.session.close();
		}

		@Override
		public String toString() {
			return this.session.toString();
		}

	}

}
