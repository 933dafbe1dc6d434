package org.rserpool.spring.user;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.rserpool.spring.Echo;
import org.rserpool.spring.InMemoryScopeConfiguration;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.BeanDefinitionValidationException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PoolUserInjectionTests {

	@Test
	void isInjectedIntoAConstructor() {
		try (var context = start(EchoElement.class, ByConstructor.class)) {
			assertThat(context.getBean(ByConstructor.class).echo.echo("a")).isEqualTo("pool:a");
		}
	}

	@Test
	void isInjectedIntoAField() {
		try (var context = start(EchoElement.class, ByField.class)) {
			assertThat(context.getBean(ByField.class).echo.echo("a")).isEqualTo("pool:a");
		}
	}

	@Test
	void isInjectedIntoAnInheritedField() {
		try (var context = start(EchoElement.class, ByInheritedField.class)) {
			assertThat(context.getBean(ByField.class).echo.echo("a")).isEqualTo("pool:a");
		}
	}

	@Test
	void isInjectedIntoAMethod() {
		try (var context = start(EchoElement.class, ByMethod.class)) {
			assertThat(context.getBean(ByMethod.class).echo.echo("a")).isEqualTo("pool:a");
		}
	}

	@Test
	void isInjectedIntoABeanMethod() {
		try (var context = start(EchoElement.class, ByBeanMethod.class)) {
			assertThat(context.getBean(Holder.class).echo.echo("a")).isEqualTo("pool:a");
		}
	}

	@Test
	void isInjectedThroughAnObjectProvider() {
		try (var context = start(EchoElement.class, ByObjectProvider.class)) {
			assertThat(context.getBean(ByObjectProvider.class).echo.getObject().echo("a")).isEqualTo("pool:a");
		}
	}

	@Test
	void isInjectedAsAnOptional() {
		try (var context = start(EchoElement.class, ByOptional.class)) {
			assertThat(context.getBean(ByOptional.class).echo.orElseThrow().echo("a")).isEqualTo("pool:a");
		}
	}

	@Test
	void isOneBeanForAllThatAskForIt() {
		try (var context = start(EchoElement.class, ByConstructor.class, ByField.class)) {
			assertThat(context.getBean(ByField.class).echo).isSameAs(context.getBean(ByConstructor.class).echo);
		}
	}

	@Test
	void whenALocalBeanHasThePoolsNameThenItIsNotInjected() {
		try (var context = start(EchoElement.class, LocalEchoConfiguration.class, ByConstructor.class)) {
			assertThat(context.getBean("echo")).isInstanceOf(LocalEcho.class);
			assertThat(context.getBean(ByConstructor.class).echo.echo("a")).isEqualTo("pool:a");
		}
	}

	@Test
	void whenOnlyALocalBeanHasThePoolsNameAndNothingIsScannedThenThereIsNoCandidate() {
		assertThatExceptionOfType(UnsatisfiedDependencyException.class).isThrownBy(() -> {
			try (var context = new AnnotationConfigApplicationContext(LocalEchoConfiguration.class,
					ByConstructor.class)) {
				context.getBean(ByConstructor.class);
			}
		});
	}

	@Test
	void whenThereIsALocalBeanThenItIsStillTheOneOfItsType() {
		try (var context = start(LocalEchoConfiguration.class, ByConstructor.class, WantsLocal.class)) {
			assertThat(context.getBean(WantsLocal.class).echo).isInstanceOf(LocalEcho.class);
			assertThat(context.getBean(Echo.class)).isInstanceOf(LocalEcho.class);
		}
	}

	@Test
	void whenAnElementIsNamedLikeItsPoolThenItsBeanIsNot() {
		try (var context = start(EchoElement.class)) {
			assertThat(context.containsBean("echo")).isFalse();
			assertThat(context.getBeanNamesForType(EchoElement.class))
				.containsExactly("poolUserInjectionTests.EchoElement");
		}
	}

	@Test
	void whenTheNameIsEmptyThenThePoolIsNamedLikeTheInterface() {
		try (var context = start(Unnamed.class)) {
			assertThat(context.getBean(Unnamed.class).echo).hasToString("pool user '%s' (%<s)", Echo.class.getName());
		}
	}

	@Test
	void whenTheNameHasAPlaceholderThenItIsResolved() {
		try (var context = new AnnotationConfigApplicationContext()) {
			context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("test", Map.of("pool.name", "echo")));
			context.register(InMemoryScopeConfiguration.class, EchoElement.class, ByPlaceholder.class);
			context.refresh();
			assertThat(context.getBean(ByPlaceholder.class).echo.echo("a")).isEqualTo("pool:a");
		}
	}

	@Test
	void whenImportedThenItIsABeanThatNobodyNeedsToAskFor() {
		try (var context = start(EchoElement.class, Imports.class)) {
			Echo echo = context.getBean("poolUser.echo." + Echo.class.getName(), Echo.class);
			assertThat(echo.echo("a")).isEqualTo("pool:a");
			assertThat(context.containsBean("poolUser.other." + Echo.class.getName())).isTrue();
		}
	}

	@Test
	void isMadeOnlyWhenItIsNeeded() {
		try (var context = start(ByObjectProvider.class)) {
			assertThat(context.getBeanFactory().containsSingleton("poolUser.echo." + Echo.class.getName())).isFalse();
			context.getBean(ByObjectProvider.class).echo.getObject();
			assertThat(context.getBeanFactory().containsSingleton("poolUser.echo." + Echo.class.getName())).isTrue();
		}
	}

	@Test
	void whenNoFactorySupportsTheTypeThenThePlaceIsNamed() {
		assertThatExceptionOfType(UnsatisfiedDependencyException.class)
			.isThrownBy(() -> start(WantsAClass.class).close())
			.withMessageContaining("WantsAClass")
			.withMessageContaining("@PoolUser(\"echo\")")
			.withMessageContaining("LocalEcho is not an interface")
			.withMessageContaining("RpcPoolUserClientFactory]");
	}

	@Test
	void whenAFactorySupportsTheTypeThenItMakesThePoolUser() {
		try (var context = start(OtherClients.class, WantsAClass.class, WantsAGeneric.class)) {
			assertThat(context.getBean(WantsAClass.class).echo().echo("a")).isEqualTo("local:a");
			assertThat(context.getBean(WantsAGeneric.class).generic().get()).isEqualTo("echo");
		}
	}

	@Test
	void whenTheTypeIsABuilderThenEachThatAsksForItHasItsOwn() {
		try (var context = start(OtherClients.class, WantsABuilder.class, WantsTheBuilderToo.class)) {
			assertThat(context.getBean(WantsABuilder.class).builder())
				.isNotSameAs(context.getBean(WantsTheBuilderToo.class).builder());
		}
	}

	@Test
	void whenTheTypeIsACollectionThenItIsRefused() {
		assertThatExceptionOfType(BeanDefinitionValidationException.class)
			.isThrownBy(() -> start(WantsAList.class).close())
			.withMessageContaining("java.util.List is not an interface of the application");
	}

	@Test
	void whenTheTypeIsGenericThenItIsRefused() {
		assertThatExceptionOfType(UnsatisfiedDependencyException.class)
			.isThrownBy(() -> start(WantsAGeneric.class).close())
			.withMessageContaining("is generic; extend it");
		assertThatExceptionOfType(BeanDefinitionValidationException.class)
			.isThrownBy(() -> start(WantsARawGeneric.class).close())
			.withMessageContaining("is generic; extend it");
	}

	private static ConfigurableApplicationContext start(Class<?>... classes) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(InMemoryScopeConfiguration.class);
		context.register(classes);
		context.refresh();
		return context;
	}

	@PoolElement("echo")
	static class EchoElement implements Echo {

		@Override
		public String echo(String text) {
			return "pool:" + text;
		}

	}

	static class LocalEcho implements Echo {

		@Override
		public String echo(String text) {
			return "local:" + text;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LocalEchoConfiguration {

		@Bean
		Echo echo() {
			return new LocalEcho();
		}

	}

	static class ByConstructor {

		final Echo echo;

		ByConstructor(@PoolUser("echo") Echo echo) {
			this.echo = echo;
		}

	}

	static class ByField {

		@Autowired
		@PoolUser("echo")
		Echo echo;

	}

	static class ByInheritedField extends ByField {

	}

	static class ByMethod {

		private Echo echo;

		@Autowired
		void use(@PoolUser("echo") Echo echo) {
			this.echo = echo;
		}

	}

	record Holder(Echo echo) {
	}

	@Configuration(proxyBeanMethods = false)
	static class ByBeanMethod {

		@Bean
		Holder holder(@PoolUser("echo") Echo echo) {
			return new Holder(echo);
		}

	}

	record ByObjectProvider(@PoolUser("echo") ObjectProvider<Echo> echo) {
	}

	record ByOptional(@PoolUser("echo") Optional<Echo> echo) {
	}

	record ByPlaceholder(@PoolUser("${pool.name}") Echo echo) {
	}

	record Unnamed(@PoolUser Echo echo) {
	}

	record WantsLocal(Echo echo) {
	}

	record WantsAClass(@PoolUser("echo") LocalEcho echo) {
	}

	record WantsAList(@PoolUser("echo") List<Echo> echo) {
	}

	interface Generic<T> {

		T get();

	}

	@SuppressWarnings("rawtypes")
	record WantsARawGeneric(@PoolUser("echo") Generic generic) {
	}

	static class LocalBuilder {

	}

	record WantsABuilder(@PoolUser("echo") LocalBuilder builder) {
	}

	record WantsTheBuilderToo(@PoolUser("echo") LocalBuilder builder) {
	}

	static class OtherClients implements PoolUserClientFactory {

		@Override
		public boolean supports(ResolvableType type) {
			return true;
		}

		@Override
		public Object create(PoolUserSpec spec, ResolvableType type) {
			if (type.hasGenerics() && type.getGeneric(0).toClass() == String.class) {
				return (Generic<String>) spec::name;
			}
			return (type.toClass() == LocalBuilder.class) ? new LocalBuilder() : new LocalEcho();
		}

	}

	record WantsAGeneric(@PoolUser("echo") Generic<String> generic) {
	}

	@Configuration(proxyBeanMethods = false)
	@ImportPoolUsers(pool = "echo", types = Echo.class)
	@ImportPoolUsers(pool = "other", types = Echo.class)
	static class Imports {

	}

}
