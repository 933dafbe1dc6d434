package org.rserpool.test.testcontainers;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rserpool.autoconfigure.RSerPoolAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolConnectionDetails;
import org.rserpool.autoconfigure.RSerPoolConnectionDetails.Registrar;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring Boot makes of containers that are annotated, without Docker.
 */
class RSerPoolContainerTests {

	private static final int ASAP = 40_001;

	@Test
	void waitsAtThePortsOfTheImage() {
		try (RSerPoolContainer container = new RSerPoolContainer("rserpool-registrar:0.1")) {
			assertThat(container.getExposedPorts()).containsExactly(3863, 8080);
			assertThat(container.getEnvMap()).containsEntry("RSERPOOL_REGISTRAR_ANNOUNCEMENTS_ENABLED", "false");
		}
	}

	@Nested
	@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, classes = Application.class,
			properties = "rserpool.registrars=192.0.2.1:1")
	class OwnContainerTests {

		@ServiceConnection
		private static final RSerPoolContainer registrar = new PretendedContainer("example.org/team/our-registrar");

		@AfterAll
		static void close() {
			registrar.close();
		}

		@Test
		void leadsToTheRegistrarWhateverItsImageIs(@Autowired RSerPoolConnectionDetails details) {
			assertThat(details.getRegistrars()).containsExactly(new Registrar("localhost", ASAP));
		}

	}

	@Nested
	@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE, classes = Application.class,
			properties = "rserpool.registrars=192.0.2.1:1")
	class OtherContainerTests {

		@ServiceConnection
		private static final GenericContainer<?> registrar = new PretendedGenericContainer("rserpool-registrar:0.1");

		@AfterAll
		static void close() {
			registrar.close();
		}

		@Test
		void leadsToTheRegistrarByTheNameOfItsImage(@Autowired RSerPoolConnectionDetails details) {
			assertThat(details.getRegistrars()).containsExactly(new Registrar("localhost", ASAP));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(RSerPoolAutoConfiguration.class)
	static class Application {

	}

	private static final class PretendedContainer extends RSerPoolContainer {

		private PretendedContainer(String image) {
			super(image);
		}

		@Override
		public void start() {
		}

		@Override
		public String getDockerImageName() {
			return "example.org/team/our-registrar";
		}

		@Override
		public String getHost() {
			return "localhost";
		}

		@Override
		public Integer getMappedPort(int port) {
			return (port == ASAP_PORT) ? ASAP : 1;
		}

	}

	private static final class PretendedGenericContainer extends GenericContainer<PretendedGenericContainer> {

		private PretendedGenericContainer(String image) {
			super(DockerImageName.parse(image));
		}

		@Override
		public void start() {
		}

		@Override
		public String getDockerImageName() {
			return "rserpool-registrar:0.1";
		}

		@Override
		public String getHost() {
			return "localhost";
		}

		@Override
		public Integer getMappedPort(int port) {
			return (port == RSerPoolContainer.ASAP_PORT) ? ASAP : 1;
		}

	}

}
