package org.rserpool.spring.grpc;

import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;

/**
 * Provides the load balancing policy {@code rserpool}, which channels to pools use: the
 * policy of the pool selects the element of each call. gRPC finds it as a service.
 *
 * @since 0.1
 */
public final class PoolLoadBalancerProvider extends LoadBalancerProvider {

	static final String POLICY = "rserpool";

	@Override
	public boolean isAvailable() {
		return true;
	}

	@Override
	public int getPriority() {
		return 5;
	}

	@Override
	public String getPolicyName() {
		return POLICY;
	}

	@Override
	public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
		return new PoolLoadBalancer(helper);
	}

}
