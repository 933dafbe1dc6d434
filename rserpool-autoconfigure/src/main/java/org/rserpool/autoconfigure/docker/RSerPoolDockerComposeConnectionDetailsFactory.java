package org.rserpool.autoconfigure.docker;

import java.util.List;

import org.rserpool.autoconfigure.RSerPoolConnectionDetails;

import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/**
 * Leads to a registrar that Docker Compose runs: a service of the image
 * {@code rserpool-registrar}, or one whose label
 * {@code org.springframework.boot.service-connection} says so.
 */
class RSerPoolDockerComposeConnectionDetailsFactory
		extends DockerComposeConnectionDetailsFactory<RSerPoolConnectionDetails> {

	private static final String[] NAMES = { "rserpool-registrar", "rserpool/rserpool-registrar" };

	private static final int ASAP_PORT = 3863;

	RSerPoolDockerComposeConnectionDetailsFactory() {
		super(NAMES);
	}

	@Override
	protected RSerPoolConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
		return new Details(source.getRunningService());
	}

	private static final class Details extends DockerComposeConnectionDetails implements RSerPoolConnectionDetails {

		private final List<Registrar> registrars;

		private Details(RunningService service) {
			super(service);
			this.registrars = List.of(new Registrar(service.host(), service.ports().get(ASAP_PORT)));
		}

		@Override
		public List<Registrar> getRegistrars() {
			return this.registrars;
		}

	}

}
