package org.rserpool.integration;

import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rserpool.Goal;
import org.rserpool.integration.Orders.Order;
import org.rserpool.spring.PoolUser;
import org.rserpool.test.autoconfigure.AutoConfigureRSerPool;
import org.rserpool.test.embedded.EmbeddedRegistrar;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.rserpool.test.assertions.RSerPoolAssertions.assertThat;

@SpringBootTest(classes = InjectionTests.Application.class, webEnvironment = WebEnvironment.NONE,
		properties = "rserpool.user.default.deadline=30s")
@AutoConfigureRSerPool
class InjectionTests {

	@MockitoBean
	@PoolUser("mocked")
	private Orders mocked;

	@Autowired
	private ByConstructor byConstructor;

	@Autowired
	private ByField byField;

	@Autowired
	private ByBeanMethod byBeanMethod;

	@Autowired
	private ByObjectProvider byObjectProvider;

	@Autowired
	private OfMock ofMock;

	@BeforeEach
	void awaitElement(@Autowired EmbeddedRegistrar registrar) {
		assertThat(registrar).eventually().hasPool("orders").withElements(1);
	}

	@Test
	@Goal({ "G15", "G17" })
	@DisplayName("G15, G17: pool users are injected in five ways, also when generated ahead of time")
	void poolUsersAreInjectedInFiveWays() {
		assertThat(this.byConstructor.orders().find(1)).isEmpty();
		assertThat(this.byField.orders.find(1)).isEmpty();
		assertThat(this.byBeanMethod.orders().find(1)).isEmpty();
		assertThat(this.byObjectProvider.orders().getObject().find(1)).isEmpty();
		Order order = new Order(1, java.util.List.of());
		given(this.mocked.find(1)).willReturn(Optional.of(order));
		assertThat(this.ofMock.orders().find(1)).contains(order);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ OrderElement.class, ByConstructor.class, ByField.class, ByObjectProvider.class, OfMock.class })
	static class Application {

		@Bean
		ByBeanMethod byBeanMethod(@PoolUser("orders") Orders orders) {
			return new ByBeanMethod(orders);
		}

	}

	record ByConstructor(@PoolUser("orders") Orders orders) {
	}

	static class ByField {

		@Autowired
		@PoolUser("orders")
		private Orders orders;

	}

	record ByBeanMethod(Orders orders) {
	}

	record ByObjectProvider(@PoolUser("orders") ObjectProvider<Orders> orders) {
	}

	record OfMock(@PoolUser("mocked") Orders orders) {
	}

}
