package org.rserpool.spring.http;

import org.junit.jupiter.api.Test;
import org.rserpool.spring.InMemoryNode;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.element.PoolElementDescriptor;
import org.rserpool.spring.element.PoolElementService;
import org.rserpool.spring.element.PoolElementSettings;
import org.rserpool.wire.PoolHandle;

import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HttpPoolElementBindingTests {

	private String applicationName = "shop";

	private final HttpPoolElementBinding binding = new HttpPoolElementBinding(() -> null, () -> this.applicationName,
			new HttpElementRequests());

	@Test
	void takesWhatTheWebServerServes() {
		for (Object bean : new Object[] { new OfWeb(), new OfRest(), new Application(), new OfExchange(),
				new OfExchangeMethod() }) {
			assertThat(this.binding.supports(descriptor(bean))).as(bean.toString()).isTrue();
		}
		assertThat(this.binding.supports(descriptor(new Plain()))).isFalse();
		assertThat(this.binding.name()).isEqualTo("http");
	}

	@Test
	void thePoolIsNamedLikeTheApplication() {
		assertThat(this.binding.defaultPool(descriptor(new OfWeb()))).isEqualTo("shop");
		this.applicationName = "";
		assertThatIllegalArgumentException().isThrownBy(() -> this.binding.defaultPool(descriptor(new OfWeb())))
			.withMessageContaining("spring.application.name");
	}

	@Test
	void allBeansAreServedByOneWebServer() {
		assertThat(this.binding.bind(descriptor(new OfWeb()))).isEqualTo(this.binding.bind(descriptor(new OfRest())));
	}

	@Test
	void whenNoWebServerRunsThenNothingIsRegistered() {
		PoolElementService service = this.binding.bind(descriptor(new OfWeb()));
		InMemoryNode node = new InMemoryNode();
		assertThat(service.register(node, PoolHandle.of("shop"), null, PoolElementSettings.DEFAULT)).isNull();
		assertThat(service.callsInProgress(PoolHandle.of("shop"))).isZero();
	}

	private static PoolElementDescriptor descriptor(Object bean) {
		return new PoolElementDescriptor("bean", bean, bean.getClass(),
				bean.getClass().getAnnotation(PoolElement.class));
	}

	@Controller
	@PoolElement
	static class OfWeb {

	}

	@RestController
	@PoolElement
	static class OfRest {

	}

	@Configuration(proxyBeanMethods = false)
	@PoolElement
	static class Application {

	}

	@HttpExchange
	interface Exchange {

	}

	@PoolElement
	static class OfExchange implements Exchange {

	}

	interface ExchangeMethod {

		@GetExchange
		default String get() {
			return "";
		}

	}

	@PoolElement
	static class OfExchangeMethod implements ExchangeMethod {

		@Override
		public String get() {
			return "got";
		}

	}

	@PoolElement
	static class Plain {

	}

}
