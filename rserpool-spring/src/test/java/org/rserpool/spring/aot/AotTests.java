package org.rserpool.spring.aot;

import java.util.Arrays;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rserpool.spring.Echo;
import org.rserpool.spring.InMemoryScopeConfiguration;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;
import org.rserpool.spring.user.HandleResolver;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.SpringProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is injected is the same when the context is made by generated code.
 */
class AotTests {

	private GenericApplicationContext context;

	@BeforeEach
	void start() {
		GenericApplicationContext source = new GenericApplicationContext();
		new AnnotatedBeanDefinitionReader(source).register(InMemoryScopeConfiguration.class, Application.class,
				EchoElement.class, ByConstructor.class, ByField.class, ByObjectProvider.class, Resolving.class);
		this.context = new GenericApplicationContext();
		new GeneratedContext(source).initializer().initialize(this.context);
		SpringProperties.setFlag(AotDetector.AOT_ENABLED);
		this.context.refresh();
	}

	@AfterEach
	void stop() {
		SpringProperties.setProperty(AotDetector.AOT_ENABLED, null);
		this.context.close();
	}

	@Test
	void poolUsersAreInjectedAndTheLocalBeanOfThePoolsNameIsNot() {
		assertThat(this.context.getBean(ByConstructor.class).echo.echo("a")).isEqualTo("pool:a");
		assertThat(this.context.getBean(ByField.class).echo.echo("a")).isEqualTo("pool:a");
		assertThat(this.context.getBean(ByObjectProvider.class).echo().getObject().echo("a")).isEqualTo("pool:a");
		assertThat(this.context.getBean(ByBeanMethod.class).echo().echo("a")).isEqualTo("pool:a");
		assertThat(this.context.getBean(WantsLocal.class).echo().echo("a")).isEqualTo("local:a");
	}

	@Test
	void resolversAreInjected() {
		assertThat(this.context.getBean(Resolving.class).resolver().pool()).hasToString("echo");
	}

	@Test
	void poolUsersAreDefinedByGeneratedCode() {
		assertThat(Arrays.stream(this.context.getBeanDefinitionNames())
			.filter((name) -> name.startsWith("poolUser.") && name.contains("Echo"))).singleElement()
			.satisfies((name) -> {
				var definition = (AbstractBeanDefinition) this.context.getBeanDefinition(name);
				assertThat(definition.getFactoryMethodName()).isNull();
				assertThat(definition.isDefaultCandidate()).isFalse();
				assertThat(definition.isFallback()).isTrue();
				assertThat(definition.isLazyInit()).isTrue();
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		Echo echo() {
			return (text) -> "local:" + text;
		}

		@Bean
		ByBeanMethod byBeanMethod(@PoolUser("echo") Echo echo) {
			return new ByBeanMethod(echo);
		}

		@Bean
		WantsLocal wantsLocal(Echo echo) {
			return new WantsLocal(echo);
		}

	}

	@PoolElement("echo")
	static class EchoElement implements Echo {

		@Override
		public String echo(String text) {
			return "pool:" + text;
		}

	}

	static class ByConstructor {

		private final Echo echo;

		ByConstructor(@PoolUser("echo") Echo echo) {
			this.echo = echo;
		}

	}

	static class ByField {

		@Autowired
		@PoolUser("echo")
		Echo echo;

	}

	record ByObjectProvider(@PoolUser("echo") ObjectProvider<Echo> echo) {
	}

	record Resolving(@PoolUser("echo") HandleResolver resolver) {
	}

	record ByBeanMethod(Echo echo) {
	}

	record WantsLocal(Echo echo) {
	}

}
