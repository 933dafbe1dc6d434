package org.rserpool.test.testcontainers;

import java.time.Duration;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A registrar in a container, ready when it gives service. With
 * {@code @ServiceConnection}, the application under test finds it. Pool elements register
 * by TCP, and by the address with which they reach the container.
 *
 * @since 0.1
 */
public class RSerPoolContainer extends GenericContainer<RSerPoolContainer> {

	/** The name of the image of this project's registrar. */
	public static final String IMAGE = "rserpool-registrar";

	/** The port for ASAP within the container. */
	public static final int ASAP_PORT = 3863;

	/** The port of the actuator within the container. */
	public static final int HTTP_PORT = 8080;

	private static final Duration STARTUP_TIMEOUT = Duration.ofMinutes(1);

	/**
	 * Makes a container.
	 * @param image the name of the image, such as {@code rserpool-registrar:latest}
	 */
	public RSerPoolContainer(String image) {
		this(DockerImageName.parse(image));
	}

	/**
	 * Makes a container.
	 * @param image the image
	 */
	public RSerPoolContainer(DockerImageName image) {
		super(image);
		withExposedPorts(ASAP_PORT, HTTP_PORT);
		withEnv("RSERPOOL_REGISTRAR_ANNOUNCEMENTS_ENABLED", "false");
		waitingFor(Wait.forHttp("/actuator/health/readiness")
			.forPort(HTTP_PORT)
			.forStatusCode(200)
			.withStartupTimeout(STARTUP_TIMEOUT));
	}

	/**
	 * Return where pool elements and pool users reach the registrar.
	 * @return the port of the host that leads to the port for ASAP
	 */
	public int getAsapPort() {
		return getMappedPort(ASAP_PORT);
	}

}
