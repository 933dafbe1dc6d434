package org.rserpool.cloud;

import org.rserpool.spring.PoolElement;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * A web application with an actuator that is a pool element.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@PoolElement("shop")
class Shop {

	/**
	 * Of its own, so that the end of one application in this process does not end the
	 * HTTP clients of others.
	 */
	@Bean
	ReactorResourceFactory reactorResourceFactory() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		return resources;
	}

	static ConfigurableApplicationContext start(String registrar, String... arguments) {
		return new SpringApplicationBuilder(Shop.class).web(WebApplicationType.SERVLET)
			.registerShutdownHook(false)
			.properties("spring.application.name=shop", "rserpool.registrars=" + registrar)
			.run(arguments);
	}

}
