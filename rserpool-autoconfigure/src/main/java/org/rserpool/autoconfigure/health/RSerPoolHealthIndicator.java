package org.rserpool.autoconfigure.health;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.rserpool.autoconfigure.RSerPoolConnectionDetails;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.runtime.SocketAddresses;
import org.rserpool.wire.Identifiers;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.context.Lifecycle;

/**
 * Tells whether there is a home registrar, and how the pool elements stand. DOWN when one
 * was refused, OUT_OF_SERVICE when there is no registrar or one is not registered yet,
 * UNKNOWN when the application takes part in no pool, or needs no registrar.
 */
class RSerPoolHealthIndicator extends AbstractHealthIndicator {

	private final RSerPoolNode node;

	private final RSerPoolConnectionDetails connectionDetails;

	private final boolean registrarNeeded;

	/**
	 * Makes an indicator.
	 * @param node takes part in pools
	 * @param connectionDetails where registrars are
	 * @param registrarNeeded whether it is ill health that no registrar answers
	 */
	RSerPoolHealthIndicator(RSerPoolNode node, RSerPoolConnectionDetails connectionDetails, boolean registrarNeeded) {
		super("The health of pools could not be found out");
		this.registrarNeeded = registrarNeeded;
		this.node = node;
		this.connectionDetails = connectionDetails;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		if (this.node instanceof Lifecycle lifecycle && !lifecycle.isRunning()) {
			builder.unknown().withDetail("reason", "The application takes part in no pool");
			return;
		}
		RSerPoolNode.HomeRegistrar home = this.node.home();
		List<RegisteredElement> elements = this.node.elements();
		if (has(elements, RegisteredElement.State.REJECTED)) {
			builder.down();
		}
		else if (home == null && !this.registrarNeeded) {
			builder.unknown();
		}
		else if (home == null || has(elements, RegisteredElement.State.REGISTERING)) {
			builder.outOfService();
		}
		else {
			builder.up();
		}
		if (home != null) {
			builder.withDetail("registrar", describe(home));
		}
		else {
			builder.withDetail("reason", "No registrar answers")
				.withDetail("registrars",
						this.connectionDetails.getRegistrars().stream().map(Object::toString).toList());
		}
		if (!elements.isEmpty()) {
			builder.withDetail("elements", elements.stream().map(RSerPoolHealthIndicator::describe).toList());
		}
	}

	private static boolean has(List<RegisteredElement> elements, RegisteredElement.State state) {
		return elements.stream().anyMatch((element) -> element.state() == state);
	}

	private static String describe(RSerPoolNode.HomeRegistrar home) {
		String address = SocketAddresses.text(home.address());
		return (home.identifier() != null) ? Identifiers.toString(home.identifier()) + " at " + address : address;
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
