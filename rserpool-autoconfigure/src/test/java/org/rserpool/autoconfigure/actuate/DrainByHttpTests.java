package org.rserpool.autoconfigure.actuate;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rserpool.autoconfigure.EchoElement;
import org.rserpool.autoconfigure.FakeNode;
import org.rserpool.spring.node.NodeFactory;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What whoever drains elements by HTTP sees.
 */
class DrainByHttpTests {

	private static ConfigurableApplicationContext application;

	@BeforeAll
	static void start() {
		application = new SpringApplicationBuilder(Application.class).registerShutdownHook(false)
			.properties("server.port=0", "server.address=127.0.0.1",
					"management.endpoints.web.exposure.include=rserpool", "spring.web.error.include-message=always",
					"spring.main.banner-mode=off")
			.run();
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	void anElementIsDrainedAndJoinsAgain() throws Exception {
		HttpResponse<String> drained = post("{\"action\":\"drain\",\"pool\":\"echo\"}");
		assertThat(drained.statusCode()).isEqualTo(200);
		assertThat(drained.body()).contains("\"pool\":\"echo\"", "\"state\":\"DEREGISTERED\"", "\"drained\":true");
		assertThat(application.getBean(FakeNode.class).elements()).isEmpty();
		HttpResponse<String> joined = post("{\"action\":\"undrain\"}");
		assertThat(joined.statusCode()).isEqualTo(200);
		assertThat(joined.body()).contains("\"pool\":\"echo\"", "\"drained\":false");
		assertThat(application.getBean(FakeNode.class).elements()).hasSize(1);
	}

	@Test
	void anActionThatThereIsNotIsABadRequest() throws Exception {
		HttpResponse<String> answer = post("{\"action\":\"stop\",\"pool\":\"echo\"}");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("The action is drain or undrain, not 'stop'");
	}

	@Test
	void aPoolWithoutAnElementIsABadRequest() throws Exception {
		HttpResponse<String> answer = post("{\"action\":\"drain\",\"pool\":\"other\"}");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("This application has no element of pool 'other'");
	}

	private static HttpResponse<String> post(String json) throws Exception {
		URI uri = URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port")
				+ "/actuator/rserpool");
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri)
				.header("Content-Type", "application/json")
				.header("Accept", "application/json")
				.POST(BodyPublishers.ofString(json))
				.build(), BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(EchoElement.class)
	static class Application {

		@Bean
		FakeNode fakeNode() {
			return new FakeNode();
		}

		@Bean
		NodeFactory nodeFactory(FakeNode node) {
			return () -> node;
		}

	}

}
