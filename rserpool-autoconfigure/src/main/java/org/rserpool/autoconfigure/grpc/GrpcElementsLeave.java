package org.rserpool.autoconfigure.grpc;

import org.rserpool.spring.element.PoolElementRegistry;
import org.rserpool.spring.grpc.GrpcPoolElementBinding;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * Lets pool elements leave their pools before the gRPC server stops. Its phase is the
 * highest that there is, so that nothing can stop before it in the order of phases.
 */
class GrpcElementsLeave implements ApplicationListener<ContextClosedEvent>, Ordered {

	private final ApplicationContext context;

	private final PoolElementRegistry registry;

	private final GrpcPoolElementBinding binding;

	GrpcElementsLeave(ApplicationContext context, PoolElementRegistry registry, GrpcPoolElementBinding binding) {
		this.context = context;
		this.registry = registry;
		this.binding = binding;
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context && this.binding.used()) {
			this.registry.stop();
		}
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
