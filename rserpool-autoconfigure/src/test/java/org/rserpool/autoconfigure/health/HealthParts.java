package org.rserpool.autoconfigure.health;

import java.util.LinkedHashSet;
import java.util.Set;

import org.springframework.boot.health.actuate.endpoint.SimpleStatusAggregator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationContext;

/**
 * The health of pools, as the actuator puts it together.
 */
public final class HealthParts {

	private HealthParts() {
	}

	/** Returns the health of one part. */
	public static Health part(ApplicationContext context, String name) {
		return ((HealthIndicator) composite(context).getContributor(name)).health();
	}

	/** Returns the status of the whole. */
	public static Status status(ApplicationContext context) {
		Set<Status> statuses = new LinkedHashSet<>();
		composite(context)
			.forEach((entry) -> statuses.add(((HealthIndicator) entry.contributor()).health().getStatus()));
		return new SimpleStatusAggregator().getAggregateStatus(statuses);
	}

	private static CompositeHealthContributor composite(ApplicationContext context) {
		return context.getBean("rserpoolHealthContributor", CompositeHealthContributor.class);
	}

}
