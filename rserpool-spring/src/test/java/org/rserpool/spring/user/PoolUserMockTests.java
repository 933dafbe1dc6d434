package org.rserpool.spring.user;

import org.junit.jupiter.api.Test;
import org.rserpool.spring.Echo;
import org.rserpool.spring.InMemoryScopeConfiguration;
import org.rserpool.spring.PoolUser;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

@SpringJUnitConfig
class PoolUserMockTests {

	@MockitoBean
	@PoolUser("echo")
	Echo echo;

	@Autowired
	Shop shop;

	@Autowired
	Echo local;

	@Test
	void whenMockedThenTheMockIsInjectedInPlaceOfThePoolUser() {
		given(this.echo.echo("a")).willReturn("mocked");
		assertThat(this.shop.echo().echo("a")).isEqualTo("mocked");
		assertThat(this.local.echo("a")).isEqualTo("local");
	}

	record Shop(@PoolUser("echo") Echo echo) {
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ InMemoryScopeConfiguration.class, Shop.class })
	static class Application {

		@Bean
		Echo localEcho() {
			return (text) -> "local";
		}

	}

}
