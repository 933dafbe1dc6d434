package org.rserpool.autoconfigure.cloud;

import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;

/**
 * Supplies the load balancer with the elements of a pool as they are known at each
 * request, so that one that failed is left out at once.
 */
class RSerPoolServiceInstanceListSupplier implements ServiceInstanceListSupplier {

	private final String serviceId;

	private final PoolServiceInstances instances;

	RSerPoolServiceInstanceListSupplier(String serviceId, PoolServiceInstances instances) {
		this.serviceId = serviceId;
		this.instances = instances;
	}

	@Override
	public String getServiceId() {
		return this.serviceId;
	}

	@Override
	public Flux<List<ServiceInstance>> get() {
		return Mono.fromFuture(() -> this.instances.find(this.serviceId)).publishOn(Schedulers.parallel()).flux();
	}

}
