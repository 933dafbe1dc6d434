package org.rserpool.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.wire.Identifiers;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells how the pool elements of the application stand. DOWN when one was refused,
 * OUT_OF_SERVICE when one is not registered, or not any more; UNKNOWN when there is none,
 * or when that waits for a registrar that the application does not need.
 */
class ElementsHealthIndicator extends AbstractHealthIndicator {

	private final RSerPoolNode node;

	private final Needs needs;

	/**
	 * Makes an indicator.
	 * @param node has the elements
	 * @param needs what the application needs
	 */
	ElementsHealthIndicator(RSerPoolNode node, Needs needs) {
		super("The health of pool elements could not be found out");
		this.node = node;
		this.needs = needs;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		if (!this.needs.isUsed(builder)) {
			return;
		}
		List<RegisteredElement> elements = this.node.elements();
		if (elements.isEmpty()) {
			builder.unknown().withDetail("reason", "The application has no element in a pool");
			return;
		}
		if (has(elements, RegisteredElement.State.REJECTED)) {
			builder.down();
		}
		else if (!has(elements, RegisteredElement.State.REGISTERING)) {
			builder.up();
		}
		else if (this.node.home() == null) {
			this.needs.withoutRegistrar(builder, false);
		}
		else {
			builder.outOfService();
		}
		builder.withDetail("elements", elements.stream().map(ElementsHealthIndicator::describe).toList());
	}

	private static boolean has(List<RegisteredElement> elements, RegisteredElement.State state) {
		return elements.stream().anyMatch((element) -> element.state() == state);
	}

	private static Map<String, Object> describe(RegisteredElement element) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("pool", element.pool().toString());
		details.put("identifier", Identifiers.toString(element.identifier()));
		details.put("state", element.state().name());
		String rejection = element.rejection();
		if (rejection != null) {
			details.put("rejection", rejection);
		}
		return details;
	}

}
