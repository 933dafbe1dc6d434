package org.rserpool.rpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.element.ElementSettings;
import org.rserpool.element.PoolElementListener;
import org.rserpool.element.PoolElementRole;
import org.rserpool.hunt.Home;
import org.rserpool.hunt.HuntFailure;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.rpc.state.StateCookies;
import org.rserpool.rpc.state.StateSettings;
import org.rserpool.runtime.SocketAddresses;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.session.BusinessCards;
import org.rserpool.session.ElementChannel;
import org.rserpool.session.ElementChannels;
import org.rserpool.session.SessionEndpoint;
import org.rserpool.transport.AssociationState;
import org.rserpool.transport.RoleLoop;
import org.rserpool.transport.StatusReporter;
import org.rserpool.user.CachedPool;
import org.rserpool.user.PoolUserRole;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.TransportUse;
import org.rserpool.wire.WireCodec;

/**
 * A node on the network: one loop, on which all its roles live.
 */
final class NetworkNode implements RSerPoolNode {

	private static final Logger logger = LoggerFactory.getLogger(NetworkNode.class);

	private static final Duration LEAVE_TIMEOUT = Duration.ofSeconds(2);

	private final NodeSettings settings;

	private final RoleLoop loop;

	private final RegistrarHunt hunt;

	private final PoolUserRole user;

	private final ElementChannels channels;

	private final LoopClient client;

	private final LoopSelector selector;

	private final RpcServer server;

	private final NodeExtensions extensions = new NodeExtensions();

	private final List<LocalElement> elements = new CopyOnWriteArrayList<>();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final @Nullable BusinessCards cards;

	private final @Nullable ElementCards elementCards;

	private final NodeStatus status;

	private final HomeLoss homeLoss = new HomeLoss();

	private volatile @Nullable StatusReporter reporter;

	private final Map<TransportProtocol, SessionEndpoint> sessions = new EnumMap<>(TransportProtocol.class);

	private NetworkNode(NodeSettings settings, RoleLoop loop) {
		this.settings = settings;
		this.loop = loop;
		this.hunt = new RegistrarHunt(loop, new WireCodec(settings.dialect()), settings.hunt());
		this.user = new PoolUserRole(loop, this.hunt, settings.user(),
				new GuardedResolutionListener(settings.resolutionListener()));
		UserElements selected = new RoleElements(this.user, this.hunt, settings.user().noRegistrarTimeout());
		this.client = new LoopClient(loop, settings.maxPendingCalls(),
				new BindingElements(selected, BindingElements.RPC), this::channel, settings.callListener());
		this.selector = new LoopSelector(loop, selected, this.client.caller().budgets(),
				new Reach(loop, settings.session()), settings.callListener());
		this.channels = new ElementChannels(loop, settings.session(), settings.hunt().protocols(),
				this.client.caller());
		this.status = new NodeStatus(loop, this.hunt, this.channels, this.elements);
		this.server = new RpcServer(loop, loop, settings.maxCallsInProgress());
		BusinessCards exchange = settings.businessCards()
				? new BusinessCards(new WireCodec(settings.dialect()), this.user) : null;
		this.cards = exchange;
		this.elementCards = (exchange != null) ? new ElementCards(this.user, exchange) : null;
		if (exchange != null) {
			this.channels.exchange(exchange);
		}
	}

	static NetworkNode start(NodeSettings settings) {
		RoleLoop loop = RoleLoop.start(settings.name(), settings.transport());
		try {
			NetworkNode started = loop.call(() -> {
				NetworkNode node = new NetworkNode(settings, loop);
				node.hunt.addListener(new HuntLog());
				node.hunt.addListener(node.status);
				node.hunt.addListener(node.homeLoss);
				node.user.start();
				settings.hunt()
					.announcements()
					.groups()
					.forEach((group) -> logger.info("Registrars are learnt from announcements to {} on {}",
							SocketAddresses.text(group.group()), group.interfaces()));
				node.hunt.start();
				return node;
			});
			if (settings.statusReports() != null) {
				started.reporter = StatusReporter.start(loop, settings.statusReports(), started.status::components);
			}
			return started;
		}
		catch (RuntimeException ex) {
			loop.close();
			throw ex;
		}
	}

	@Override
	public RpcClient client() {
		return this.client;
	}

	@Override
	public ElementSelector selector() {
		return this.selector;
	}

	@Override
	public RegisteredElement register(ElementSpecification specification) {
		return this.loop.call(() -> begin(specification));
	}

	@Override
	public RegisteredElement register(DataElementSpecification specification) {
		return this.loop.call(() -> begin(specification));
	}

	@Override
	public <T extends NodeExtension> T extension(Class<T> type, Function<NodeRoles, T> factory) {
		checkOpen();
		return this.loop.call(() -> this.extensions.get(type, factory, new Roles()));
	}

