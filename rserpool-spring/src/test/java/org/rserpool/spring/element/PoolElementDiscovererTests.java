package org.rserpool.spring.element;

import java.io.Serializable;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.rserpool.rpc.CborPayloadCodec;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.rpc.RpcRequest;
import org.rserpool.spring.Echo;
import org.rserpool.spring.InMemoryNode;
import org.rserpool.spring.InMemoryScopeConfiguration;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.PolicyType;

import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PoolElementDiscovererTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@Test
	void whenAnnotatedThenABeanIsRegisteredWithTheDefaults() {
		try (var context = start(EchoElement.class)) {
			assertThat(elements(context)).singleElement().satisfies((element) -> {
				assertThat(element.pool()).hasToString("echo");
				assertThat(specification(element).policy()).isEqualTo(MemberSelectionPolicy.ROUND_ROBIN);
				assertThat(specification(element).lifetime()).hasSeconds(30);
				assertThat(specification(element).identifier()).isNull();
			});
		}
	}

	@Test
	void whenABeanMethodIsAnnotatedThenItsBeanIsRegistered() {
		try (var context = start(ByBeanMethod.class)) {
			assertThat(elements(context)).singleElement()
				.satisfies((element) -> assertThat(element.pool()).hasToString("method"));
			assertThat(context.getBean(User.class).echo().echo("a")).isEqualTo("method:a");
		}
	}

	@Test
	void whenABeanIsLazyThenItIsRegisteredToo() {
		try (var context = start(LazyElement.class)) {
			assertThat(elements(context)).hasSize(1);
		}
	}

	@Test
	void whenABeanIsProxiedByAnInterfaceThenItsAdviceApplies() {
		assertThatAdviceApplies(false);
	}

	@Test
	void whenABeanIsProxiedByItsClassThenItsAdviceApplies() {
		assertThatAdviceApplies(true);
	}

	private void assertThatAdviceApplies(boolean proxyTargetClass) {
		AtomicInteger advised = new AtomicInteger();
		try (var context = new AnnotationConfigApplicationContext()) {
			context.register(InMemoryScopeConfiguration.class, EchoElement.class, EchoUser.class);
			context.registerBean("advice", MethodInterceptor.class, () -> (invocation) -> {
				advised.incrementAndGet();
				return invocation.proceed();
			});
			context.registerBean(BeanNameAutoProxyCreator.class, () -> {
				BeanNameAutoProxyCreator creator = new BeanNameAutoProxyCreator();
				creator.setBeanNames("*EchoElement");
				creator.setInterceptorNames("advice");
				creator.setProxyTargetClass(proxyTargetClass);
				return creator;
			});
			context.refresh();
			assertThat(context.getBean(EchoUser.class).echo().echo("a")).isEqualTo("class:a");
			assertThat(advised).hasValue(1);
		}
	}

	@Test
	void whenThePolicyIsNamedThenItIsThatOfThePool() {
		try (var context = start(WeightedElement.class)) {
			assertThat(elements(context)).singleElement()
				.satisfies((element) -> assertThat(specification(element).policy())
					.isEqualTo(MemberSelectionPolicy.of(PolicyType.WEIGHTED_ROUND_ROBIN, 1)));
		}
	}

	@Test
	void whenThePoolIsNotNamedThenItIsNamedLikeTheInterface() {
		try (var context = start(UnnamedElement.class)) {
			assertThat(elements(context)).singleElement()
				.satisfies((element) -> assertThat(element.pool()).hasToString(Echo.class.getName()));
		}
	}

	@Test
	void whenServicesAreNamedThenOnlyTheyCanBeCalled() {
		try (var context = start(NarrowElement.class)) {
			assertThat(call(context, "narrow", Other.class.getName() + "/other()")).succeedsWithin(TIMEOUT);
			assertThat(call(context, "narrow", Echo.class.getName() + "/echo(java.lang.String)")).failsWithin(TIMEOUT)
				.withThrowableThat()
				.havingCause()
				.withMessageContaining("has no method");
		}
	}

	@Test
	void whenABindingIsNamedThenItServesTheBean() {
		try (var context = start(ByBinding.class, OtherBinding.class)) {
			assertThat(context.getBean(OtherBinding.class).bound).containsExactly(ByBinding.class);
			assertThat(elements(context)).singleElement()
				.satisfies((element) -> assertThat(element.pool()).hasToString("by-default"));
		}
	}

	@Test
	void whenABindingIsNotThereThenThoseThereAreNamed() {
		assertThatThrownBy(() -> start(ByBinding.class).close()).rootCause()
			.hasMessageContaining("no binding 'other'")
			.hasMessageContaining("[session, rpc]");
	}

	@Test
	void whenTwoBeansAreServedByOneServiceThenTheyAreOneElement() {
		try (var context = start(ByBinding.class, SecondByBinding.class, OtherBinding.class)) {
			assertThat(context.getBean(OtherBinding.class).bound).hasSize(2);
			assertThat(elements(context)).hasSize(1);
		}
	}

	@Test
	void whenABeanHasNoInterfaceOfTheApplicationThenItIsRefused() {
		assertThatThrownBy(() -> start(NoInterface.class).close()).isInstanceOf(ApplicationContextException.class)
			.rootCause()
			.hasMessageContaining("NoInterface implements no interface of the application");
		assertThatThrownBy(() -> start(NoInterface.class).close())
			.hasStackTraceContaining("The bean 'poolElementDiscovererTests.NoInterface' cannot be a @PoolElement");
	}

	@Test
	void whenABeanDoesNotImplementTheNamedServiceThenItIsRefused() {
		assertThatThrownBy(() -> start(WrongService.class).close()).rootCause()
			.hasMessageContaining("WrongService, or the proxy around it, does not implement " + Other.class.getName());
	}

	@Test
	void whenABeanIsAPrototypeThenItIsRefused() {
		assertThatThrownBy(() -> start(PrototypeElement.class).close()).rootCause()
			.hasMessageContaining("it is not a singleton");
	}

	@Test
	void whenSeveralInterfacesAreOfferedAndThePoolIsNotNamedThenTheBeanIsRefused() {
		assertThatThrownBy(() -> start(TwoInterfaces.class).close()).rootCause()
			.hasMessageContaining("its pool must be named");
	}

	@Test
	void whenTwoBeansAreOfOnePoolThenBothAreNamed() {
		assertThatThrownBy(() -> start(EchoElement.class, SecondEchoElement.class).close()).rootCause()
			.hasMessageContaining("'poolElementDiscovererTests.EchoElement'")
			.hasMessageContaining("'poolElementDiscovererTests.SecondEchoElement'")
			.hasMessageContaining("pool 'echo'");
	}

	@Test
	void whenThePolicyIsNotKnownThenTheKnownOnesAreNamed() {
		assertThatThrownBy(() -> start(WrongPolicy.class).close()).rootCause()
			.hasMessageContaining("no policy 'fastest'")
			.hasMessageContaining("ROUND_ROBIN");
	}

	private static ConfigurableApplicationContext start(Class<?>... classes) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(InMemoryScopeConfiguration.class);
		context.register(classes);
		context.refresh();
		return context;
	}

	private static CompletableFuture<byte[]> call(ConfigurableApplicationContext context, String pool, String method) {
		byte[] arguments = new CborPayloadCodec().encodeArguments(new Type[0], new Object[0]);
		return context.getBean(InMemoryNode.class)
			.call(new RpcRequest(PoolHandle.of(pool), method, arguments, Map.of(), true, TIMEOUT, 1));
	}

	private static List<RegisteredElement> elements(ConfigurableApplicationContext context) {
		return context.getBean(InMemoryNode.class).elements();
	}

	private static ElementSpecification specification(RegisteredElement element) {
		return ((InMemoryNode.Element) element).specification();
	}

	@PoolElement("echo")
	static class EchoElement implements Echo, InitializingBean, Serializable {

		private static final long serialVersionUID = 1L;

		@Override
		public String echo(String text) {
			return "class:" + text;
		}

		@Override
		public void afterPropertiesSet() {
		}

	}

	@PoolElement("echo")
	static class SecondEchoElement extends EchoElement {

		private static final long serialVersionUID = 1L;

	}

	@PoolElement(pool = "lazy")
	@Lazy
	static class LazyElement extends EchoElement {

		private static final long serialVersionUID = 1L;

	}

	@PoolElement(pool = "weighted", policy = "weighted-round-robin")
	static class WeightedElement extends EchoElement {

		private static final long serialVersionUID = 1L;

	}

	@PoolElement
	static class UnnamedElement extends EchoElement {

		private static final long serialVersionUID = 1L;

	}

	@PoolElement(pool = "wrong", policy = "fastest")
	static class WrongPolicy extends EchoElement {

		private static final long serialVersionUID = 1L;

	}

	@PoolElement("prototype")
	@Scope("prototype")
	static class PrototypeElement extends EchoElement {

		private static final long serialVersionUID = 1L;

	}

	interface Other {

		void other();

	}

	@PoolElement(pool = "narrow", service = Other.class)
	static class NarrowElement extends EchoElement implements Other {

		private static final long serialVersionUID = 1L;

		@Override
		public void other() {
		}

	}

	@PoolElement
	static class TwoInterfaces extends EchoElement implements Other {

		private static final long serialVersionUID = 1L;

		@Override
		public void other() {
		}

	}

	@PoolElement(pool = "wrong", service = Other.class)
	static class WrongService extends EchoElement {

		private static final long serialVersionUID = 1L;

	}

	@PoolElement("nothing")
	static class NoInterface implements InitializingBean {

		@Override
		public void afterPropertiesSet() {
		}

	}

	@PoolElement(binding = "other")
	static class ByBinding {

	}

	@PoolElement(pool = "by-default", binding = "other")
	static class SecondByBinding {

	}

	static class OtherBinding implements PoolElementBinding {

		private final List<Class<?>> bound = new ArrayList<>();

		private final PoolElementService service = new RpcElementService(
				(invocation) -> CompletableFuture.completedFuture(new byte[0]), () -> Runnable::run);

		@Override
		public String name() {
			return "other";
		}

		@Override
		public boolean supports(PoolElementDescriptor descriptor) {
			return false;
		}

		@Override
		public String defaultPool(PoolElementDescriptor descriptor) {
			return "by-default";
		}

		@Override
		public PoolElementService bind(PoolElementDescriptor descriptor) {
			this.bound.add(descriptor.type());
			return this.service;
		}

	}

	record EchoUser(@PoolUser("echo") Echo echo) {
	}

	record User(@PoolUser("method") Echo echo) {
	}

	@Configuration(proxyBeanMethods = false)
	static class ByBeanMethod {

		@Bean
		@PoolElement("method")
		Echo element() {
			return (text) -> "method:" + text;
		}

		@Bean
		User user(@PoolUser("method") Echo echo) {
			return new User(echo);
		}

	}

}
