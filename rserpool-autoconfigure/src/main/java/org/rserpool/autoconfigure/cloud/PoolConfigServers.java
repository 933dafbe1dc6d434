package org.rserpool.autoconfigure.cloud;

import java.util.List;

import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.rserpool.autoconfigure.EarlyNode;
import org.rserpool.spring.http.HttpElementUris;

import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.config.client.ConfigServerInstanceProvider;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Finds the elements of a pool of config servers: before there is an application context
 * by a node that lives no longer than the question, and afterwards as all else is
 * discovered.
 */
final class PoolConfigServers implements ConfigServerInstanceProvider.Function {

	private volatile @Nullable ConfigurableApplicationContext context;

	private PoolConfigServers() {
	}

	/**
	 * Lets config servers be found in pools, unless something else finds them.
	 */
	static void register(ConfigurableBootstrapContext bootstrapContext) {
		PoolConfigServers servers = new PoolConfigServers();
		bootstrapContext.registerIfAbsent(ConfigServerInstanceProvider.Function.class, (bootstrap) -> servers);
		bootstrapContext.addCloseListener((closed) -> servers.context = closed.getApplicationContext());
	}

	/**
	 * Nothing is found without properties.
	 */
	@Override
	public List<ServiceInstance> apply(String serviceId) {
		return List.of();
	}

	@Override
	public List<ServiceInstance> apply(String serviceId, Binder binder, @Nullable BindHandler handler, Log log) {
		ConfigurableApplicationContext running = this.context;
		if (running != null && running.isActive()) {
			RSerPoolDiscoveryClient client = running.getBeanProvider(RSerPoolDiscoveryClient.class).getIfAvailable();
			return (client != null) ? client.getInstances(serviceId) : List.of();
		}
		if (!binder.bind("spring.cloud.discovery.enabled", Boolean.class).orElse(true)) {
			return List.of();
		}
		try (EarlyNode node = EarlyNode.start(binder, (handler != null) ? handler : BindHandler.DEFAULT)) {
			if (node == null) {
				log.debug("No config server is looked for in pools, as there are no registrars");
				return List.of();
			}
			PoolServiceInstances instances = new PoolServiceInstances(node.node(), node.settings(),
					HttpElementUris.DECLARED, node.properties());
			return instances.await(instances.find(serviceId), "The config servers");
		}
	}

}
