package org.rserpool.autoconfigure.health;

import java.time.Duration;

import org.rserpool.autoconfigure.RSerPoolConnectionDetails;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.wire.Identifiers;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Tells whether there is a home registrar. OUT_OF_SERVICE until the first one answers,
 * DOWN when there was one and none is left. UNKNOWN when the application takes part in no
 * pool, or needs no registrar.
 */
class RegistrarHealthIndicator extends AbstractHealthIndicator {

	private final RSerPoolNode node;

	private final RSerPoolConnectionDetails connectionDetails;

	private final Needs needs;

	/**
	 * Makes an indicator.
	 * @param node takes part in pools
	 * @param connectionDetails where registrars are
	 * @param needs what the application needs
	 */
	RegistrarHealthIndicator(RSerPoolNode node, RSerPoolConnectionDetails connectionDetails, Needs needs) {
		super("The health of the registrar could not be found out");
		this.node = node;
		this.connectionDetails = connectionDetails;
		this.needs = needs;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		if (!this.needs.isUsed(builder)) {
			return;
		}
		RSerPoolNode.HomeRegistrar home = this.node.home();
		if (home != null) {
			builder.up().withDetail("registrar", describe(home));
			return;
		}
		Duration lost = this.node.homeLostFor();
		this.needs.withoutRegistrar(builder, lost != null);
		builder
			.withDetail("reason",
					(lost != null)
							? "No registrar has answered for " + lost.toSeconds()
									+ " s; the elements that are known are used as long as they answer"
							: "No registrar answers")
			.withDetail("registrars", this.connectionDetails.getRegistrars().stream().map(Object::toString).toList());
	}

	private static String describe(RSerPoolNode.HomeRegistrar home) {
		String address = home.address().getHostString() + ":" + home.address().getPort();
		return (home.identifier() != null) ? Identifiers.toString(home.identifier()) + " at " + address : address;
	}

}
