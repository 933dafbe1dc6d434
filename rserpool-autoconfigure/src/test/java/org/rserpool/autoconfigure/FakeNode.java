package org.rserpool.autoconfigure;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.mockito.Mockito;
import org.rserpool.hunt.HuntFailure;
import org.rserpool.rpc.DataElementSpecification;
import org.rserpool.rpc.ElementSelector;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.rpc.KnownRegistrar;
import org.rserpool.rpc.NoPoolElementException;
import org.rserpool.rpc.OpenSession;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.rpc.RpcClient;
import org.rserpool.rpc.RpcRequest;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.transport.AssociationState;
import org.rserpool.user.CachedPool;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

/**
 * A node that knows what was asked of it, and reaches nobody.
 */
public class FakeNode implements RSerPoolNode, RpcClient {

	private List<Integer> failoverOrder = List.of();

	private final List<RegisteredElement> elements = new CopyOnWriteArrayList<>();

	private final List<ElementSpecification> specifications = new CopyOnWriteArrayList<>();

	private final List<MemberSelectionPolicy> updates = new CopyOnWriteArrayList<>();

	private final List<RpcRequest> requests = new CopyOnWriteArrayList<>();

	private HomeRegistrar home = new HomeRegistrar(7, InetSocketAddress.createUnresolved("registrar", 3863));

	private RegisteredElement.State state = RegisteredElement.State.REGISTERED;

	private String rejection;

	private Duration lost;

	private final Map<PoolHandle, List<PoolElement>> resolvable = new ConcurrentHashMap<>();

	private final List<CachedPool> pools = new CopyOnWriteArrayList<>();

	public List<ElementSpecification> specifications() {
		return this.specifications;
	}

	public List<MemberSelectionPolicy> updates() {
		return this.updates;
	}

	public List<RpcRequest> requests() {
		return this.requests;
	}

	/** Loses its registrar. */
	public void leaveHome() {
		this.home = null;
		this.state = RegisteredElement.State.REGISTERING;
	}

	@Override
	public List<HuntFailure> registrarFailures() {
		return (this.home == null)
				? List.of(new HuntFailure(new InetSocketAddress("192.0.2.1", 3863), "connection refused")) : List.of();
	}

	/** Loses its registrar after it had one. */
	public void loseHome(Duration since) {
		leaveHome();
		this.lost = since;
	}

	/** Knows a pool, or learns of it when it resolves it. */
	public void pool(String pool, boolean cached) {
		PoolElement element = new PoolElement(1, 7, 30_000, new Transport.Tcp(1, InetAddress.getLoopbackAddress()),
				MemberSelectionPolicy.ROUND_ROBIN, null);
		this.resolvable.put(PoolHandle.of(pool), List.of(element));
		if (cached) {
			this.pools.add(new CachedPool(PoolHandle.of(pool), List.of(element), Duration.ZERO, true, 0));
		}
	}

	@Override
	public Collection<CachedPool> pools() {
		return this.pools;
	}

	@Override
	public Duration homeLostFor() {
		return this.lost;
	}

	/** Has its elements refused. */
	public void reject(String reason) {
		this.state = RegisteredElement.State.REJECTED;
		this.rejection = reason;
	}

	@Override
	public List<AssociationState> associations(int limit) {
		return List.of(new AssociationState(TransportProtocol.SCTP, Channel.ASAP, true,
				List.of(new InetSocketAddress("192.0.2.1", 4000)),
				List.of(new AssociationState.Path(new InetSocketAddress("192.0.2.7", 3863), true),
						new AssociationState.Path(new InetSocketAddress("198.51.100.7", 3863), false))));
	}

	@Override
	public List<KnownRegistrar> registrars(int limit) {
		return List.of(new KnownRegistrar(new InetSocketAddress("192.0.2.7", 3863), KnownRegistrar.State.HOME, 7, null),
				new KnownRegistrar(InetSocketAddress.createUnresolved("gone", 3863), KnownRegistrar.State.FAILED, null,
						"refused"));
	}

	@Override
	public List<OpenSession> sessions(int limit) {
		return List.of(new OpenSession(PoolHandle.of("cart"), "rpc", "1-2", 9, true),
				new OpenSession(PoolHandle.of("count"), "session", null, null, false));
	}

	@Override
	public RpcClient client() {
		return this;
	}

	@Override
	public CompletableFuture<byte[]> call(RpcRequest request) {
		this.requests.add(request);
		return new CompletableFuture<>();
	}

	@Override
	public ElementSelector selector() {
		ElementSelector selector = Mockito.mock(ElementSelector.class);
		Mockito.when(selector.resolve(Mockito.any())).then((call) -> {
			List<PoolElement> elements = this.resolvable.get(call.<PoolHandle>getArgument(0));
			return (elements != null) ? CompletableFuture.completedFuture(elements)
					: CompletableFuture.failedFuture(new NoPoolElementException("no such pool", null, List.of()));
		});
		return selector;
	}

	@Override
	public RegisteredElement register(DataElementSpecification specification) {
		throw new UnsupportedOperationException();
	}

	@Override
	public RegisteredElement register(ElementSpecification specification) {
		this.specifications.add(specification);
		Element element = new Element(specification);
		this.elements.add(element);
		return element;
	}

	List<Integer> failoverOrder() {
		return this.failoverOrder;
	}

	@Override
	public HomeRegistrar home() {
		return this.home;
	}

	@Override
	public List<RegisteredElement> elements() {
		return this.elements;
	}

	@Override
	public void close() {
		this.elements.clear();
	}

	private final class Element implements RegisteredElement {

		private final ElementSpecification specification;

		private Element(ElementSpecification specification) {
			this.specification = specification;
		}

		@Override
		public PoolHandle pool() {
			return this.specification.pool();
		}

		@Override
		public int identifier() {
			return (this.specification.identifier() != null) ? this.specification.identifier() : 1;
		}

		@Override
		public State state() {
			return FakeNode.this.state;
		}

		@Override
		public String rejection() {
			return FakeNode.this.rejection;
		}

		@Override
		public CompletableFuture<Void> registered() {
			return CompletableFuture.completedFuture(null);
		}

		@Override
		public void failoverOrder(List<Integer> identifiers) {
			FakeNode.this.failoverOrder = List.copyOf(identifiers);
		}

		@Override
		public void update(MemberSelectionPolicy policy) {
			FakeNode.this.updates.add(policy);
		}

		@Override
		public CompletableFuture<Void> deregister() {
			FakeNode.this.elements.remove(this);
			return CompletableFuture.completedFuture(null);
		}

	}

}
