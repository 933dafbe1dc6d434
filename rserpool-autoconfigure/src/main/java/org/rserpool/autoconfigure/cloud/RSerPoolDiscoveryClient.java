package org.rserpool.autoconfigure.cloud;

import java.util.List;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * Discovers the elements of pools. Asked after other discovery clients, so that a service
 * that they know costs no request to a registrar.
 */
class RSerPoolDiscoveryClient implements DiscoveryClient {

	static final int ORDER = 100;

	private final PoolServiceInstances instances;

	RSerPoolDiscoveryClient(PoolServiceInstances instances) {
		this.instances = instances;
	}

	@Override
	public String description() {
		return "RSerPool";
	}

	@Override
	public List<ServiceInstance> getInstances(String serviceId) {
		return this.instances.await(this.instances.find(serviceId), "The instances of service '" + serviceId + "'");
	}

	@Override
	public List<String> getServices() {
		return this.instances.await(this.instances.services(), "The services");
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
