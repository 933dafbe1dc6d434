package org.rserpool.spring.element;

import java.io.IOException;
import java.lang.reflect.Type;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.rserpool.rpc.CborPayloadCodec;
import org.rserpool.rpc.JsonPayloadCodec;
import org.rserpool.rpc.RpcInvocation;
import org.rserpool.rpc.UnknownMethodException;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ServiceHandlerTests {

	private static final String NAME = Service.class.getName();

	private final CborPayloadCodec codec = new CborPayloadCodec();

	private final ServiceImplementation bean = new ServiceImplementation();

	private final ServiceHandler handler = new ServiceHandler(this.bean, List.of(Service.class), this.codec);

	@Test
	void whenAMethodIsCalledThenItsResultIsEncoded() {
		assertThat(call("/add(int,java.lang.Integer)", int.class, 1, 2)).isEqualTo(3);
	}

	@Test
	void whenAPoolUserHasAnotherFormatThenBothAreNamed() {
		JsonPayloadCodec json = new JsonPayloadCodec();
		byte[] payload = json.encodeArguments(new Class<?>[] { String.class }, new Object[] { "abc" });
		RpcInvocation invocation = new RpcInvocation(PoolHandle.of("pool"), NAME + "/size(java.lang.String)", payload,
				Map.of("payload", "json"), Duration.ofSeconds(1), new InetSocketAddress(0));
		assertThat(this.handler.handle(invocation)).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingCause()
			.withMessage(
					NAME + "/size(java.lang.String): its pool user encodes payloads in json, and the element of pool"
							+ " pool in cbor; both need the same (rserpool.payload, or the bean of type PayloadCodec)");
		assertThat(new ServiceHandler(this.bean, List.of(Service.class), json).handle(invocation))
			.isCompletedWithValueMatching((result) -> result[0] == '3');
	}

	@Test
	void whenMethodsAreOverloadedThenTheirTypesTellThemApart() {
		assertThat(call("/size(byte[])", int.class, (Object) new byte[] { 1, 2 })).isEqualTo(2);
		assertThat(call("/size(java.lang.String)", int.class, "abc")).isEqualTo(3);
	}

	@Test
	void whenAnArgumentIsGenericThenItsDeclaredTypeIsMade() {
		assertThat(call("/names(java.util.List)", String.class, List.of(new Person("a"), new Person("b"))))
			.isEqualTo("a,b");
	}

	@Test
	void whenATypeIsThatOfAnInheritedInterfaceThenItIsResolved() {
		String identity = Store.class.getName() + "/name(java.lang.Object)";
		assertThat(this.codec.decodeResult(String.class, invoke(identity, new Person("a")).join())).isEqualTo("a");
	}

	@Test
	void whenTheResultIsVoidThenNothingIsSent() {
		assertThat(invoke(NAME + "/nothing()").join()).isEmpty();
	}

	@Test
	void whenTheResultIsOptionalThenItsValueIsSent() {
		assertThat(call("/find(boolean)", String.class, true)).isEqualTo("found");
		assertThat(call("/find(boolean)", String.class, false)).isNull();
	}

	@Test
	void whenTheResultComesLaterThenItIsSentThen() {
		CompletableFuture<byte[]> answer = invoke(NAME + "/later()");
		assertThat(answer).isNotDone();
		this.bean.later.complete("now");
		assertThat(this.codec.decodeResult(String.class, answer.join())).isEqualTo("now");
	}

	@Test
	void whenTheCallIsCancelledThenTheStageIs() {
		invoke(NAME + "/later()").cancel(true);
		assertThat(this.bean.later).isCancelled();
	}

	@Test
	void whenAMethodThrowsThenTheExceptionIsThatOfTheCall() {
		assertThatThrownBy(() -> invoke(NAME + "/fail()").join()).isInstanceOf(CompletionException.class)
			.cause()
			.isInstanceOf(IOException.class)
			.hasMessage("broken");
	}

	@Test
	void whenAStageFailsThenTheExceptionIsThatOfTheCall() {
		CompletableFuture<byte[]> answer = invoke(NAME + "/later()");
		this.bean.later.completeExceptionally(new CompletionException(new IllegalStateException("broken")));
		assertThatThrownBy(answer::join).cause().isInstanceOf(IllegalStateException.class).hasMessage("broken");
	}

	@Test
	void whenAStageIsNullThenTheMethodIsNamed() {
		assertThatThrownBy(() -> invoke(NAME + "/missing()").join()).cause()
			.hasMessage(NAME + "/missing() returned null in place of a stage");
	}

	@Test
	void whenTheMethodIsNotOfferedThenItIsUnknown() {
		for (String identity : List.of(NAME + "/other()", NAME + "/hidden()", NAME + "/local()",
				"java.lang.Object/hashCode()", "java.lang.Runtime/exit(int)", "")) {
			assertThatThrownBy(() -> invoke(identity).join()).as(identity)
				.cause()
				.isInstanceOf(UnknownMethodException.class)
				.hasMessageContaining("pool test")
				.hasMessageContaining(NAME + "/add(int,java.lang.Integer)");
		}
		assertThat(this.bean.hidden).isFalse();
	}

	@Test
	void whenTheArgumentsDoNotDecodeThenTheMethodIsNotCalled() {
		byte[] nonsense = { (byte) 0x9f };
		assertThatThrownBy(() -> invokeRaw(NAME + "/nothing()", nonsense).join()).cause()
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining(NAME + "/nothing() (cbor): The arguments cannot be decoded");
		assertThatThrownBy(() -> invoke(NAME + "/add(int,java.lang.Integer)", "a", "b").join()).cause()
			.isInstanceOf(IllegalArgumentException.class);
		assertThat(this.bean.called).isFalse();
	}

	@Test
	void whenTheResultDoesNotEncodeThenTheMethodIsNamed() {
		assertThatThrownBy(() -> invoke(NAME + "/cycle()").join()).cause()
			.isInstanceOf(IllegalStateException.class)
			.hasMessageContaining(NAME + "/cycle() (cbor): The result cannot be encoded");
	}

	@Test
	void whenTwoMethodsCannotBeToldApartThenBothAreNamed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ServiceHandler(this.bean, List.of(Service.class, Numbers.class), this.codec))
			.withMessageContaining("Two methods cannot be told apart")
			.withMessageContaining(Store.class.getName() + "/name(java.lang.Object)")
			.withMessageContaining(Numbers.class.getName());
	}

	@Test
	void whenOneMethodIsInheritedTwiceThenItIsOne() {
		assertThat(new ServiceHandler(this.bean, List.of(Service.class, Persons.class), this.codec)).isNotNull();
	}

	@Test
	void whenAResultIsAStreamThenItIsRefused() {
		for (Class<?> service : List.of(Streaming.class, Publishing.class)) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> new ServiceHandler(this.bean, List.of(service), this.codec))
				.withMessageContaining(service.getName())
				.withMessageContaining("cannot be sent");
		}
	}

	private Object call(String method, Type resultType, Object... arguments) {
		return this.codec.decodeResult(resultType, invoke(NAME + method, arguments).join());
	}

	private CompletableFuture<byte[]> invoke(String identity, Object... arguments) {
		return invokeRaw(identity, this.codec
			.encodeArguments(Arrays.stream(arguments).map(Object::getClass).toArray(Type[]::new), arguments));
	}

	private CompletableFuture<byte[]> invokeRaw(String identity, byte[] payload) {
		RpcInvocation invocation = new RpcInvocation(PoolHandle.of("test"), identity, payload, Map.of(),
				Duration.ofSeconds(1), InetSocketAddress.createUnresolved("user", 1));
		return this.handler.handle(invocation).toCompletableFuture();
	}

	record Person(String name) {
	}

	static class Cycle {

		public Cycle getSelf() {
			return this;
		}

	}

	interface Store<T> {

		String name(T value);

	}

	interface Persons extends Store<Person> {

	}

	interface Numbers extends Store<Integer> {

	}

	interface Streaming {

		Stream<String> stream();

	}

	interface Publishing {

		Stream<String> publish();

	}

	interface Service extends Persons {

		int add(int first, Integer second);

		int size(byte[] octets);

		int size(String text);

		String names(List<Person> persons);

		void nothing();

		Optional<String> find(boolean found);

		CompletionStage<String> later();

		CompletionStage<String> missing();

		void fail() throws IOException;

		Cycle cycle();

		default String local() {
			return "local";
		}

	}

	static class ServiceImplementation implements Service {

		private final CompletableFuture<String> later = new CompletableFuture<>();

		private boolean called;

		private boolean hidden;

		public void hidden() {
			this.hidden = true;
		}

		@Override
		public String name(Person value) {
			return value.name();
		}

		@Override
		public int add(int first, Integer second) {
			this.called = true;
			return first + second;
		}

		@Override
		public int size(byte[] octets) {
			return octets.length;
		}

		@Override
		public int size(String text) {
			return text.length();
		}

		@Override
		public String names(List<Person> persons) {
			return String.join(",", persons.stream().map(Person::name).toList());
		}

		@Override
		public void nothing() {
			this.called = true;
		}

		@Override
		public Optional<String> find(boolean found) {
			return found ? Optional.of("found") : Optional.empty();
		}

		@Override
		public CompletionStage<String> later() {
			return this.later;
		}

		@Override
		public CompletionStage<String> missing() {
			return null;
		}

		@Override
		public void fail() throws IOException {
			throw new IOException("broken");
		}

		@Override
		public Cycle cycle() {
			return new Cycle();
		}

	}

}
