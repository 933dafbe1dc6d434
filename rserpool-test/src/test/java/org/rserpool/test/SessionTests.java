package org.rserpool.test;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.ElementChannel;
import org.rserpool.session.ElementChannelListener;
import org.rserpool.session.ElementChannels;
import org.rserpool.session.PoolSession;
import org.rserpool.session.PoolSessionListener;
import org.rserpool.session.SessionEndpoint;
import org.rserpool.session.SessionSettings;
import org.rserpool.user.PoolUserRole;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.EndpointUnreachable;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SessionTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final int DATA = 99;

	private final SimulatedScope scope = new SimulatedScope(1);

	private final List<String> events = new ArrayList<>();

	private final Service one = new Service("e1");

	private final Service two = new Service("e2");

	private boolean inUse;

	private RoleRuntime runtime;

	private ElementChannels channels;

	private final SimulatedProcess user = this.scope.process("u", (newRuntime) -> {
		this.runtime = newRuntime;
		this.channels = new ElementChannels(newRuntime, SessionSettings.DEFAULT, new Recorder());
	});

	@Test
	void carriesMessagesThatWereSentBeforeItWasUp() {
		start();
		ElementChannel channel = open(this.one);
		assertThat(channel.up()).isFalse();
		assertThat(channel.send(message("a"))).isEqualTo(SendResult.QUEUED);
		this.scope.run(SECOND);
		assertThat(channel.up()).isTrue();
		assertThat(this.events).containsExactly("up e1", "message e1 a");
		assertThat(open(this.one)).isSameAs(channel);
	}

	@Test
	void earlyMessageArrivesBeforeTheElementIsKnownToBeThere() {
		start();
		ElementChannel channel = open(this.one);
		channel.send(message("a"));
		channel.send(new UserMessage(DATA, 0, false, true, message("b").data()));
		while (this.one.received.isEmpty()) {
			this.scope.run(Duration.ofNanos(1_000));
		}
		assertThat(channel.up()).isFalse();
		this.scope.run(SECOND);
		assertThat(this.events).containsExactly("up e1", "message e1 b", "message e1 a");
	}

	@Test
	void opensAnotherChannelToAnElementThatMoved() {
		start();
		ElementChannel channel = open(this.one);
		PoolElement moved = new PoolElement(1, 0, 30_000, new Transport.Tcp(8080, this.two.process.address()),
				MemberSelectionPolicy.ROUND_ROBIN, null);
		assertThat(this.channels.channel(POOL, moved)).isNotSameAs(channel);
	}

	@Test
	void refusesAnElementThatItCannotReach() {
		start();
		PoolElement element = new PoolElement(7, 0, 30_000, new Transport.Udp(1, this.one.process.address()),
				MemberSelectionPolicy.ROUND_ROBIN, null);
		assertThatIllegalArgumentException().isThrownBy(() -> this.channels.channel(POOL, element))
			.withMessageContaining("0x00000007 of pool echo cannot be reached by TCP");
	}

	@Test
	void givesUpAnElementThatHangsWithinASecond() {
		start();
		open(this.one);
		this.scope.run(Duration.ofSeconds(5));
		this.one.process.hang();
		this.scope.run(SECOND);
		assertThat(this.events).element(1).asString().startsWith("down e1 TIMEOUT silent for ");
	}

	@Test
	void givesUpAnElementWithoutPower() {
		start();
		open(this.one);
		this.scope.run(Duration.ofSeconds(5));
		this.one.process.powerOff();
		this.scope.run(SECOND);
		assertThat(this.events).element(1).asString().startsWith("down e1 TIMEOUT silent for ");
	}

	@Test
	void doesNotBlameTheElementWhenTheUserItselfHung() {
		start();
		ElementChannel channel = open(this.one);
		this.scope.run(SECOND);
		this.user.hang();
		this.scope.run(Duration.ofSeconds(5));
		this.user.resume();
		this.scope.run(Duration.ofSeconds(5));
		assertThat(channel.up()).isTrue();
		assertThat(this.events).containsExactly("up e1");
	}

	@Test
	@Conformance("PU26")
	void tellsWhatWasNotSentToAnElementThatCannotBeReached() {
		start();
		this.one.process.powerOff();
		open(this.one).send(message("a"));
		this.scope.run(Duration.ofMillis(600));
		assertThat(this.events).containsExactly("unsent e1 a", "down e1 CANNOT_START not established within 500 ms");
	}

	@Test
	@Conformance("PU26")
	void tellsARefusedChannelSoon() {
		start();
		this.one.process.crash();
		open(this.one).send(message("a"));
		this.scope.run(Duration.ofMillis(10));
		assertThat(this.events).hasSize(2);
		assertThat(this.events.get(0)).isEqualTo("unsent e1 a");
		assertThat(this.events.get(1)).startsWith("down e1 CANNOT_START connection refused");
	}

	@Test
	void closesAChannelThatIsIdle() {
		start();
		open(this.one);
		this.scope.run(Duration.ofSeconds(29));
		assertThat(this.channels.channels()).hasSize(1);
		this.scope.run(Duration.ofSeconds(2));
		assertThat(this.channels.channels()).isEmpty();
		assertThat(this.events).containsExactly("up e1", "down e1 SHUTDOWN idle");
		assertThat(this.one.endpoint.users()).isZero();
	}

	@Test
	void keepsAChannelThatIsInUseHoweverLongNothingIsSent() {
		start();
		open(this.one);
		this.inUse = true;
		this.scope.run(Duration.ofSeconds(100));
		assertThat(this.channels.channels()).hasSize(1);
		this.inUse = false;
		this.scope.run(Duration.ofSeconds(40));
		assertThat(this.events).containsExactly("up e1", "down e1 SHUTDOWN idle");
	}

	@Test
	void givesUpAChannelThatIsInUseWhenTheElementIsSilent() {
		start();
		open(this.one);
		this.inUse = true;
		this.scope.run(Duration.ofSeconds(100));
		this.one.process.hang();
		this.scope.run(SECOND);
		assertThat(this.events).element(1).asString().startsWith("down e1 TIMEOUT silent for ");
	}

	@Test
	void endpointThatStopsListeningKeepsItsUsersAndRefusesOthers() {
		start();
		ElementChannel channel = open(this.one);
		this.scope.run(SECOND);
		this.one.endpoint.stopListening();
		this.one.endpoint.stopListening();
		channel.send(message("a"));
		this.channels.channel(PoolHandle.of("other"), this.one.element()).send(message("b"));
		this.scope.run(SECOND);
		assertThat(this.one.endpoint.localAddresses()).isEmpty();
		assertThat(this.events.get(0)).isEqualTo("up e1");
		assertThat(this.events.subList(1, 4)).contains("message e1 a", "unsent e1 b")
			.anySatisfy((event) -> assertThat(event).startsWith("down e1 CANNOT_START connection refused"));
		assertThat(channel.up()).isTrue();
	}

	@Test
	void endsAChannelInOrder() {
		start();
		ElementChannel channel = open(this.one);
		channel.send(message("a"));
		this.scope.run(SECOND);
		channel.close();
		assertThat(channel.send(message("b"))).isEqualTo(SendResult.CLOSED);
		this.scope.run(SECOND);
		assertThat(this.events).containsExactly("up e1", "message e1 a", "down e1 SHUTDOWN closed");
	}

	@Test
	void dropsAUserThatIsSilentForLong() {
		start();
		open(this.one);
		this.scope.run(SECOND);
		this.user.hang();
		this.scope.run(Duration.ofSeconds(10));
		assertThat(this.one.endpoint.users()).isEqualTo(1);
		this.scope.run(Duration.ofSeconds(10));
		assertThat(this.one.endpoint.users()).isZero();
	}

	@Test
	@Conformance({ "PU2", "PU25", "PU28", "PU29", "PU49", "C27" })
	void failsOverWithTheNewestCookieFirst() {
		ScriptedRegistrar registrar = new ScriptedRegistrar(this.scope, "r1");
		Session session = session(registrar, this.one, this.two);
		this.one.send(new UserMessage(UserMessage.ASAP, cookie("old")));
		this.one.send(new UserMessage(UserMessage.ASAP, cookie("new")));
		this.scope.run(SECOND);
		assertThat(session.session.cookie()).isEqualTo(Octets.ofText("new"));
		assertThat(session.session.send(message("a"))).isEqualTo(SendResult.QUEUED);
		this.scope.run(SECOND);
		this.one.process.crash();
		this.scope.run(SECOND);
		session.session.send(message("b"));
		this.scope.run(SECOND);
		assertThat(session.events).containsExactly("connected null -> 1", "message a", "lost 1", "connected 1 -> 2",
				"message b");
		assertThat(this.two.received).first()
			.isEqualTo("11 "
					+ Octets.copyOf(ScriptedRegistrar.CODEC.encode(new AsapMessage.CookieEcho(Octets.ofText("new"))))
						.toHex());
		assertThat(registrar.received(EndpointUnreachable.class)).containsExactly(new EndpointUnreachable(POOL, 1));
	}

	@Test
	void failsWhenNoElementIsFoundForTooLong() {
		ScriptedRegistrar registrar = new ScriptedRegistrar(this.scope, "r1");
		Session session = session(registrar, this.one);
		this.one.process.crash();
		this.scope.run(Duration.ofSeconds(4));
		assertThat(session.session.send(message("a"))).isEqualTo(SendResult.WOULD_BLOCK);
		this.scope.run(Duration.ofSeconds(4));
		assertThat(session.events).last().asString().startsWith("failed");
		assertThat(session.session.send(message("a"))).isEqualTo(SendResult.CLOSED);
	}

	@Test
	void findsItsOnlyElementAgain() {
		ScriptedRegistrar registrar = new ScriptedRegistrar(this.scope, "r1");
		Session session = session(registrar, this.one);
		this.one.process.crash();
		this.scope.run(SECOND);
		this.one.process.start();
		this.scope.run(Duration.ofSeconds(3));
		assertThat(session.events).first().isEqualTo("connected null -> 1");
		assertThat(session.events).last().isEqualTo("connected 1 -> 1");
	}

	@Test
	@Conformance("C28")
	void keepsTheControlChannelForItself() {
		Session session = session(new ScriptedRegistrar(this.scope, "r1"), this.one);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> session.session.send(new UserMessage(UserMessage.ASAP, cookie("x"))));
	}

	private Session session(ScriptedRegistrar registrar, Service... services) {
		start();
		registrar.process.start();
		registrar.pools.put(POOL, List.of(services).stream().map(Service::element).toList());
		RegistrarHunt hunt = new RegistrarHunt(this.runtime, ScriptedRegistrar.CODEC,
				HuntSettings.of(List.of(registrar.address())));
		PoolUserRole role = new PoolUserRole(this.runtime, hunt, UserSettings.DEFAULT);
		hunt.start();
		role.start();
		Session session = new Session(role);
		session.session.open();
		this.scope.run(SECOND);
		return session;
	}

	private void start() {
		this.one.process.start();
		this.two.process.start();
		this.user.start();
	}

	private ElementChannel open(Service service) {
		return this.channels.channel(POOL, service.element());
	}

	private static UserMessage message(String text) {
		return new UserMessage(DATA, Octets.ofText(text).toBuffer());
	}

	private static ByteBuffer cookie(String text) {
		return ScriptedRegistrar.CODEC.encode(new AsapMessage.Cookie(Octets.ofText(text)));
	}

	/**
	 * An element that sends back what it receives.
	 */
	private final class Service implements EndpointListener {

		private final SimulatedProcess process;

		private final List<String> received = new ArrayList<>();

		private final List<Association> users = new ArrayList<>();

		private SessionEndpoint endpoint;

		private Service(String name) {
			this.process = SessionTests.this.scope.process(name, (newRuntime) -> this.endpoint = SessionEndpoint
				.listen(newRuntime, SessionSettings.DEFAULT, this, this.address()));
		}

		private InetSocketAddress address() {
			return this.process.address(8080);
		}

		private PoolElement element() {
			int identifier = Integer.parseInt(this.process.name().substring(1));
			return new PoolElement(identifier, 0, 30_000, new Transport.Tcp(8080, this.process.address()),
					MemberSelectionPolicy.ROUND_ROBIN, null);
		}

		private void send(UserMessage message) {
			this.users.forEach((association) -> association.send(message));
		}

		@Override
		public void up(Association association) {
			this.users.add(association);
		}

		@Override
		public void message(Association association, UserMessage message) {
			this.received.add(message.payloadProtocol() + " " + Octets.copyOf(message.data()).toHex());
			if (message.payloadProtocol() == DATA) {
				association.send(message);
			}
		}

		@Override
		public void down(Association association, DownReason reason, String detail) {
			this.users.remove(association);
		}

	}

	private final class Recorder implements ElementChannelListener {

		@Override
		public void up(ElementChannel channel) {
			add("up", channel, "");
		}

		@Override
		public void message(ElementChannel channel, UserMessage message) {
			add("message", channel, " " + Octets.copyOf(message.data()));
		}

		@Override
		public boolean inUse(ElementChannel channel) {
			return SessionTests.this.inUse;
		}

		@Override
		public void sendFailed(ElementChannel channel, UserMessage message) {
			add("unsent", channel, " " + Octets.copyOf(message.data()));
		}

		@Override
		public void down(ElementChannel channel, DownReason reason, String detail) {
			add("down", channel, " " + reason + " " + detail);
		}

		private void add(String what, ElementChannel channel, String detail) {
			SessionTests.this.events.add(what + " e" + channel.element().identifier() + detail);
		}

	}

	private final class Session implements PoolSessionListener {

		private final List<String> events = new ArrayList<>();

		private final PoolSession session;

		private Session(PoolUserRole role) {
			this.session = new PoolSession(SessionTests.this.runtime, ScriptedRegistrar.CODEC, role,
					SessionSettings.DEFAULT, POOL, Duration.ofSeconds(5), this);
		}

		@Override
		public void connected(PoolSession by, @Nullable PoolElement from, PoolElement to) {
			this.events.add("connected " + ((from != null) ? from.identifier() : null) + " -> " + to.identifier());
		}

		@Override
		public void message(PoolSession by, UserMessage message) {
			this.events.add("message " + Octets.copyOf(message.data()));
		}

		@Override
		public void lost(PoolSession by, PoolElement element, String reason) {
			this.events.add("lost " + element.identifier());
		}

		@Override
		public void failed(PoolSession by, ResolutionFailure failure) {
			this.events.add("failed " + failure.kind());
		}

	}

}
