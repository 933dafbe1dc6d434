package org.rserpool.test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.BusinessCards;
import org.rserpool.session.ElementChannel;
import org.rserpool.session.ElementChannelListener;
import org.rserpool.session.ElementChannels;
import org.rserpool.session.PoolSession;
import org.rserpool.session.PoolSessionListener;
import org.rserpool.session.SessionEndpoint;
import org.rserpool.session.SessionSettings;
import org.rserpool.user.CachedPool;
import org.rserpool.user.PoolUserRole;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.BusinessCard;
import org.rserpool.wire.AsapMessage.HandleResolution;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Business cards between pool users and pool elements (RFC 5352, section 3.9).
 */
class BusinessCardTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private static final PoolHandle OTHER = PoolHandle.of("other");

	private static final int PORT = 7000;

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final SimulatedScope scope = new SimulatedScope(1);

	private final ScriptedRegistrar registrar = new ScriptedRegistrar(this.scope, "r1");

	private final Map<Integer, Element> elements = new LinkedHashMap<>();

	private final List<Integer> connected = new ArrayList<>();

	private PoolUserRole user;

	private PoolSession session;

	private ElementChannels channels;

	private BusinessCards userCards;

	@BeforeEach
	void startElements() {
		this.registrar.process.start();
		for (int i = 1; i <= 5; i++) {
			this.elements.put(i, new Element(i));
		}
		this.registrar.pools.put(POOL, this.elements.values().stream().map(Element::parameter).toList());
		this.elements.values().forEach((element) -> element.process.start());
		this.scope.run(SECOND);
	}

	@Test
	@Conformance({ "PE39", "PE35" })
	void anElementSendsItsCardWhenCommunicationStarts() {
		this.elements.get(1).present(3, 2);
		Stranger stranger = new Stranger();
		this.scope.run(SECOND);
		assertThat(stranger.cards).singleElement().satisfies((card) -> {
			assertThat(card.poolHandle()).isEqualTo(POOL);
			assertThat(card.elements()).extracting(PoolElement::identifier).containsExactly(1, 3, 2);
			assertThat(card.elements().get(0).userTransport())
				.isEqualTo(new Transport.Tcp(PORT, this.elements.get(1).process.address()));
		});
	}

	@Test
	@Conformance("PE39")
	void anElementThatRecommendsNobodySendsItsCardAllTheSame() {
		this.elements.get(1).present();
		Stranger stranger = new Stranger();
		this.scope.run(SECOND);
		assertThat(stranger.cards).singleElement()
			.satisfies((card) -> assertThat(card.elements()).extracting(PoolElement::identifier).containsExactly(1));
	}

	@Test
	@Conformance("PE40")
	void aCardIsSentByTheControlChannelAndNowhereElse() {
		this.elements.get(1).present(3);
		this.scope.run(Duration.ofSeconds(5));
		assertThat(this.scope.messages(UserMessage.ASAP)).isZero();
		Stranger stranger = new Stranger();
		this.scope.run(SECOND);
		assertThat(stranger.cards).hasSize(1);
		assertThat(this.scope.messages(UserMessage.ASAP)).isEqualTo(1);
	}

	@Test
	void aCardThatChangedIsSentAgainAndOneThatDidNotIsNot() {
		Element element = this.elements.get(1);
		element.present(3);
		Stranger stranger = new Stranger();
		this.scope.run(SECOND);
		element.present(3);
		this.scope.run(SECOND);
		assertThat(stranger.cards).hasSize(1);
		element.present(4, 2);
		this.scope.run(SECOND);
		assertThat(stranger.cards).hasSize(2)
			.last()
			.satisfies(
					(card) -> assertThat(card.elements()).extracting(PoolElement::identifier).containsExactly(1, 4, 2));
	}

	@Test
	@Conformance({ "PU30", "PU2" })
	void theOrderOfTheElementThatFailedIsFollowed() {
		this.elements.values().forEach((element) -> element.present(order(element.identifier)));
		session();
		for (int i = 0; i < 4; i++) {
			this.scope.run(SECOND);
			int present = this.connected.get(this.connected.size() - 1);
			this.elements.get(present).process.crash();
		}
		this.scope.run(SECOND);
		int first = this.connected.get(0);
		assertThat(this.connected).containsExactlyElementsOf(
				IntStream.range(0, 5).mapToObj((i) -> 1 + Math.floorMod(first - 1 - 2 * i, 5)).toList());
	}

	@Test
	@Conformance("PU30")
	void aNewCardChangesTheOrder() {
		session();
		this.scope.run(SECOND);
		int first = this.connected.get(0);
		int one = 1 + first % 5;
		int two = 1 + one % 5;
		this.elements.get(first).present(one, two);
		this.scope.run(SECOND);
		this.elements.get(first).present(two, one);
		this.scope.run(SECOND);
		this.elements.get(first).process.crash();
		this.scope.run(SECOND);
		assertThat(this.connected).containsExactly(first, two);
	}

	@Test
	void whoIsRecommendedButDeadIsSkipped() {
		session();
		this.scope.run(SECOND);
		int first = this.connected.get(0);
		int dead = 1 + first % 5;
		int alive = 1 + dead % 5;
		this.elements.get(first).present(dead, alive);
		this.elements.get(dead).process.crash();
		this.scope.run(SECOND);
		this.elements.get(first).process.crash();
		this.scope.run(Duration.ofSeconds(2));
		assertThat(this.connected).containsExactly(first, alive);
	}

	@Test
	@Conformance("PU30")
	void aPoolThatIsNotKnownIsResolved() {
		this.registrar.pools.put(OTHER, List.of(this.elements.get(5).parameter()));
		session();
		this.scope.run(SECOND);
		Element element = this.elements.get(this.connected.get(0));
		element.cards.put(OTHER, element.parameter(), List.of());
		this.scope.run(SECOND);
		assertThat(this.registrar.received(HandleResolution.class)).extracting(HandleResolution::poolHandle)
			.containsExactly(POOL, OTHER);
		assertThat(this.user.cachedPools()).extracting(CachedPool::pool).contains(OTHER);
		element.cards.put(OTHER, element.parameter(), List.of(this.elements.get(2).parameter()));
		this.scope.run(SECOND);
		assertThat(this.registrar.received(HandleResolution.class)).hasSize(2);
	}

	@Test
	void cardsWithoutEndForceNoMorePoolsThanTheUserRemembers() {
		session();
		this.scope.run(SECOND);
		Element element = this.elements.get(this.connected.get(0));
		for (int i = 0; i < 3_000; i++) {
			element.cards.put(PoolHandle.of("pool" + i), element.parameter(), List.of());
			element.cards.remove(PoolHandle.of("pool" + i), element.identifier);
		}
		this.scope.run(Duration.ofSeconds(5));
		assertThat(this.user.cachedPools()).hasSizeLessThanOrEqualTo(UserSettings.of(Dialect.RFC).maximumPools());
		assertThat(this.user.cachedPools()).extracting(CachedPool::pool).contains(POOL);
	}

	@Test
	@Conformance("PU31")
	void aUserSendsACardOnlyIfItIsAnElement() {
		Element element = this.elements.get(1);
		user();
		this.channels.channel(POOL, element.parameter());
		this.scope.run(SECOND);
		assertThat(element.user.cachedPools()).isEmpty();
		this.registrar.pools.put(OTHER, List.of(this.elements.get(5).parameter()));
		this.userCards.put(OTHER, this.elements.get(5).parameter(), List.of());
		this.scope.run(SECOND);
		assertThat(element.user.cachedPools()).extracting(CachedPool::pool).containsExactly(OTHER);
		this.channels.channel(POOL, this.elements.get(2).parameter());
		this.scope.run(SECOND);
		assertThat(this.elements.get(2).user.cachedPools()).extracting(CachedPool::pool).containsExactly(OTHER);
	}

	@Test
	void aCardRecommendsOnlySoMany() {
		Element element = this.elements.get(1);
		List<PoolElement> many = IntStream.range(0, 33).mapToObj((i) -> element.parameter()).toList();
		assertThatIllegalArgumentException().isThrownBy(() -> element.cards.put(POOL, element.parameter(), many))
			.withMessageContaining("at most 32");
	}

	private static int[] order(int identifier) {
		return IntStream.range(1, 5).map((i) -> 1 + Math.floorMod(identifier - 1 - 2 * i, 5)).toArray();
	}

	private PoolUserRole userRole(RoleRuntime runtime) {
		RegistrarHunt hunt = new RegistrarHunt(runtime, ScriptedRegistrar.CODEC,
				HuntSettings.of(List.of(this.registrar.address())));
		hunt.start();
		PoolUserRole role = new PoolUserRole(runtime, hunt, UserSettings.of(Dialect.RFC));
		role.start();
		return role;
	}

	private void user() {
		this.scope.process("u", (runtime) -> {
			this.user = userRole(runtime);
			this.channels = new ElementChannels(runtime, SessionSettings.DEFAULT, new Deaf());
			this.userCards = new BusinessCards(ScriptedRegistrar.CODEC, this.user);
			this.channels.exchange(this.userCards);
		}).start();
	}

	private void session() {
		this.scope.process("u", (runtime) -> {
			this.user = userRole(runtime);
			this.session = new PoolSession(runtime, ScriptedRegistrar.CODEC, this.user, SessionSettings.DEFAULT, POOL,
					Duration.ofSeconds(30), new Recorder());
			this.session.open();
		}).start();
	}

	/**
	 * An element that does nothing but to present itself.
	 */
	private final class Element {

		private final SimulatedProcess process;

		private final int identifier;

		private PoolUserRole user;

		private BusinessCards cards;

		private Element(int identifier) {
			this.identifier = identifier;
			this.process = BusinessCardTests.this.scope.process("e" + identifier, this::run);
		}

		private void run(RoleRuntime runtime) {
			this.user = userRole(runtime);
			this.cards = new BusinessCards(ScriptedRegistrar.CODEC, this.user);
			SessionEndpoint.listen(runtime, SessionSettings.DEFAULT, new EndpointListener() {

				@Override
				public void message(Association association, UserMessage message) {
					throw new AssertionError("A card is not for the service");
				}

				@Override
				public void down(Association association, DownReason reason, String detail) {
				}

			}, new InetSocketAddress("0.0.0.0", PORT)).exchange(this.cards);
		}

		private PoolElement parameter() {
			return new PoolElement(this.identifier, Identifiers.NONE, 30_000,
					new Transport.Tcp(PORT, this.process.address()), MemberSelectionPolicy.ROUND_ROBIN, null);
		}

		private void present(int... recommended) {
			Element self = this;
			PoolElement own = new PoolElement(self.identifier, Identifiers.NONE, 30_000,
					new Transport.Tcp(PORT, new InetSocketAddress("0.0.0.0", PORT).getAddress()),
					MemberSelectionPolicy.ROUND_ROBIN, null);
			this.cards.put(POOL, own,
					IntStream.of(recommended)
						.mapToObj((each) -> BusinessCardTests.this.elements.get(each).parameter())
						.toList());
		}

	}

	/**
	 * Connects to the first element, and writes down its cards.
	 */
	private final class Stranger implements ElementChannelListener {

		private final List<BusinessCard> cards = new ArrayList<>();

		private Stranger() {
			BusinessCardTests.this.scope
				.process("s",
						(runtime) -> new ElementChannels(runtime, SessionSettings.DEFAULT, this).channel(POOL,
								BusinessCardTests.this.elements.get(1).parameter()))
				.start();
		}

		@Override
		public void message(ElementChannel channel, UserMessage message) {
			assertThat(message.payloadProtocol()).isEqualTo(UserMessage.ASAP);
			Decoded<AsapMessage> decoded = ScriptedRegistrar.CODEC.decodeAsap(message.data());
			this.cards.add((BusinessCard) ((Decoded.Success<AsapMessage>) decoded).message());
		}

		@Override
		public void down(ElementChannel channel, DownReason reason, String detail) {
		}

	}

	private static final class Deaf implements ElementChannelListener {

		@Override
		public void message(ElementChannel channel, UserMessage message) {
		}

		@Override
		public void down(ElementChannel channel, DownReason reason, String detail) {
		}

	}

	private final class Recorder implements PoolSessionListener {

		@Override
		public void connected(PoolSession of, @Nullable PoolElement from, PoolElement to) {
			BusinessCardTests.this.connected.add(to.identifier());
		}

		@Override
		public void message(PoolSession of, UserMessage message) {
			throw new AssertionError("A card is not data");
		}

		@Override
		public void failed(PoolSession of, ResolutionFailure failure) {
			throw new AssertionError(failure.detail());
		}

	}

}
