package org.rserpool.test;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.hunt.Home;
import org.rserpool.hunt.HuntFailure;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.hunt.RegistrarHuntListener;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;

class RegistrarHuntTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final SimulatedScope scope = new SimulatedScope(1);

	private final List<String> events = new ArrayList<>();

	private final ScriptedRegistrar first = new ScriptedRegistrar(this.scope, "r1");

	private final ScriptedRegistrar second = new ScriptedRegistrar(this.scope, "r2");

	private RegistrarHunt hunt;

	private Attempts attempts;

	@Test
	@Conformance("PU42")
	void findsTheRegistrarThatListens() {
		this.second.process.start();
		hunt(this.first.address(), this.second.address());
		this.scope.run(SECOND);
		assertThat(this.hunt.home()).isNotNull();
		assertThat(this.hunt.home().address()).isEqualTo(this.second.address());
		assertThat(this.hunt.home().identifier()).isNull();
	}

	@Test
	void hasThreeAttemptsAtATimeAtMost() {
		InetSocketAddress[] dark = IntStream.range(100, 108)
			.mapToObj((i) -> new InetSocketAddress(SimulatedScope.address(i), 3863))
			.toArray(InetSocketAddress[]::new);
		hunt(dark);
		this.scope.run(Duration.ofSeconds(30));
		assertThat(this.attempts.most).isEqualTo(HuntSettings.MAXIMUM_ATTEMPTS);
		assertThat(this.attempts.tried).containsExactlyInAnyOrder(dark);
	}

	@Test
	void doublesTheTimeForAttemptsUpToItsMaximum() {
		hunt(new InetSocketAddress(SimulatedScope.address(100), 3863));
		this.scope.run(Duration.ofSeconds(36));
		assertThat(this.events).containsExactly("1000 nothing", "3000 nothing", "7000 nothing", "15000 nothing",
				"25000 nothing", "35000 nothing");
	}

	@Test
	void saysWhatEachAddressSaid() {
		this.first.process.start();
		this.first.process.crash();
		hunt(this.first.address(), this.second.address());
		this.scope.run(Duration.ofSeconds(2));
		assertThat(this.hunt.home()).isNull();
		assertThat(this.hunt.failures()).extracting(HuntFailure::toString)
			.anyMatch((text) -> text.startsWith("10.0.0.1:3863 (connection refused"))
			.anyMatch((text) -> text.startsWith("10.0.0.2:3863 (no answer within"));
	}

	@Test
	void triesAgainSoonAfterAllRefused() {
		this.first.process.start();
		this.first.process.crash();
		hunt(this.first.address());
		this.scope.run(Duration.ofMillis(300));
		this.first.process.start();
		assertThat(this.scope.runUntil(() -> this.hunt.home() != null, SECOND)).isTrue();
	}

	@Test
	void keepsQuietWithoutAnyAddress() {
		hunt();
		this.scope.run(Duration.ofSeconds(60));
		assertThat(this.events).containsExactly("0 nothing");
	}

	@Test
	void goesToAnotherRegistrarWhenTheHomeIsLost() {
		this.first.process.start();
		hunt(this.first.address(), this.second.address());
		this.scope.run(SECOND);
		this.second.process.start();
		this.first.process.crash();
		assertThat(this.scope.runUntil(
				() -> this.hunt.home() != null && this.hunt.home().address().equals(this.second.address()), SECOND))
			.isTrue();
		assertThat(this.events).element(1).asString().endsWith("lost 10.0.0.1: reset by the peer");
	}

	@Test
	void replacesAHomeThatDoesNotAnswer() {
		this.first.process.start();
		hunt(this.first.address(), this.second.address());
		this.scope.run(SECOND);
		this.second.process.start();
		this.first.process.hang();
		this.hunt.doubt(this.hunt.home().association(), "no answer");
		assertThat(this.hunt.home().address()).isEqualTo(this.first.address());
		this.scope.run(SECOND);
		assertThat(this.hunt.home().address()).isEqualTo(this.second.address());
	}

	@Test
	void keepsAHomeThatAnswersAfterAll() {
		this.first.process.start();
		hunt(this.first.address(), this.second.address());
		this.scope.run(SECOND);
		this.hunt.doubt(this.hunt.home().association(), "no answer");
		this.first.sendToAll(new AsapMessage.EndpointKeepAlive(false, 7, PoolHandle.of("p"), 1));
		this.scope.run(Duration.ofMillis(100));
		this.second.process.start();
		this.scope.run(Duration.ofSeconds(20));
		assertThat(this.hunt.home().address()).isEqualTo(this.first.address());
		assertThat(this.hunt.home().identifier()).isEqualTo(7);
	}

	@Test
	void adoptsARegistrarThatCame() {
		this.first.process.start();
		this.second.process.start();
		hunt(this.first.address());
		InetSocketAddress listening = this.hunt.listen(new InetSocketAddress("0.0.0.0", 0)).get(0);
		this.scope.run(SECOND);
		Association association = this.second
			.connect(new InetSocketAddress(SimulatedScope.address(3), listening.getPort()));
		this.hunt.addListener(new RegistrarHuntListener() {

			@Override
			public void message(Association by, AsapMessage message) {
				if (message instanceof AsapMessage.EndpointKeepAlive keepAlive) {
					RegistrarHuntTests.this.hunt.adopt(by, keepAlive.registrar());
				}
			}

		});
		this.second.send(association, new AsapMessage.EndpointKeepAlive(true, 9, PoolHandle.of("p"), 1));
		this.scope.run(SECOND);
		assertThat(this.hunt.home().identifier()).isEqualTo(9);
		assertThat(this.first.associations).isEmpty();
		assertThat(this.hunt.send(new AsapMessage.Deregistration(PoolHandle.of("p"), 1))).isTrue();
		this.scope.run(SECOND);
		assertThat(this.second.received(AsapMessage.Deregistration.class)).hasSize(1);
	}

	@Test
	void answersOnlySomeOfWhatIsNoMessage() {
		this.first.process.start();
		hunt(this.first.address());
		this.scope.run(SECOND);
		for (int i = 0; i < 100; i++) {
			// A message of an unknown type that asks for a report.
			this.first.associations.get(0)
				.send(new UserMessage(UserMessage.ASAP, ByteBuffer.wrap(new byte[] { 0x7f, 0, 0, 4 })));
		}
		this.scope.run(SECOND);
		assertThat(this.first.received(AsapMessage.Error.class)).hasSize(10);
		assertThat(this.hunt.home()).isNotNull();
	}

	@Test
	void sendsNothingWithoutAHome() {
		hunt(this.first.address());
		assertThat(this.hunt.send(new AsapMessage.Deregistration(PoolHandle.of("p"), 1))).isFalse();
	}

	private void hunt(InetSocketAddress... registrars) {
		this.scope.process("x", (runtime) -> {
			this.attempts = new Attempts(runtime);
			this.hunt = new RegistrarHunt(this.attempts, ScriptedRegistrar.CODEC, HuntSettings.of(List.of(registrars)));
			this.hunt.addListener(new Recorder());
			this.hunt.start();
		}).start();
	}

	private final class Recorder implements RegistrarHuntListener {

		@Override
		public void homeFound(Home home) {
			add("found " + home.address().getHostString());
		}

		@Override
		public void homeLost(Home home, String reason) {
			add("lost " + home.address().getHostString() + ": " + reason);
		}

		@Override
		public void nothingFound(List<HuntFailure> failures) {
			add("nothing");
		}

		private void add(String event) {
			RegistrarHuntTests.this.events.add(RegistrarHuntTests.this.scope.time().toMillis() + " " + event);
		}

	}

	/**
	 * Counts the attempts that are pending.
	 */
	private static final class Attempts implements RoleRuntime {

		private final RoleRuntime runtime;

		private final Set<Association> pending = new LinkedHashSet<>();

		private final Set<InetSocketAddress> tried = new LinkedHashSet<>();

		private int most;

		private Attempts(RoleRuntime runtime) {
			this.runtime = runtime;
		}

		@Override
		public long nanoTime() {
			return this.runtime.nanoTime();
		}

		@Override
		public Timer schedule(Duration delay, Runnable task) {
			return this.runtime.schedule(delay, task);
		}

		@Override
		public RandomGenerator random() {
			return this.runtime.random();
		}

		@Override
		public Endpoint open(EndpointSpecification specification, EndpointListener listener) {
			Endpoint endpoint = this.runtime.open(specification, new EndpointListener() {

				@Override
				public void up(Association association) {
					Attempts.this.pending.remove(association);
					listener.up(association);
				}

				@Override
				public void message(Association association, UserMessage message) {
					listener.message(association, message);
				}

				@Override
				public void down(Association association, DownReason reason, String detail) {
					Attempts.this.pending.remove(association);
					listener.down(association, reason, detail);
				}

			});
			return new Endpoint() {

				@Override
				public TransportProtocol protocol() {
					return endpoint.protocol();
				}

				@Override
				public List<InetSocketAddress> localAddresses() {
					return endpoint.localAddresses();
				}

				@Override
				public Association associate(List<InetSocketAddress> peer) {
					Association association = endpoint.associate(peer);
					Attempts.this.pending.removeIf((other) -> other.send(new UserMessage(UserMessage.ASAP,
							ByteBuffer.allocate(0))) == Association.SendResult.CLOSED);
					Attempts.this.pending.add(association);
					Attempts.this.tried.addAll(peer);
					Attempts.this.most = Math.max(Attempts.this.most, Attempts.this.pending.size());
					return association;
				}

				@Override
				public void stopListening() {
					endpoint.stopListening();
				}

				@Override
				public void close() {
					endpoint.close();
				}

			};
		}

	}

}
