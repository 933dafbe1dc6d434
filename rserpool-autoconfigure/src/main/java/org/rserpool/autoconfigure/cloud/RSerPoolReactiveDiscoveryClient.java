package org.rserpool.autoconfigure.cloud;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.ReactiveDiscoveryClient;

/**
 * Discovers the elements of pools without waiting.
 */
class RSerPoolReactiveDiscoveryClient implements ReactiveDiscoveryClient {

	private final PoolServiceInstances instances;

	RSerPoolReactiveDiscoveryClient(PoolServiceInstances instances) {
		this.instances = instances;
	}

	@Override
	public String description() {
		return "RSerPool";
	}

	@Override
	public Flux<ServiceInstance> getInstances(String serviceId) {
		return Mono.fromFuture(() -> this.instances.find(serviceId))
			.publishOn(Schedulers.parallel())
			.flatMapIterable((found) -> found);
	}

	@Override
	public Flux<String> getServices() {
		return Mono.fromFuture(this.instances::services)
			.publishOn(Schedulers.parallel())
			.flatMapIterable((found) -> found);
	}

	@Override
	public int getOrder() {
		return RSerPoolDiscoveryClient.ORDER;
	}

}
