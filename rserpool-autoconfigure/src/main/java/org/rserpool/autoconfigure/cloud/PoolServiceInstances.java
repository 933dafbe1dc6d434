package org.rserpool.autoconfigure.cloud;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.rserpool.autoconfigure.RSerPoolProperties;
import org.rserpool.rpc.NoPoolElementException;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.http.HttpElementUris;
import org.rserpool.spring.node.LifecycleNode;
import org.rserpool.spring.user.PoolUserSettings;
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

	private static final String DEFAULT = "default";

	private static final Logger logger = LoggerFactory.getLogger(PoolServiceInstances.class);

	private final RSerPoolNode node;

	private final PoolUserSettingsSource settings;

	private final HttpElementUris uris;

	private final Set<String> users = new LinkedHashSet<>();

	PoolServiceInstances(RSerPoolNode node, PoolUserSettingsSource settings, HttpElementUris uris,
			RSerPoolProperties properties) {
		this.node = node;
		this.settings = settings;
		this.uris = uris;
		this.users.addAll(properties.user().keySet());
		this.users.remove(DEFAULT);
	}

	/**
	 * Return whether any instance can be found.
	 * @return {@code false} if no registrar is configured, and none is listened for
	 */
	boolean canFind() {
		return !(this.node instanceof LifecycleNode lifecycle) || lifecycle.canHunt();
	}

	/**
	 * Finds the instances of a service, within the time that a call of it may take.
	 * @param serviceId the name of the service
	 * @return the instances, none if there is no such pool, or if no registrar answers in
	 * time
	 */
	CompletableFuture<List<ServiceInstance>> find(String serviceId) {
		if (!StringUtils.hasText(serviceId) || !canFind()) {
			return CompletableFuture.completedFuture(List.of());
		}
		PoolUserSettings user = this.settings.settings(serviceId);
		return this.node.selector()
			.resolve(PoolHandle.of(user.pool()))
			.orTimeout(user.deadline().toNanos(), TimeUnit.NANOSECONDS)
			.handle((elements, failure) -> {
				if (failure == null) {
					return instances(serviceId, user.pool(), elements);
				}
				Throwable cause = cause(failure);
				if (cause instanceof NoPoolElementException) {
					logger.debug("Service '{}' has no instances", serviceId, cause);
					return List.of();
				}
				if (cause instanceof TimeoutException) {
					logger.warn("The instances of service '{}' could not be found in time", serviceId);
					return List.of();
				}
				throw new CompletionException(cause);
			});
	}

	/**
	 * Return the services that are known here: registrars tell of a pool only who asks
	 * for it.
	 * @return the names of pool users that are configured, and of pools that were used,
	 * as far as they are known within the time that a call may take
	 */
	CompletableFuture<List<String>> services() {
		if (!canFind() || !isRunning()) {
			return CompletableFuture.completedFuture(List.copyOf(this.users));
		}
		return this.node.selector()
			.pools()
			.completeOnTimeout(List.of(), this.settings.settings(DEFAULT).deadline().toNanos(), TimeUnit.NANOSECONDS)
			.thenApply((pools) -> {
				Set<String> names = new LinkedHashSet<>(this.users);
				pools.forEach((pool) -> names.add(pool.toString()));
				return List.copyOf(names);
			});
	}

	/**
	 * Asks for the instances of all services that are known here, and waits for the
	 * answers, but no longer than a call may take.
	 */
	void refresh() {
		await(services().thenCompose((names) -> {
			List<CompletableFuture<List<ServiceInstance>>> asked = names.stream().map(this::find).toList();
			return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new)).handle((done, failure) -> names);
		}), "The services");
	}

	/**
	 * Return the instances that are known already. No registrar is asked.
	 * @return the instances by the name of the pool, without pools that have none
	 */
	Map<String, Set<ServiceInstance>> known() {
		Map<String, Set<ServiceInstance>> known = new HashMap<>();
		this.node.pools().forEach((pool) -> {
			String name = pool.pool().toString();
			List<ServiceInstance> instances = instances(name, name, pool.elements());
			if (!instances.isEmpty()) {
				known.put(name, Set.copyOf(instances));
			}
		});
		return known;
	}

	/**
	 * Listens to what registrars say of pools, if the node runs already. A node has one
	 * listener: the first.
	 * @param listener told on the loop of the node, so that it must not block
	 */
	void listen(Runnable listener) {
		if (!isRunning()) {
			return;
		}
		try {
			this.node.extension(RegistrarNews.class, (roles) -> new RegistrarNews(roles, listener));
		}
		catch (UnsupportedOperationException ex) {
			logger.trace("{} tells of no changes", this.node, ex);
		}
	}

	private boolean isRunning() {
		return !(this.node instanceof Lifecycle lifecycle) || lifecycle.isRunning();
	}

	/**
	 * Waits for what was asked for.
	 * @param <T> what is found
	 * @param found what ends in time by itself
	 * @param what what it is, for messages
	 * @return what was found; nothing if the thread was interrupted
	 */
	<T> List<T> await(CompletableFuture<List<T>> found, String what) {
		try {
			return found.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return List.of();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException(what + " could not be found", ex.getCause());
		}
	}

	private static Throwable cause(Throwable failure) {
		return (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause() : failure;
	}

	private List<ServiceInstance> instances(String serviceId, String pool, List<PoolElement> elements) {
		List<ServiceInstance> instances = new ArrayList<>();
		for (PoolElement element : elements) {
			String identifier = Identifiers.toString(element.identifier());
			try {
				URI uri = this.uris.uri(PoolHandle.of(pool), element);
				instances.add(new DefaultServiceInstance(identifier, serviceId, uri.getHost(), uri.getPort(),
						"https".equals(uri.getScheme()), metadata(pool, element)));
			}
			catch (IllegalArgumentException ex) {
				logger.debug("Element {} of pool {} is no instance of a service", identifier, pool, ex);
			}
		}
		return instances;
	}

	/**
	 * Takes over what the element says of itself. Its zone stands where Spring Cloud
	 * looks for it.
	 */
	private static Map<String, String> metadata(String pool, PoolElement element) {
		Map<String, String> metadata = new LinkedHashMap<>(element.metadata().entries());
		metadata.put(POOL, pool);
		metadata.put(ELEMENT, Identifiers.toString(element.identifier()));
		return metadata;
	}

}
