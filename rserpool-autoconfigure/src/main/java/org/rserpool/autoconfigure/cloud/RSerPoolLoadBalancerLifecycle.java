package org.rserpool.autoconfigure.cloud;

import java.util.Map;

import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.http.HttpFailures;
import org.rserpool.wire.PoolHandle;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.CompletionContext.Status;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;

/**
 * Learns from the requests of the load balancer which elements answer, and which cannot
 * be reached.
 */
class RSerPoolLoadBalancerLifecycle implements LoadBalancerLifecycle<Object, Object, ServiceInstance> {

	private final RSerPoolNode node;

	RSerPoolLoadBalancerLifecycle(RSerPoolNode node) {
		this.node = node;
	}

	@Override
	public void onStart(Request<Object> request) {
		// Nothing is known yet.
	}

	@Override
	public void onStartRequest(Request<Object> request, Response<ServiceInstance> response) {
		// Nothing is known yet.
	}

	@Override
	public void onComplete(CompletionContext<Object, ServiceInstance, Object> context) {
		Response<ServiceInstance> response = context.getLoadBalancerResponse();
		ServiceInstance instance = (response != null) ? response.getServer() : null;
		Map<String, String> metadata = (instance != null) ? instance.getMetadata() : null;
		if (metadata == null) {
			return;
		}
		String pool = metadata.get(PoolServiceInstances.POOL);
		String element = metadata.get(PoolServiceInstances.ELEMENT);
		if (pool == null || element == null) {
			return;
		}
		PoolHandle handle = PoolHandle.of(pool);
		int identifier = Long.decode(element).intValue();
		Throwable failure = context.getThrowable();
		if (context.status() == Status.SUCCESS) {
			this.node.selector().confirm(handle, identifier);
		}
		else if (failure != null && HttpFailures.isTimeout(failure) && !HttpFailures.isNotSent(failure)) {
			this.node.selector().avoid(handle, identifier);
		}
		else if (failure != null && HttpFailures.isOfConnection(failure)) {
			this.node.selector().reportUnreachable(handle, identifier);
		}
	}

}
