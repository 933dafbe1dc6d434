package org.rserpool.autoconfigure.docker;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rserpool.autoconfigure.RSerPoolConnectionDetails;
import org.rserpool.autoconfigure.RSerPoolConnectionDetails.Registrar;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * What Spring Boot makes of services that Docker Compose runs, without Docker.
 */
class RSerPoolDockerComposeConnectionDetailsFactoryTests {

	@ParameterizedTest
	@ValueSource(strings = { "rserpool-registrar", "rserpool-registrar:0.1", "rserpool/rserpool-registrar:latest" })
	void whenTheImageIsTheRegistrarThenItIsFound(String image) {
		assertThat(details(service(image, Map.of()))).hasSize(1)
			.extractingByKey(RSerPoolConnectionDetails.class)
			.satisfies((found) -> assertThat(((RSerPoolConnectionDetails) found).getRegistrars())
				.containsExactly(new Registrar("docker.example.org", 40_001)));
	}

	@Test
	void whenTheLabelSaysSoThenAnyImageIsTheRegistrar() {
		assertThat(details(service("example.org/team/ours:1",
				Map.of("org.springframework.boot.service-connection", "rserpool-registrar"))))
			.containsOnlyKeys(RSerPoolConnectionDetails.class);
	}

	@Test
	void whenTheImageIsAnotherThenItIsNot() {
		assertThat(details(service("redis:8", Map.of()))).doesNotContainKey(RSerPoolConnectionDetails.class);
	}

	private static Map<Class<?>, ConnectionDetails> details(RunningService service) {
		DockerComposeConnectionSource source = mock(DockerComposeConnectionSource.class);
		given(source.getRunningService()).willReturn(service);
		return new ConnectionDetailsFactories(RSerPoolConnectionDetails.class.getClassLoader())
			.getConnectionDetails(source, false);
	}

	private static RunningService service(String image, Map<String, String> labels) {
		ConnectionPorts ports = mock(ConnectionPorts.class);
		given(ports.get(3863)).willReturn(40_001);
		RunningService service = mock(RunningService.class);
		given(service.image()).willReturn(ImageReference.of(image));
		given(service.labels()).willReturn(labels);
		given(service.host()).willReturn("docker.example.org");
		given(service.ports()).willReturn(ports);
		return service;
	}

}
