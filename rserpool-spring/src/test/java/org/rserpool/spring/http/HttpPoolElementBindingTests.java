package org.rserpool.spring.http;

import java.net.InetSocketAddress;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.rserpool.rpc.DataElementSpecification;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.InMemoryNode;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.element.PoolElementDescriptor;
import org.rserpool.spring.element.PoolElementService;
import org.rserpool.spring.element.PoolElementSettings;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.PoolHandle;

import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

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

	@Test
	void theWebServerSaysWhatItKnowsUnlessSomethingElseIsConfigured() {
		assertThat(register(Map.of("management.port", "8081", "zone", "server")).entries())
			.containsOnly(entry("management.port", "8081"), entry("zone", "eu-1"));
		assertThat(register(Map.of()).entries()).containsOnly(entry("zone", "eu-1"));
	}

	@Test
	void whenTheWebServerSaysTooMuchThenTheElementIsRegisteredWithoutThat() {
		assertThat(register(Map.of("management.context-path", "/x".repeat(300))).entries())
			.containsOnly(entry("zone", "eu-1"));
	}

	private static ElementMetadata register(Map<String, String> said) {
		HttpPoolElementBinding binding = new HttpPoolElementBinding(() -> new InetSocketAddress("127.0.0.1", 8080),
				() -> false, () -> said, () -> "shop", new HttpElementRequests());
		PoolElementSettings defaults = PoolElementSettings.DEFAULT;
		RSerPoolNode node = mock();
		ArgumentCaptor<DataElementSpecification> registered = ArgumentCaptor.captor();
		binding.bind(descriptor(new OfWeb()))
			.register(node, PoolHandle.of("shop"), null,
					defaults.withMetadata(ElementMetadata.of(Map.of("zone", "eu-1"))));
		verify(node).register(registered.capture());
		return registered.getValue().metadata();
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
