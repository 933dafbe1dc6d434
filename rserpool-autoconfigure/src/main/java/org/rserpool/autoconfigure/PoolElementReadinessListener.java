package org.rserpool.autoconfigure;

import org.rserpool.spring.element.PoolElementRegistry;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationListener;

/**
 * Lets pool elements join their pools while the application accepts traffic, and leave
 * them while it does not.
 */
class PoolElementReadinessListener implements ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private final PoolElementRegistry registry;

	PoolElementReadinessListener(PoolElementRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
			this.registry.register();
		}
		else {
			this.registry.deregister();
		}
	}

}
