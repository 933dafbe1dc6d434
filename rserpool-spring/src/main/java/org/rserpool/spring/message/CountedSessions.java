package org.rserpool.spring.message;

import java.util.concurrent.CompletableFuture;

import org.rserpool.rpc.session.ElementSession;
import org.rserpool.rpc.session.PoolSessionHandler;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.Octets;

/**
 * Counts the sessions of a pool element.
 */
class CountedSessions implements PoolSessionHandler {

	private final PoolSessionHandler handler;

	private int count;

	private CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);

	CountedSessions(PoolSessionHandler handler) {
		this.handler = handler;
	}

	synchronized int count() {
		return this.count;
	}

	/**
	 * Return when there is no session.
	 * @return done when the last session ends; a copy, which may be completed by anyone
	 */
	synchronized CompletableFuture<Void> idle() {
		return this.idle.copy();
	}

	@Override
	public void opened(ElementSession session) throws Exception {
		synchronized (this) {
			if (this.count++ == 0) {
				this.idle = new CompletableFuture<>();
			}
		}
		this.handler.opened(session);
	}

	@Override
	public void resumed(ElementSession session, Octets cookie) throws Exception {
		this.handler.resumed(session, cookie);
	}

	@Override
	public void message(ElementSession session, UserMessage message) throws Exception {
		this.handler.message(session, message);
	}

	@Override
	public void leaving(ElementSession session) throws Exception {
		this.handler.leaving(session);
	}

	@Override
	public void closed(ElementSession session, DownReason reason, String detail) throws Exception {
		try {
			this.handler.closed(session, reason, detail);
		}
		finally {
			CompletableFuture<Void> done = null;
			synchronized (this) {
				if (--this.count == 0) {
					done = this.idle;
				}
			}
			if (done != null) {
				done.complete(null);
			}
		}
	}

}
