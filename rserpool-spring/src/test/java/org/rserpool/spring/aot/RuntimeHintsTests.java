package org.rserpool.spring.aot;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.google.protobuf.Int64Value;
import com.google.protobuf.StringValue;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.AbstractBlockingStub;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rserpool.Goal;
import org.rserpool.rpc.session.ElementSession;
import org.rserpool.rpc.session.MessageSession;
import org.rserpool.rpc.session.PoolSessionHandler;
import org.rserpool.runtime.UserMessage;
import org.rserpool.spring.InMemoryScopeConfiguration;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;
import org.rserpool.spring.message.PoolSessionFactory;
import org.rserpool.spring.session.PoolSessionScope;
import org.rserpool.spring.session.PoolSessions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.javapoet.ClassName;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.PostExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

@Goal("G17")
@DisplayName("G17: what is done by reflection is known ahead of time")
class RuntimeHintsTests {

	private InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();

	@Test
	void ofAPoolUserTheProxyAndTheTypesOfItsMethodsAreKnown() {
		RuntimeHints hints = process(OrderUser.class);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Orders.class)).accepts(hints);
		assertKnown(hints);
	}

	@Test
	void ofAPoolElementTheInterfacesAndTheTypesOfTheirMethodsAreKnown() {
		RuntimeHints hints = process(OrderElement.class);
		assertKnown(hints);
		assertThat(hints.reflection().getTypeHint(AutoCloseable.class)).isNull();
	}

	@Test
	void ofAPoolUserByHttpTheProxyAndTheTypesAreKnown() {
		RuntimeHints hints = process(RequestUser.class);
		assertThat(RuntimeHintsPredicates.proxies()
			.forInterfaces(AopProxyUtils.completeJdkProxyInterfaces(Requests.class))).accepts(hints);
		assertThat(reflection().onMethodInvocation(Requests.class, "place")).accepts(hints);
		assertThat(reflection().onConstructorInvocation(Order.class.getDeclaredConstructors()[0])).accepts(hints);
	}

	@Test
	void ofAPoolUserWithSessionsTheProxyOfTheServiceAndItsTypesAreKnown() {
		RuntimeHints hints = process(SessionUser.class);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Orders.class)).accepts(hints);
		assertThat(hints.proxies().jdkProxyHints()).hasSize(1);
		assertKnown(hints);
	}

	@Test
	void ofAMessageOfProtocolBuffersTheMethodThatMakesItIsKnown() throws NoSuchMethodException {
		RuntimeHints hints = process(LetterUser.class);
		assertThat(reflection().onMethodInvocation(StringValue.class.getMethod("getDefaultInstance"))).accepts(hints);
		assertThat(reflection().onMethodInvocation(Int64Value.class.getMethod("getDefaultInstance"))).accepts(hints);
	}

	@Test
	void ofAStubTheMethodThatMakesItIsKnown() throws NoSuchMethodException {
		RuntimeHints hints = process(StubUser.class);
		assertThat(reflection().onMethodInvocation(ShopGrpc.class.getMethod("newBlockingStub", Channel.class)))
			.accepts(hints);
	}

	@Test
	void ofAGrpcServiceThereIsNothingToKnow() {
		assertThat(reflection().onMethodInvocation(BindableService.class, "bindService"))
			.rejects(process(ShopService.class));
	}

	@Test
	void ofSessionsOfMessagesThereIsNothingToKnow() {
		RuntimeHints hints = process(MessageUser.class);
		assertThat(hints.proxies().jdkProxyHints()).isEmpty();
		assertThat(hints.reflection().getTypeHint(MessageSession.class)).isNull();
		hints = process(MessageElement.class);
		assertThat(reflection().onMethodInvocation(PoolSessionHandler.class, "message")).rejects(hints);
		assertThat(hints.reflection().getTypeHint(UserMessage.class)).isNull();
	}

	@Test
	void ofResultsThatComeLaterTheTypesOfTheirValuesAreKnown() {
		for (Class<?> bean : List.of(LaterUser.class, LaterElement.class)) {
			RuntimeHints hints = process(bean);
			for (Class<?> type : List.of(InMono.class, InFlux.class, InOptional.class, InStage.class, InList.class)) {
				assertThat(reflection().onConstructorInvocation(type.getDeclaredConstructors()[0]))
					.as(type.getSimpleName())
					.accepts(hints);
			}
		}
	}

	@Test
	void ofABeanWithStateOfASessionTheFieldsAndTheirTypesAreKnown() throws NoSuchFieldException {
		RuntimeHints hints = process(OrderState.class);
		assertThat(reflection().onFieldAccess(BaseState.class.getDeclaredField("started"))).accepts(hints);
		assertThat(reflection().onFieldAccess(OrderState.class.getDeclaredField("parts"))).accepts(hints);
		assertThat(reflection().onFieldAccess(Part.class.getDeclaredField("orders"))).accepts(hints);
		assertThat(reflection().onConstructorInvocation(Part.class.getDeclaredConstructors()[0])).accepts(hints);
		assertThat(reflection().onConstructorInvocation(Order.class.getDeclaredConstructors()[0])).accepts(hints);
		assertThat(reflection().onConstructorInvocation(Line.class.getDeclaredConstructors()[0])).accepts(hints);
		assertThat(hints.reflection().getTypeHint(Collaborator.class)).isNull();
	}

	@Test
	void whenATypeIsNotPublicThenItsPoolUserIsGeneratedInItsPackage() throws IOException {
		process(OrderUser.class);
		assertThat(this.files.getGeneratedFileContent(Kind.SOURCE,
				"org/rserpool/spring/aot/RuntimeHintsTests__BeanDefinitions.java"))
			.contains("ResolvableType.forClass(RuntimeHintsTests.Orders.class)");
		assertThat(this.files.getGeneratedFiles(Kind.SOURCE).keySet())
			.noneMatch((path) -> path.startsWith("org/rserpool/spring/user/"));
	}

	private static void assertKnown(RuntimeHints hints) {
		assertThat(reflection().onMethodInvocation(Orders.class, "place")).accepts(hints);
		assertThat(reflection().onMethodInvocation(BaseOrders.class, "lines")).accepts(hints);
		assertThat(reflection().onConstructorInvocation(Order.class.getDeclaredConstructors()[0])).accepts(hints);
		assertThat(reflection().onMethodInvocation(Order.class, "lines")).accepts(hints);
		assertThat(reflection().onType(Line.class)).accepts(hints);
		assertThat(reflection().onType(TypeReference.of(RefusedException.class))
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).accepts(hints);
	}

	private RuntimeHints process(Class<?> bean) {
		GenericApplicationContext context = new GenericApplicationContext();
		new AnnotatedBeanDefinitionReader(context).register(InMemoryScopeConfiguration.class, bean);
		this.files = new InMemoryGeneratedFiles();
		DefaultGenerationContext generation = new DefaultGenerationContext(
				new ClassNameGenerator(ClassName.get(RuntimeHintsTests.class)), this.files);
		new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		generation.writeGeneratedContent();
		return generation.getRuntimeHints();
	}

	record Line(String item) {
	}

	record Order(List<Line> lines) {
	}

	static class RefusedException extends Exception {

		private static final long serialVersionUID = 1L;

		RefusedException(String message) {
			super(message);
		}

	}

	interface BaseOrders {

		List<Line> lines(int number);

	}

	interface Orders extends BaseOrders {

		CompletableFuture<Integer> place(Order order) throws RefusedException;

	}

	interface Requests {

		@PostExchange("/orders")
		String place(@RequestBody Order order);

	}

	record OrderUser(@PoolUser("orders") Orders orders) {
	}

	record InMono(String text) {
	}

	record InFlux(String text) {
	}

	record InOptional(String text) {
	}

	record InStage(String text) {
	}

	record InList(String text) {
	}

	interface Later {

		Mono<InMono> mono();

		Flux<InFlux> flux();

		Optional<InOptional> optional();

		CompletionStage<InStage> stage();

		Mono<List<InList>> listLater();

	}

	record LaterUser(@PoolUser("later") Later later) {
	}

	@PoolElement("later")
	static class LaterElement implements Later {

		@Override
		public Mono<InMono> mono() {
			return Mono.empty();
		}

		@Override
		public Flux<InFlux> flux() {
			return Flux.empty();
		}

		@Override
		public Optional<InOptional> optional() {
			return Optional.empty();
		}

		@Override
		public CompletionStage<InStage> stage() {
			return new CompletableFuture<>();
		}

		@Override
		public Mono<List<InList>> listLater() {
			return Mono.empty();
		}

	}

	record MessageUser(@PoolUser("messages") PoolSessionFactory sessions) {
	}

	@PoolElement("messages")
	static class MessageElement implements PoolSessionHandler {

		@Override
		public void message(ElementSession session, UserMessage message) {
			session.close();
		}

	}

	/**
	 * As gRPC generates it.
	 */
	public static final class ShopGrpc {

		private ShopGrpc() {
		}

		public static ShopBlockingStub newBlockingStub(Channel channel) {
			return new ShopBlockingStub(channel, CallOptions.DEFAULT);
		}

		/**
		 * A stub.
		 */
		public static final class ShopBlockingStub extends AbstractBlockingStub<ShopBlockingStub> {

			private ShopBlockingStub(Channel channel, CallOptions options) {
				super(channel, options);
			}

			@Override
			protected ShopBlockingStub build(Channel channel, CallOptions options) {
				return new ShopBlockingStub(channel, options);
			}

		}

	}

	@PoolElement("shop")
	static class ShopService implements BindableService {

		@Override
		public ServerServiceDefinition bindService() {
			return ServerServiceDefinition.builder("test.Shop").build();
		}

	}

	interface Letters {

		Int64Value send(StringValue letter);

	}

	record LetterUser(@PoolUser("letters") Letters letters) {
	}

	record StubUser(@PoolUser("shop") ShopGrpc.ShopBlockingStub shop) {
	}

	record SessionUser(@PoolUser("orders") PoolSessions<Orders> orders) {
	}

	static class BaseState {

		protected long started;

	}

	@PoolSessionScope
	static class OrderState extends BaseState {

		private final Map<String, Part> parts = new HashMap<>();

		private transient Collaborator collaborator;

		Map<String, Part> parts() {
			return this.parts;
		}

		@Autowired
		void setCollaborator(ObjectProvider<Collaborator> collaborator) {
			this.collaborator = collaborator.getIfAvailable();
		}

		Collaborator collaborator() {
			return this.collaborator;
		}

	}

	static class Collaborator {

	}

	static class Part {

		private Order[] orders;

		private Part next;

		Order[] orders() {
			return (this.next != null) ? this.next.orders() : this.orders;
		}

	}

	record RequestUser(@PoolUser("orders") Requests requests) {
	}

	@PoolElement("orders")
	static class OrderElement implements Orders, AutoCloseable {

		@Override
		public CompletableFuture<Integer> place(Order order) {
			return CompletableFuture.completedFuture(order.lines().size());
		}

		@Override
		public List<Line> lines(int number) {
			return List.of();
		}

		@Override
		public void close() {
		}

	}

}
