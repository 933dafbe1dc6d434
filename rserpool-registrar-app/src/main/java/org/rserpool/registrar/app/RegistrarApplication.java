package org.rserpool.registrar.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/**
 * A registrar of an operation scope: it watches pool elements, answers handle
 * resolutions, and keeps the handlespace together with its peers.
 *
 * @since 0.1
 */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(RegistrarProperties.class)
public class RegistrarApplication {

	public static void main(String[] args) {
		SpringApplication.run(RegistrarApplication.class, args);
	}

}
