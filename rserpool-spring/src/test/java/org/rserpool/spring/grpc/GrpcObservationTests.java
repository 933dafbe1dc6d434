package org.rserpool.spring.grpc;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.rpc.CallOutcome;
import org.rserpool.rpc.EndedCall;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.grpc.RawGrpcElement.Behaviour;
import org.rserpool.spring.observation.PoolObservation;
import org.rserpool.spring.observation.Traces;
import org.rserpool.spring.user.PoolUserSettings;
import org.rserpool.transport.RoleLoop;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls by gRPC are observed, and each attempt takes its own trace context along.
 */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class GrpcObservationTests {

	private static final PoolHandle SHOP = PoolHandle.of("shop");

	private final List<AutoCloseable> open = new ArrayList<>();

	private final Traces traces = new Traces();

	private final ObservationRegistry observations = ObservationRegistry.create();

	private final List<EndedCall> told = Collections.synchronizedList(new ArrayList<>());

	private RawGrpcElement first;

	private RawGrpcElement second;

	private ManagedChannel channel;

	@BeforeEach
	void start() throws Exception {
		this.observations.observationConfig().observationHandler(this.traces);
		RoleLoop loop = add(RoleLoop.start("registrar"));
		InetSocketAddress loopback = new InetSocketAddress("127.0.0.1", 0);
		RegistrarRole registrar = loop.call(() -> {
			RegistrarRole started = new RegistrarRole(loop,
					RegistrarSettings.builder().asapListen(List.of(loopback)).enrpListen(List.of(loopback)).build(),
					new RegistrarListener() {
					});
			started.start();
			return started;
		});
		NodeSettings.Builder settings = NodeSettings
			.builder(List.of(loop.call(() -> registrar.snapshot().asapAddresses().get(0))))
			.listen(loopback);
		RSerPoolNode elements = add(RSerPoolNode.start(settings.name("elements").build()));
		this.first = add(new RawGrpcElement(elements, SHOP, "first", "grpc"));
		this.second = add(new RawGrpcElement(elements, SHOP, "second", "grpc"));
		Awaitility.await()
			.until(() -> loop.call(
					() -> registrar.snapshot().pools().stream().mapToInt((pool) -> pool.elements().size()).sum()) == 2);
		RSerPoolNode user = add(RSerPoolNode.start(settings.name("user").callListener(this.told::add).build()));
		PoolChannels channels = new PoolChannels(() -> user,
				(name) -> new PoolUserSettings(name, Duration.ofSeconds(30), 3, Set.of()), Duration.ofSeconds(20),
				this.observations);
		this.open.add(channels::destroy);
		NettyChannelBuilder builder = NettyChannelBuilder.forTarget("rserpool:///shop").usePlaintext();
		channels.configure("rserpool:///shop", builder);
		Metadata outer = new Metadata();
		outer.put(RawGrpcElement.TRACE, "the trace context of the whole call");
		builder.intercept(MetadataUtils.newAttachHeadersInterceptor(outer));
		this.channel = builder.build();
		this.open.add(this.channel::shutdownNow);
	}

	@AfterEach
	void close() throws Exception {
		Collections.reverse(this.open);
		for (AutoCloseable each : this.open) {
			each.close();
		}
	}

	@Test
	void eachAttemptIsAChildOfItsCallWithATraceOfItsOwn() {
		this.first.behave(Behaviour.BREAK);
		Observation outer = Observation.start("outer", this.observations);
		outer.scoped(() -> {
			while (this.first.calls() == 0) {
				assertThat(call(TestMethods.FIND)).startsWith("second");
			}
		});
		Observation.Context call = call("attempts", "2");
		assertThat(Traces.value(call, "pool")).isEqualTo("shop");
		assertThat(Traces.value(call, "binding")).isEqualTo("grpc");
		assertThat(Traces.value(call, "method")).isEqualTo("test.Shop/Find");
		assertThat(Traces.value(call, "outcome")).isEqualTo("ANSWERED");
		assertThat(this.traces.events(call)).containsExactly("failover");
		assertThat(Traces.parent(call)).isSameAs(outer.getContext());
		List<Observation.Context> attempts = this.traces.attempts(call);
		assertThat(attempts).extracting((attempt) -> Traces.value(attempt, "outcome"))
			.containsExactly("UNKNOWN", "ANSWERED");
		assertThat(attempts).allSatisfy((attempt) -> {
			assertThat(Traces.value(attempt, "binding")).isEqualTo("grpc");
			assertThat(Traces.value(attempt, "address")).startsWith("127.0.0.1:");
		});
		assertThat(this.traces.events(attempts.get(0))).containsExactly("endpoint-unreachable", "failed");
		assertThat(this.first.traces()).containsExactly(Traces.id(attempts.get(0)));
		assertThat(this.second.traces()).last().isEqualTo(Traces.id(attempts.get(1)));
	}

	@Test
	void aCallThatIsNotMadeAgainEndsWithItsAttempt() {
		this.first.behave(Behaviour.BREAK);
		this.second.behave(Behaviour.BREAK);
		assertThatExceptionOfType(StatusRuntimeException.class).isThrownBy(() -> call(TestMethods.ADD));
		Observation.Context call = call("attempts", "1");
		assertThat(Traces.value(call, "outcome")).isEqualTo("UNKNOWN");
		assertThat(call.getError()).isNotNull();
		assertThat(this.traces.attempts(call)).singleElement()
			.satisfies((attempt) -> assertThat(this.traces.events(attempt)).containsExactly("endpoint-unreachable",
					"failed"));
	}

	@Test
	void aCallThatRunsOutOfTimeEndsWithItsAttemptAndIsTold() {
		call(TestMethods.FIND);
		call(TestMethods.FIND);
		this.first.behave(Behaviour.HANG);
		this.second.behave(Behaviour.HANG);
		CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(2, TimeUnit.SECONDS);
		assertThatExceptionOfType(StatusRuntimeException.class)
			.isThrownBy(() -> ClientCalls.blockingUnaryCall(this.channel, TestMethods.FIND, options, "a"));
		Observation.Context call = call("outcome", "DEADLINE");
		assertThat(this.traces.attempts(call)).singleElement()
			.satisfies((attempt) -> assertThat(this.traces.events(attempt)).containsExactly("failed"));
		Awaitility.await().until(() -> this.told.size() == 3);
		assertThat(this.told.get(2).outcome()).isIn(CallOutcome.DEADLINE, CallOutcome.UNKNOWN);
	}

	private Observation.Context call(String key, String value) {
		List<Observation.Context> found = new ArrayList<>();
		Awaitility.await().until(() -> {
			this.traces.of(PoolObservation.CLIENT)
				.stream()
				.filter((call) -> Traces.value(call, key).equals(value))
				.forEach(found::add);
			return !found.isEmpty();
		});
		return found.get(0);
	}

	private String call(MethodDescriptor<String, String> method) {
		return ClientCalls.blockingUnaryCall(this.channel, method, CallOptions.DEFAULT, "a");
	}

	private <T extends AutoCloseable> T add(T closeable) {
		this.open.add(closeable);
		return closeable;
	}

}
