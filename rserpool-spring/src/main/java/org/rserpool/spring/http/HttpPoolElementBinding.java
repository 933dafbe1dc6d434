package org.rserpool.spring.http;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.DataElementSpecification;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.spring.element.PoolElementBinding;
import org.rserpool.spring.element.PoolElementDescriptor;
import org.rserpool.spring.element.PoolElementService;
import org.rserpool.spring.element.PoolElementSettings;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.PoolHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.util.StringUtils;

/**
 * Lets the running web server of the application be the pool element: for controllers,
 * for beans with {@code @HttpExchange} methods, and for the class of the application
 * itself.
 *
 * @since 0.1
 */
public class HttpPoolElementBinding implements PoolElementBinding, Ordered {

	/** The name of the binding. */
	public static final String NAME = "http";

	/** The key of the metadata that says {@code https} where requests are encrypted. */
	public static final String SCHEME = "scheme";

	private static final Logger logger = LoggerFactory.getLogger(HttpPoolElementBinding.class);

	private final Supplier<String> applicationName;

	private final PoolElementService service;

	/**
	 * Makes the binding for a web server without encryption.
	 * @param webServer knows where the web server listens, with its real port, or
	 * {@code null} while it does not run. A wildcard address stands for the address by
	 * which the home registrar is reached.
	 * @param applicationName knows the name of the application, perhaps empty
	 * @param requests counts the requests of pool users
	 */
	public HttpPoolElementBinding(Supplier<@Nullable InetSocketAddress> webServer, Supplier<String> applicationName,
			HttpElementRequests requests) {
		this(webServer, () -> false, applicationName, requests);
	}

	/**
	 * Makes the binding.
	 * @param webServer knows where the web server listens, with its real port, or
	 * {@code null} while it does not run. A wildcard address stands for the address by
	 * which the home registrar is reached.
	 * @param encrypted knows whether it speaks HTTPS
	 * @param applicationName knows the name of the application, perhaps empty
	 * @param requests counts the requests of pool users
	 */
	public HttpPoolElementBinding(Supplier<@Nullable InetSocketAddress> webServer, BooleanSupplier encrypted,
			Supplier<String> applicationName, HttpElementRequests requests) {
		this(webServer, encrypted, Map::of, applicationName, requests);
	}

	/**
	 * Makes the binding.
	 * @param webServer knows where the web server listens, with its real port, or
	 * {@code null} while it does not run. A wildcard address stands for the address by
	 * which the home registrar is reached.
	 * @param encrypted knows whether it speaks HTTPS
	 * @param metadata knows what the web server says of itself when it is registered,
	 * where the settings of the element do not say otherwise
	 * @param applicationName knows the name of the application, perhaps empty
	 * @param requests counts the requests of pool users
	 */
	public HttpPoolElementBinding(Supplier<@Nullable InetSocketAddress> webServer, BooleanSupplier encrypted,
			Supplier<Map<String, String>> metadata, Supplier<String> applicationName, HttpElementRequests requests) {
		this.applicationName = applicationName;
		this.service = new WebServerService(webServer, encrypted, metadata, requests);
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public int getOrder() {
		return 100;
	}

	@Override
	public boolean supports(PoolElementDescriptor descriptor) {
		Class<?> type = descriptor.type();
		return AnnotatedElementUtils.hasAnnotation(type, Controller.class)
				|| AnnotatedElementUtils.hasAnnotation(type, Configuration.class) || HttpServiceTypes.isExchange(type);
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
		return this.service;
	}

	/**
	 * The web server, as it serves pool users.
	 */
	private record WebServerService(Supplier<@Nullable InetSocketAddress> webServer, BooleanSupplier encrypted,
			Supplier<Map<String, String>> said, HttpElementRequests requests) implements PoolElementService {

		@Override
		public @Nullable RegisteredElement register(RSerPoolNode node, PoolHandle pool, @Nullable Integer identifier,
				PoolElementSettings settings) {
			InetSocketAddress address = this.webServer.get();
			if (address == null) {
				logger.warn("The pool element of pool '{}' is not registered: it is a web server, and none runs here",
						pool);
				return null;
			}
			this.requests.join(pool, settings.concurrencyLimit());
			return node.register(new DataElementSpecification(pool, identifier, settings.policy(), settings.lifetime(),
					settings.renewalInterval(), metadata(pool, settings.metadata()), address));
		}

		private ElementMetadata metadata(PoolHandle pool, ElementMetadata configured) {
			ElementMetadata needed = this.encrypted.getAsBoolean() ? configured.with(SCHEME, "https") : configured;
			Map<String, String> entries = new HashMap<>(this.said.get());
			if (entries.isEmpty()) {
				return needed;
			}
			entries.putAll(needed.entries());
			try {
				return ElementMetadata.of(entries);
			}
			catch (IllegalArgumentException ex) {
				logger.warn("The pool element of pool '{}' says only what is configured for it: {}", pool,
						ex.getMessage());
				return needed;
			}
		}

		@Override
		public void leave(PoolHandle pool) {
			this.requests.leave(pool);
		}

		@Override
		public int callsInProgress(PoolHandle pool) {
			return this.requests.count(pool);
		}

		@Override
		public CompletableFuture<Void> idle(PoolHandle pool) {
			return this.requests.idle(pool);
		}

	}

}
