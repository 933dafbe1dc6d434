package org.rserpool.autoconfigure.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import jakarta.servlet.Filter;
import org.junit.jupiter.api.Test;
import org.rserpool.autoconfigure.EchoElement;
import org.rserpool.autoconfigure.FakeNode;
import org.rserpool.autoconfigure.PoolElementAutoConfiguration;
import org.rserpool.autoconfigure.PoolUserAutoConfiguration;
import org.rserpool.autoconfigure.RSerPoolAutoConfiguration;
import org.rserpool.spring.PoolUser;
import org.rserpool.spring.http.HttpPoolElementBinding;
import org.rserpool.spring.http.HttpPoolUserClientFactory;
import org.rserpool.spring.http.PoolClientHttpRequestInterceptor;
import org.rserpool.spring.http.PoolExchangeFilterFunction;
import org.rserpool.spring.http.PoolRequestWebFilter;
import org.rserpool.spring.http.WebClientPoolUserClientFactory;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;

class HttpAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(RSerPoolAutoConfiguration.class,
			PoolElementAutoConfiguration.class, PoolUserAutoConfiguration.class, HttpPoolElementAutoConfiguration.class,
			HttpPoolUserAutoConfiguration.class, WebClientPoolUserAutoConfiguration.class);

	private static final AutoConfigurations OF_BOOT = AutoConfigurations.of(HttpClientAutoConfiguration.class,
			RestClientAutoConfiguration.class, WebClientAutoConfiguration.class);

	private final FakeNode node = new FakeNode();

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
		.withBean(FakeNode.class, () -> this.node);

	private final WebApplicationContextRunner webRunner = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS)
		.withBean(FakeNode.class, () -> this.node);

	@Test
	void whenDisabledThenNothingIsConfigured() {
		this.webRunner.withPropertyValues("rserpool.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(HttpPoolElementBinding.class)
				.doesNotHaveBean(HttpPoolUserClientFactory.class)
				.doesNotHaveBean(WebClientPoolUserClientFactory.class));
	}

	@Test
	void whenNoHttpClientIsThereThenThereAreNoHttpPoolUsers() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.web", "org.springframework.boot.restclient",
					"org.springframework.boot.webclient", "org.springframework.boot.http", "org.springframework.http"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("httpPoolUserClientFactory"));
	}

	@Test
	void whenWebClientIsMissingThenRestClientsArePoolUsers() {
		this.runner.withClassLoader(new FilteredClassLoader(WebClient.class))
			.withBean(WantsRestClient.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(WantsRestClient.class)
				.doesNotHaveBean("webClientPoolUserClientFactory"));
	}

	@Test
	void whenWebClientIsMissingThenAnInterfaceThatNeedsItSaysSo() {
		this.runner.withClassLoader(new FilteredClassLoader(WebClient.class))
			.withBean(WantsLater.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("spring-boot-starter-webclient")
				.hasMessageContaining(Later.class.getName()));
	}

	@Test
	void whenTheModulesOfBootAreMissingThenClientsArePoolUsers() {
		this.runner
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.restclient",
					"org.springframework.boot.webclient", "org.springframework.boot.http"))
			.withBean(WantsRestClient.class)
			.withBean(WantsWebClient.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(WantsRestClient.class)
				.hasSingleBean(WantsWebClient.class));
	}

	@Test
	void customizersOfTheApplicationApplyToPoolUsersAndItsBuildersAreNotTouched() {
		RestClient.Builder own = RestClient.builder();
		ClientHttpRequestInterceptor interceptor = (request, body, execution) -> execution.execute(request, body);
		RestClientCustomizer customizer = (builder) -> builder.requestInterceptor(interceptor);
		this.runner.withConfiguration(OF_BOOT)
			.withBean("own", RestClient.Builder.class, () -> own)
			.withBean("customizer", RestClientCustomizer.class, () -> customizer)
			.withBean(WantsBuilder.class)
			.run((context) -> {
				assertThat(context.getBean(RestClient.Builder.class)).isSameAs(own);
				assertThat(interceptors(own)).isEmpty();
				RestClient.Builder builder = context.getBean(WantsBuilder.class).builder();
				assertThat(builder).isNotSameAs(own);
				assertThat(interceptors(builder)).containsExactly(interceptor,
						context.getBean(PoolClientHttpRequestInterceptor.class));
			});
	}

	@Test
	void beansOfTheApplicationWin() {
		PoolClientHttpRequestInterceptor mine = new PoolClientHttpRequestInterceptor(null);
		this.runner.withBean(PoolClientHttpRequestInterceptor.class, () -> mine)
			.run((context) -> assertThat(context.getBean(PoolClientHttpRequestInterceptor.class)).isSameAs(mine));
		this.runner.run((context) -> assertThat(context).hasSingleBean(PoolClientHttpRequestInterceptor.class)
			.hasSingleBean(PoolExchangeFilterFunction.class));
	}

	@Test
	void whenTheApplicationIsNoWebApplicationThenItsWebServerIsNoElement() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(HttpPoolElementBinding.class));
	}

	@Test
	void requestsAreFilteredOnlyIfThereIsAPoolElement() {
		this.webRunner
			.run((context) -> assertThat(context.getBean(PoolRequestFilterRegistration.class).isEnabled()).isFalse());
		this.webRunner.withBean(EchoElement.class)
			.run((context) -> assertThat(context.getBean(PoolRequestFilterRegistration.class).isEnabled()).isTrue());
		this.webRunner.withClassLoader(new FilteredClassLoader(Filter.class))
			.run((context) -> assertThat(context).doesNotHaveBean("poolRequestFilterRegistration"));
		new ReactiveWebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withBean(FakeNode.class, () -> this.node)
			.run((context) -> assertThat(context).hasSingleBean(PoolRequestWebFilter.class)
				.doesNotHaveBean(PoolRequestFilterRegistration.class));
	}

	@Test
	void theWebServerIsWhereItListens() throws Exception {
		ServerProperties properties = new ServerProperties();
		WebServerApplicationContext context = mock(WebServerApplicationContext.class, RETURNS_DEEP_STUBS);
		RunningWebServer server = new RunningWebServer(context, provider(() -> properties));
		given(context.getWebServer().getPort()).willReturn(-1);
		assertThat(server.get()).isNull();
		given(context.getWebServer().getPort()).willReturn(8080);
		assertThat(server.get()).isEqualTo(new InetSocketAddress(8080));
		properties.setAddress(InetAddress.getByName("192.0.2.1"));
		assertThat(server.get()).isEqualTo(new InetSocketAddress("192.0.2.1", 8080));
		given(context.getWebServer()).willReturn(null);
		assertThat(server.get()).isNull();
		assertThat(new RunningWebServer(mock(ApplicationContext.class), provider(() -> properties)).get()).isNull();
	}

	private static <T> ObjectProvider<T> provider(Supplier<T> bean) {
		return new ObjectProvider<>() {

			@Override
			public T getObject() {
				return bean.get();
			}

		};
	}

	private static Collection<ClientHttpRequestInterceptor> interceptors(RestClient.Builder builder) {
		List<ClientHttpRequestInterceptor> found = new ArrayList<>();
		builder.clone().requestInterceptors(found::addAll);
		return found;
	}

	interface Later {

		@GetExchange
		Mono<String> get();

	}

	record WantsRestClient(@PoolUser("shop") RestClient client) {
	}

	record WantsWebClient(@PoolUser("shop") WebClient client) {
	}

	record WantsBuilder(@PoolUser("shop") RestClient.Builder builder) {
	}

	record WantsLater(@PoolUser("shop") Later later) {
	}

}
