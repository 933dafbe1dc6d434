package org.rserpool.registrar.app;

import org.jspecify.annotations.Nullable;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.registrar.app.HandlespaceViews.HandlespaceView;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows the handlespace: pools, elements, owners, policies, and the peers with their
 * checksums.
 */
@Endpoint(id = "handlespace")
class HandlespaceEndpoint {

	private final Registrar registrar;

	HandlespaceEndpoint(Registrar registrar) {
		this.registrar = registrar;
	}

	@ReadOperation
	@Nullable HandlespaceView handlespace() {
		RegistrarSnapshot snapshot = this.registrar.snapshot();
		return (snapshot != null) ? HandlespaceViews.handlespace(snapshot) : null;
	}

}
