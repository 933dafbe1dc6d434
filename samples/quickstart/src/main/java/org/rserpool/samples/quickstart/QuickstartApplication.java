package org.rserpool.samples.quickstart;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Runs as a pool element with {@code --spring.profiles.active=element}, and as a pool
 * user with {@code --spring.profiles.active=user}.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class QuickstartApplication {

	public static void main(String[] args) {
		SpringApplication.run(QuickstartApplication.class, args);
	}

}
