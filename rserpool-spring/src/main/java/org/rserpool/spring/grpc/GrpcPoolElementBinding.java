package org.rserpool.spring.grpc;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.grpc.BindableService;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.DataElementSpecification;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.spring.element.PoolElementBinding;
import org.rserpool.spring.element.PoolElementDescriptor;
import org.rserpool.spring.element.PoolElementService;
import org.rserpool.spring.element.PoolElementSettings;
import org.rserpool.wire.PoolHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;

/**
 * Lets the running gRPC server of the application be the pool element, for beans of the
 * type {@link BindableService}.
 *
 * @since 0.1
 */
public class GrpcPoolElementBinding implements PoolElementBinding, Ordered {

	/** The name of the binding. */
	public static final String NAME = "grpc";

	private static final Logger logger = LoggerFactory.getLogger(GrpcPoolElementBinding.class);

	private final Supplier<String> applicationName;

	private final PoolElementService service;

	private volatile boolean used;

	/**
	 * Makes the binding.
	 * @param server knows where the gRPC server listens, with its real port, or
	 * {@code null} while it does not run. A wildcard address stands for the address by
	 * which the home registrar is reached.
	 * @param applicationName knows the name of the application, perhaps empty
	 * @param calls counts the calls of pool users
	 */
	public GrpcPoolElementBinding(Supplier<@Nullable InetSocketAddress> server, Supplier<String> applicationName,
			GrpcElementCalls calls) {
		this.applicationName = applicationName;
		this.service = new ServerService(server, calls);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public int getOrder() {
		return 50;
	}

	@Override
	public boolean supports(PoolElementDescriptor descriptor) {
		return BindableService.class.isAssignableFrom(descriptor.type());
	}

	@Override
	public String defaultPool(PoolElementDescriptor descriptor) {
		String name = this.applicationName.get();
		if (!StringUtils.hasText(name)) {
			throw new IllegalArgumentException(
					"its pool must be named, by the annotation or as spring.application.name");
		}
		return name;
	}

	@Override
	public PoolElementService bind(PoolElementDescriptor descriptor) {
		if (!BindableService.class.isAssignableFrom(descriptor.type())) {
			throw new IllegalArgumentException(
					descriptor.type().getName() + " is no " + BindableService.class.getName());
		}
		this.used = true;
		return this.service;
	}

	/**
	 * Return whether there is a pool element that this binding serves.
	 * @return whether there is one
	 */
	public boolean used() {
		return this.used;
	}

	/**
	 * The gRPC server, as it serves pool users.
	 */
	private record ServerService(Supplier<@Nullable InetSocketAddress> server,
			GrpcElementCalls calls) implements PoolElementService {

		@Override
		public @Nullable RegisteredElement register(RSerPoolNode node, PoolHandle pool, @Nullable Integer identifier,
				PoolElementSettings settings) {
			InetSocketAddress address = this.server.get();
			if (address == null) {
				logger.warn("The pool element of pool '{}' is not registered: it is a gRPC server, and none runs here",
						pool);
				return null;
			}
			this.calls.join(pool, settings.concurrencyLimit());
			return node.register(new DataElementSpecification(pool, identifier, settings.policy(), settings.lifetime(),
					settings.renewalInterval(), settings.metadata(), address));
		}

		@Override
		public void leave(PoolHandle pool) {
			this.calls.leave(pool);
		}

		@Override
		public int callsInProgress(PoolHandle pool) {
			return this.calls.count(pool);
		}

		@Override
		public CompletableFuture<Void> idle(PoolHandle pool) {
			return this.calls.idle(pool);
		}

	}

}
