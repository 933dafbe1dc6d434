package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.ElementChannel;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.SelectionCallback;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * A caller and some elements in virtual time, with links between them that break.
 */
final class RpcScope implements ElementSource {

	static final PoolHandle POOL = PoolHandle.of("pool");

	final VirtualRuntime runtime = new VirtualRuntime();

	final Map<Integer, RpcServer> servers = new LinkedHashMap<>();

	final List<Link> links = new ArrayList<>();

	final Function<Integer, RpcHandler> handlers;

	final RpcCaller caller = new RpcCaller(this.runtime, this, this::channel, () -> {
	}, CallListener.NONE);

	private final SplittableRandom random;

	/** How many frames reached elements. */
	int requests;

	/** How many frames to an element may wait on a link. */
	int room = Integer.MAX_VALUE;

	RpcScope(long seed, int size, Function<Integer, RpcHandler> handlers) {
		this.random = new SplittableRandom(seed);
		this.handlers = handlers;
		for (int identifier = 1; identifier <= size; identifier++) {
			start(identifier);
		}
	}

	void start(int identifier) {
		RpcServer server = new RpcServer(this.runtime, (task) -> this.runtime.schedule(Duration.ZERO, task), 100);
		server.add(POOL, identifier, this.handlers.apply(identifier),
				(task) -> this.runtime.schedule(Duration.ZERO, task));
		this.servers.put(identifier, server);
	}

	/**
	 * Ends the process of an element.
	 */
	void kill(int identifier) {
		RpcServer server = this.servers.remove(identifier);
		if (server != null) {
			List.copyOf(this.links)
				.stream()
				.filter((link) -> link.server == server)
				.forEach((link) -> link.cut(Duration.ofMillis(1), null));
			server.stop();
		}
	}

	CompletableFuture<byte[]> call(RpcRequest request) {
		CompletableFuture<byte[]> result = new CompletableFuture<>();
		this.caller.start(new Call(request, new FutureReply(result), this.runtime.nanoTime()));
		return result;
	}

	@Override
	public void select(PoolHandle pool, Set<Integer> excluded, SelectionCallback callback) {
		int size = 3;
		int first = this.random.nextInt(size);
		for (int i = 0; i < size; i++) {
			int identifier = 1 + (first + i) % size;
			if (!excluded.contains(identifier)) {
				callback.selected(FakeElements.element(identifier));
				return;
			}
		}
		callback.failed(new ResolutionFailure(ResolutionFailure.Kind.NO_OTHER_ELEMENT, pool, "no other element"));
	}

	@Override
	public boolean reportUnreachable(PoolHandle pool, int identifier) {
		return false;
	}

	@Override
	public void avoid(PoolHandle pool, int identifier) {
	}

	@Override
	public void trust(PoolHandle pool, int identifier) {
	}

	@Override
	public String registrar() {
		return null;
	}

	private ElementChannel channel(PoolHandle pool, PoolElement element) {
		return this.links.stream()
			.filter((link) -> link.usable && link.element.identifier() == element.identifier())
			.findFirst()
			.orElseGet(() -> new Link(element));
	}

	/**
	 * A link between the caller and an element: what one sends reaches the other 1 ms
	 * later, in order, as long as the link is not cut. Where there is not room for
	 * everything, an element takes one frame each millisecond.
	 */
	final class Link implements ElementChannel, Association {

		private final PoolElement element;

		private final RpcServer server;

		private final List<UserMessage> unsent = new ArrayList<>();

		boolean usable = true;

		boolean lost;

		private boolean serverDown;

		private int waiting;

		private boolean blocked;

		/** When the frame arrives that is sent next, at the earliest. */
		private long free;

		Link(PoolElement element) {
			this.element = element;
			this.server = RpcScope.this.servers.get(element.identifier());
			RpcScope.this.links.add(this);
			if (this.server == null) {
				RpcScope.this.runtime.schedule(Duration.ofMillis(1), () -> {
					this.unsent.forEach((message) -> RpcScope.this.caller.sendFailed(this, message));
					end(DownReason.CANNOT_START);
				});
			}
		}

		/**
		 * Cuts the link. The caller learns of it by and by, and the element too.
		 */
		void cut(Duration caller, Duration element) {
			this.lost = true;
			RpcScope.this.runtime.schedule(caller, () -> end(DownReason.TIMEOUT));
			if (element != null) {
				RpcScope.this.runtime.schedule(element, this::endServer);
			}
		}

		private void end(DownReason reason) {
			if (this.usable) {
				this.usable = false;
				RpcScope.this.links.remove(this);
				RpcScope.this.caller.down(this, reason, "cut");
			}
		}

		private void endServer() {
			if (!this.serverDown && RpcScope.this.servers.containsValue(this.server)) {
				this.serverDown = true;
				this.server.down(this, DownReason.TIMEOUT, "cut");
			}
		}

		@Override
		public PoolHandle pool() {
			return POOL;
		}

		@Override
		public PoolElement element() {
			return this.element;
		}

		@Override
		public boolean up() {
			return this.usable;
		}

		@Override
		public void close() {
			RpcScope.this.runtime.schedule(Duration.ZERO, () -> {
				end(DownReason.SHUTDOWN);
				endServer();
			});
		}

		@Override
		public SendResult send(UserMessage message) {
			UserMessage copy = new UserMessage(message.payloadProtocol(), message.data().duplicate());
			if (isFromElement(copy)) {
				if (!this.lost) {
					RpcScope.this.runtime.schedule(Duration.ofMillis(1), () -> {
						if (!this.lost && this.usable) {
							RpcScope.this.caller.message(this, copy);
						}
					});
				}
				return SendResult.QUEUED;
			}
			if (!this.usable) {
				return SendResult.CLOSED;
			}
			if (this.server == null) {
				this.unsent.add(copy);
				return SendResult.QUEUED;
			}
			if (this.waiting >= RpcScope.this.room) {
				this.blocked = true;
				return SendResult.WOULD_BLOCK;
			}
			this.waiting++;
			RpcScope.this.runtime.schedule(delay(), () -> {
				if (!this.lost && !this.serverDown && RpcScope.this.servers.containsValue(this.server)) {
					RpcScope.this.requests += RpcFrameCodec.isRequest(copy.data()) ? 1 : 0;
					this.server.message(this, copy);
				}
				taken();
			});
			return SendResult.QUEUED;
		}

		private Duration delay() {
			Duration one = Duration.ofMillis(1);
			if (RpcScope.this.room == Integer.MAX_VALUE) {
				return one;
			}
			long now = RpcScope.this.runtime.nanoTime();
			this.free = Math.max(now, this.free) + one.toNanos();
			return Duration.ofNanos(this.free - now);
		}

		private void taken() {
			this.waiting--;
			if (this.blocked && this.usable && !this.lost && this.waiting <= RpcScope.this.room / 2) {
				this.blocked = false;
				RpcScope.this.caller.writable(this);
			}
		}

		private boolean isFromElement(UserMessage message) {
			int kind = message.data().get(message.data().position() + 1);
			return kind != 1 && kind != 5 && kind != 10 && kind != 11;
		}

		@Override
		public TransportProtocol protocol() {
			return TransportProtocol.TCP;
		}

		@Override
		public boolean outbound() {
			return false;
		}

		@Override
		public List<InetSocketAddress> peerAddresses() {
			return List.of(FakeAssociation.PEER);
		}

		@Override
		public List<InetSocketAddress> localAddresses() {
			return List.of();
		}

		@Override
		public void shutdown() {
			close();
		}

		@Override
		public void abort() {
			close();
		}

	}

}
