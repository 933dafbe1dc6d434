package org.rserpool.autoconfigure.cloud;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.rserpool.autoconfigure.RSerPoolConnectionDetails;
import org.rserpool.autoconfigure.RSerPoolProperties;
import org.rserpool.rpc.NoPoolElementException;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.http.HttpElementUris;
import org.rserpool.spring.user.PoolUserSettingsSource;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.context.Lifecycle;
import org.springframework.util.StringUtils;

/**
 * Sees the elements of pools as the instances of services. A service is the pool user of
 * the same name, so that its configuration may name another pool.
 */
class PoolServiceInstances {

	/** The metadata with the pool, percent-encoded where needed. */
	static final String POOL = "rserpool.pool";

	/** The metadata with the identifier of the element. */
	static final String ELEMENT = "rserpool.element";

	private static final Logger logger = LoggerFactory.getLogger(PoolServiceInstances.class);

	private final RSerPoolNode node;

	private final RSerPoolConnectionDetails registrars;

	private final PoolUserSettingsSource settings;

	private final HttpElementUris uris;

	private final Set<String> users = new LinkedHashSet<>();

	PoolServiceInstances(RSerPoolNode node, RSerPoolConnectionDetails registrars, PoolUserSettingsSource settings,
			HttpElementUris uris, RSerPoolProperties properties) {
		this.node = node;
		this.registrars = registrars;
		this.settings = settings;
		this.uris = uris;
		this.users.addAll(properties.user().keySet());
		this.users.remove("default");
	}

	/**
	 * Finds the instances of a service.
	 * @param serviceId the name of the service
	 * @return the instances, none if there is no such pool
	 */
	CompletableFuture<List<ServiceInstance>> find(String serviceId) {
		if (!StringUtils.hasText(serviceId) || this.registrars.getRegistrars().isEmpty()) {
			return CompletableFuture.completedFuture(List.of());
		}
		String pool = this.settings.settings(serviceId).pool();
		return this.node.selector().resolve(PoolHandle.of(pool)).handle((elements, failure) -> {
			if (failure == null) {
				return instances(serviceId, pool, elements);
			}
			Throwable cause = (failure instanceof CompletionException && failure.getCause() != null)
					? failure.getCause() : failure;
			if (cause instanceof NoPoolElementException) {
				logger.debug("Service '{}' has no instances", serviceId, cause);
				return List.of();
			}
			throw new CompletionException(cause);
		});
	}

	/**
	 * Finds the instances of a service, and waits for them as long as a call may take.
	 * @param serviceId the name of the service
	 * @return the instances
	 */
	List<ServiceInstance> await(String serviceId) {
		try {
			return find(serviceId).get(this.settings.settings(serviceId).deadline().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return List.of();
		}
		catch (TimeoutException ex) {
			logger.warn("The instances of service '{}' could not be found in time", serviceId);
			return List.of();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("The instances of service '" + serviceId + "' could not be found",
					ex.getCause());
		}
	}

	/**
	 * Return the services that are known here: registrars tell of a pool only who asks
	 * for it.
	 * @return the names of pool users that are configured, and of pools that were used
	 */
	CompletableFuture<List<String>> services() {
		if (this.registrars.getRegistrars().isEmpty()
				|| (this.node instanceof Lifecycle lifecycle && !lifecycle.isRunning())) {
			return CompletableFuture.completedFuture(List.copyOf(this.users));
		}
		return this.node.selector().pools().thenApply((pools) -> {
			Set<String> names = new LinkedHashSet<>(this.users);
			pools.forEach((pool) -> names.add(pool.toString()));
			return List.copyOf(names);
		});
	}

	private List<ServiceInstance> instances(String serviceId, String pool, List<PoolElement> elements) {
		List<ServiceInstance> instances = new ArrayList<>();
		for (PoolElement element : elements) {
			String identifier = Identifiers.toString(element.identifier());
			try {
				URI uri = this.uris.uri(PoolHandle.of(pool), element);
				instances.add(new DefaultServiceInstance(identifier, serviceId, uri.getHost(), uri.getPort(),
						"https".equals(uri.getScheme()), Map.of(POOL, pool, ELEMENT, identifier)));
			}
			catch (IllegalArgumentException ex) {
				logger.debug("Element {} of pool {} is no instance of a service", identifier, pool, ex);
			}
		}
		return instances;
	}

}
