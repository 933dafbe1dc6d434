package org.rserpool.rpc;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.rpc.state.SessionId;
import org.rserpool.wire.PoolElement;

/**
 * A session that any thread may use.
 */
final class LoopSession implements RpcSession {

	private static final Logger logger = LoggerFactory.getLogger(LoopSession.class);

	private final LoopClient client;

	private final UserSession session;

	private final AtomicBoolean closed = new AtomicBoolean();

	LoopSession(LoopClient client, UserSession session) {
		this.client = client;
		this.session = session;
	}

	@Override
	public SessionId id() {
		return this.session.id();
	}

	@Override
	public long version() {
		return this.session.version();
	}

	/**
	 * Return how it stands. On the loop.
	 */
	OpenSession open() {
		PoolElement element = this.session.element();
		return new OpenSession(this.session.pool(), BindingElements.RPC, this.session.id().toString(),
				(element != null) ? element.identifier() : null, this.session.hasCookie());
	}

	@Override
	public CompletableFuture<byte[]> call(RpcRequest request) {
		if (!request.pool().equals(this.session.pool())) {
			throw new IllegalArgumentException(this + " makes no calls of pool " + request.pool());
		}
		if (this.closed.get()) {
			throw new IllegalStateException(this + " is closed");
		}
		return this.client.call(request, this.session);
	}

	@Override
	public void close() {
		if (this.closed.compareAndSet(false, true)) {
			this.client.closed(this);
			try {
				this.client.execute(this.session::close);
			}
			catch (RejectedExecutionException ex) {
				logger.debug("{} was closed after its node", this, ex);
			}
		}
	}

	@Override
	public String toString() {
		return "Session " + this.session.id() + " with pool " + this.session.pool();
	}

}
