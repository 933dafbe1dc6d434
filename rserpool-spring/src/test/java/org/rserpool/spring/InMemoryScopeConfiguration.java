package org.rserpool.spring;

import org.rserpool.rpc.CborPayloadCodec;
import org.rserpool.spring.config.EnableRSerPool;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A node in memory, and what {@code @EnableRSerPool} brings.
 */
@Configuration(proxyBeanMethods = false)
@EnableRSerPool
public class InMemoryScopeConfiguration {

	@Bean
	InMemoryNode node() {
		return new InMemoryNode();
	}

	@Bean
	CborPayloadCodec codec() {
		return new CborPayloadCodec();
	}

}
