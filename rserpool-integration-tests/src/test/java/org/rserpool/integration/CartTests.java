package org.rserpool.integration;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rserpool.Goal;
import org.rserpool.rpc.RemoteInvocationException;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;
import org.rserpool.spring.session.PoolSession;
import org.rserpool.spring.session.PoolSessionBeanScope;
import org.rserpool.spring.session.PoolSessionContext;
import org.rserpool.spring.session.PoolSessionScope;
import org.rserpool.spring.session.PoolSessions;
import org.rserpool.test.autoconfigure.AutoConfigureRSerPool;
import org.rserpool.test.embedded.EmbeddedRegistrar;
import org.rserpool.test.fault.FaultyNetwork;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.rserpool.test.assertions.RSerPoolAssertions.assertThat;

/**
 * Sessions of an application, also of one that was generated ahead of time.
 */
@SpringBootTest(classes = CartTests.Application.class, webEnvironment = WebEnvironment.NONE,
		properties = { "rserpool.user.default.deadline=30s",
				"rserpool.element.cart.state.keys=a:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" })
@AutoConfigureRSerPool
class CartTests {

	@Autowired
	private Customer customer;

	@Autowired
	private FaultyNetwork network;

	@Autowired
	private ConfigurableListableBeanFactory beans;

	@BeforeEach
	void awaitElement(@Autowired EmbeddedRegistrar registrar) {
		assertThat(registrar).eventually().hasPool("cart").withElements(1);
	}

	@Test
	@Goal("G17")
	@DisplayName("G17: a session keeps its state, also when the application is generated ahead of time")
	void aSessionKeepsItsState() {
		try (PoolSession<Cart> one = this.customer.carts().open();
				PoolSession<Cart> two = this.customer.carts().open()) {
			assertThat(one.service().add(new Item("pen", 2))).isOne();
			assertThat(one.service().add(new Item("ink", 3))).isEqualTo(2);
			assertThat(two.service().items()).isEmpty();
			assertThat(one.service().items()).containsExactly(new Item("pen", 2), new Item("ink", 3));
			assertThat(one.service().visits()).isOne();
			assertThat(one.service().visits()).isEqualTo(2);
			assertThat(one.version()).isGreaterThanOrEqualTo(4);
		}
	}

	@Test
	void aSessionGoesOnWhenItsAssociationBreaks() {
		try (PoolSession<Cart> session = this.customer.carts().open()) {
			session.service().add(new Item("pen", 2));
			this.network.everywhere().reset();
			assertThat(session.service().add(new Item("ink", 3))).isEqualTo(2);
			this.network.heal();
		}
	}

	@Test
	void aCallWithoutASessionHasNoState() {
		assertThatExceptionOfType(RemoteInvocationException.class).isThrownBy(() -> this.customer.plain().items())
			.withMessageContaining("poolSession");
		assertThat(this.customer.plain().hello()).isEqualTo("hello");
	}

	@Test
	void theElementIsKnownToDependOnTheState() {
		assertThat(
				PoolSessionBeanScope.findDependency(this.beans, this.beans.getBeanNamesForType(CartElement.class)[0]))
			.isEqualTo(CartState.class.getName());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ CartElement.class, CartState.class, Customer.class })
	static class Application {

	}

	record Customer(@PoolUser("cart") PoolSessions<Cart> carts, @PoolUser("cart") Cart plain) {
	}

	interface Cart {

		int add(Item item);

		List<Item> items();

		int visits();

		String hello();

	}

	record Item(String name, int count) {
	}

	@PoolElement("cart")
	static class CartElement implements Cart {

		private final CartState state;

		CartElement(CartState state) {
			this.state = state;
		}

		@Override
		public int add(Item item) {
			this.state.items().add(item);
			return this.state.items().size();
		}

		@Override
		public List<Item> items() {
			return List.copyOf(this.state.items());
		}

		@Override
		public int visits() {
			return ++PoolSessionContext.current().state(Visits.class).count;
		}

		@Override
		public String hello() {
			return "hello";
		}

	}

	@PoolSessionScope
	static class CartState {

		private final List<Item> items = new ArrayList<>();

		List<Item> items() {
			return this.items;
		}

	}

	static class Visits {

		private int count;

	}

}
