package org.rserpool.registrar.app;

import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.wire.Identifiers;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up when the registrar gives service; out of service while it copies the handlespace.
 */
class RegistrarHealthIndicator implements HealthIndicator {

	private final Registrar registrar;

	RegistrarHealthIndicator(Registrar registrar) {
		this.registrar = registrar;
	}

	@Override
	public Health health() {
		RegistrarSnapshot snapshot = this.registrar.snapshot();
		if (snapshot == null) {
			return Health.down().withDetail("state", RegistrarSnapshot.State.STOPPED).build();
		}
		Health.Builder health = (snapshot.state() == RegistrarSnapshot.State.RUNNING) ? Health.up()
				: Health.outOfService();
		return health.withDetail("state", snapshot.state())
			.withDetail("registrar", Identifiers.toString(snapshot.identifier()))
			.withDetail("peers", snapshot.peers().size())
			.withDetail("pools", snapshot.pools().size())
			.build();
	}

}