	@Override
	public @Nullable HomeRegistrar home() {
		if (this.closed.get()) {
			return null;
		}
		Home home = this.loop.call(this.hunt::home);
		return (home != null) ? new HomeRegistrar(home.identifier(), home.address()) : null;
	}

	@Override
	public List<HuntFailure> registrarFailures() {
		return this.closed.get() ? List.of() : this.loop.call(this.hunt::failures);
	}

	@Override
	public List<KnownRegistrar> registrars(int limit) {
		return this.closed.get() ? List.of() : this.loop.call(() -> KnownRegistrar.of(this.hunt, limit));
	}

	@Override
	public List<OpenSession> sessions(int limit) {
		return this.closed.get() ? List.of()
				: this.loop.call(() -> Stream
					.concat(this.client.sessions(limit).stream(), this.extensions.sessions(limit).stream())
					.limit(limit)
					.toList());
	}

	@Override
	public @Nullable Duration homeLostFor() {
		return this.homeLoss.duration();
	}

	@Override
	public List<RegisteredElement> elements() {
		return List.copyOf(this.elements);
	}

	@Override
	public Collection<CachedPool> pools() {
		return this.closed.get() ? List.of() : this.loop.call(this.user::cachedPools);
	}

	@Override
	public List<AssociationState> associations(int limit) {
		return this.closed.get() ? List.of() : this.loop.associations(limit);
	}

	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		if (!this.loop.inLoop()) {
			leave();
			endAssociations();
		}
		end();
	}

	/**
	 * Ends at once, and tells no registrar, as if the process ended.
	 */
	void abandon() {
		this.closed.set(true);
		end();
	}

	private void end() {
		try {
			this.loop.execute(this::stop);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Node {} was closed already", this.settings.name(), ex);
		}
		this.loop.close();
	}

	private LocalElement begin(ElementSpecification specification) {
		checkOpen();
		PoolHandle pool = specification.pool();
		int identifier = identifier(pool, specification.identifier());
		List<Transport> transports = listen();
		StateSettings state = specification.state();
		ServedElement served = this.server.add(pool, identifier, specification.handler(), specification.executor(),
				specification.concurrencyLimit(),
				(state != null) ? new StateCookies(pool, state, Clock.systemUTC()) : null);
		return begin(
				ElementSettings.of(pool, identifier, transports.get(0))
					.withOtherTransport((transports.size() > 1) ? transports.get(1) : null)
					.withPolicy(specification.policy())
					.withLifetimeMillis(specification.lifetime().toMillis())
					.withRenewalInterval(specification.renewalInterval())
					.withMetadata(HostAddresses.told(specification.metadata(), this.settings.listenHosts())),
				this.elementCards, served::inProgress, served::sessionCount, () -> this.server.drain(pool, identifier));
	}

	private LocalElement begin(DataElementSpecification specification) {
		checkOpen();
		PoolHandle pool = specification.pool();
		InetSocketAddress address = specification.address();
		listenForRegistrars();
		return begin(
				ElementSettings
					.of(pool, identifier(pool, specification.identifier()),
							new Transport.Tcp(address.getPort(), HostAddresses.seen(List.of(address.getAddress()))))
					.withPolicy(specification.policy())
					.withLifetimeMillis(specification.lifetime().toMillis())
					.withRenewalInterval(specification.renewalInterval())
					.withMetadata(HostAddresses.told(specification.metadata(), List.of(address.getAddress()))),
				null, () -> 0, () -> 0, () -> {
				});
	}

	private LocalElement begin(ElementSettings elementSettings, @Nullable ElementCards presented,
			IntSupplier callsInProgress, IntSupplier sessionCount, Runnable onLeave) {
		PoolHandle pool = elementSettings.pool();
		int identifier = elementSettings.identifier();
		LocalElement[] self = new LocalElement[1];
		LocalElement element = new LocalElement(this.loop, pool, identifier, callsInProgress, sessionCount, () -> {
			this.elements.remove(self[0]);
			onLeave.run();
			if (presented != null) {
				presented.end(pool, identifier);
			}
		}, presented);
		self[0] = element;
		this.elements.add(element);
		if (presented != null) {
			presented.begin(pool, new PoolElement(identifier, Identifiers.NONE, elementSettings.lifetimeMillis(),
					elementSettings.userTransport(), elementSettings.policy(), null, elementSettings.metadata()));
		}
		PoolElementListener other = this.settings.elementListener();
		element
			.start(new PoolElementRole(this.loop, this.hunt, elementSettings.withTimers(this.settings.registration()),
					(other != null) ? new ElementListeners(element, other) : element));
		return element;
	}

	private void checkOpen() {
		if (this.closed.get()) {
			throw new IllegalStateException("The node " + this.settings.name() + " is closed");
		}
	}

	private int identifier(PoolHandle pool, @Nullable Integer wanted) {
		int identifier = (wanted != null) ? wanted : Identifiers.random(this.loop.random());
		while (isHere(pool, identifier)) {
			if (wanted != null) {
				throw new IllegalArgumentException("Element " + Identifiers.toString(identifier) + " of pool " + pool
						+ " is registered by this node already");
			}
			identifier = Identifiers.random(this.loop.random());
		}
		return identifier;
	}

	private boolean isHere(PoolHandle pool, int identifier) {
		return this.elements.stream()
			.anyMatch((element) -> element.pool().equals(pool) && element.identifier() == identifier);
	}

	/**
	 * Listens for pool users and registrars by each transport protocol.
	 * @return where pool users reach the elements
	 */
	private List<Transport> listen() {
		List<TransportProtocol> protocols = this.settings.hunt().protocols();
		if (this.sessions.isEmpty()) {
			for (TransportProtocol protocol : protocols) {
				SessionEndpoint listening = SessionEndpoint.listen(this.loop,
						this.settings.session().withProtocol(protocol), this.server,
						this.settings.listen().toArray(new InetSocketAddress[0]));
				if (this.cards != null) {
					listening.exchange(this.cards);
				}
				this.sessions.put(protocol, listening);
			}
			listenForRegistrars();
		}
		return protocols.stream().map(this::transport).toList();
	}

	private Transport transport(TransportProtocol protocol) {
		SessionEndpoint listening = Objects.requireNonNull(this.sessions.get(protocol));
		List<InetAddress> hosts = this.settings.listenHosts();
		int port = listening.localAddresses().get(0).getPort();
		return (protocol == TransportProtocol.SCTP) ? new Transport.Sctp(port, TransportUse.DATA_ONLY, hosts)
				: new Transport.Tcp(port, HostAddresses.seen(hosts));
	}

	private void listenForRegistrars() {
		this.hunt.listen(HostAddresses.anyPort(this.settings.listen()));
	}

	private void leave() {
		List<CompletableFuture<?>> leaving = new ArrayList<>();
		this.elements.forEach((element) -> leaving.add(element.deregister()));
		// Users learn it while the registrar does. It goes on listening until then, as a
		// registrar may still name its elements.
		this.loop.execute(() -> this.server.leave(LEAVE_TIMEOUT));
		await(CompletableFuture.allOf(leaving.toArray(new CompletableFuture<?>[0])), LEAVE_TIMEOUT,
				"Not all elements could be deregistered within {} ms; their registrations end by themselves");
	}

	private void endAssociations() {
		CompletableFuture<Void> ended = new CompletableFuture<>();
		this.loop.execute(() -> {
			this.sessions.values().forEach(SessionEndpoint::stopListening);
			CompletableFuture.allOf(this.server.leave(LEAVE_TIMEOUT), this.extensions.leave(LEAVE_TIMEOUT))
				.thenRun(() -> ended.complete(null));
		});
		await(ended, LEAVE_TIMEOUT.multipliedBy(2),
				"Not all pool users ended their associations within {} ms; the others are aborted");
	}

	private static void await(CompletableFuture<?> done, Duration limit, String warning) {
		try {
			done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			logger.warn(warning, limit.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void stop() {
		StatusReporter reporting = this.reporter;
		if (reporting != null) {
			reporting.close();
		}
		List.copyOf(this.elements).forEach(LocalElement::stop);
		this.extensions.stop();
		this.client.caller().stop();
		this.selector.stop();
		this.server.stop();
		this.user.stop();
		this.hunt.stop();
		this.channels.stop();
		this.sessions.values().forEach(SessionEndpoint::close);
	}

	private ElementChannel channel(PoolHandle pool, PoolElement element) {
		return this.channels.channel(pool, element);
	}

	/**
	 * The roles, as extensions see them.
	 */
	private final class Roles implements NodeRoles {

		@Override
		public NodeSettings settings() {
			return NetworkNode.this.settings;
		}

		@Override
		public RoleLoop loop() {
			return NetworkNode.this.loop;
		}

		@Override
		public PoolUserRole user() {
			return NetworkNode.this.user;
		}

		@Override
		public @Nullable BusinessCards cards() {
			return NetworkNode.this.cards;
		}

		@Override
		public @Nullable String registrar() {
			Home home = NetworkNode.this.hunt.home();
			return (home != null) ? home.toString() : null;
		}

		@Override
		public int identifier(PoolHandle pool, @Nullable Integer wanted) {
			return NetworkNode.this.identifier(pool, wanted);
		}

		@Override
		public RegisteredElement register(ElementSettings elementSettings, IntSupplier inProgress, Runnable onLeave) {
			checkOpen();
			listenForRegistrars();
			return begin(elementSettings, NetworkNode.this.elementCards, inProgress, inProgress, onLeave);
		}

	}

}
