package org.rserpool.rpc.session;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.rpc.CallFuture;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.UserMessage;
import org.rserpool.transport.RoleLoop;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.WireCodec;

/**
 * A session with one pool user.
 */
final class ServedSession implements ElementSession {

	private static final Logger logger = LoggerFactory.getLogger(ServedSession.class);

	private final RoleLoop loop;

	private final WireCodec codec;

	private final PoolHandle pool;

	private final int element;

	private final Association association;

	private final List<InetSocketAddress> userAddresses;

	private final Mailbox mailbox;

	private final Outbox outbox;

	private final Map<String, Object> attributes = new ConcurrentHashMap<>();

	private volatile boolean open = true;

	ServedSession(RoleLoop loop, WireCodec codec, PoolHandle pool, int element, Association association,
			Mailbox mailbox) {
		this.loop = loop;
		this.codec = codec;
		this.pool = pool;
		this.element = element;
		this.association = association;
		this.userAddresses = List.copyOf(association.peerAddresses());
		this.mailbox = mailbox;
		this.outbox = new Outbox(pool, association::send);
	}

	/**
	 * Lets the handler know of something. On the loop.
	 * @param size how many octets that holds
	 * @param event tells the handler
	 */
	void tell(int size, Event event) {
		if (this.open && !this.mailbox.offer(size, () -> run(event))) {
			logger.warn("Aborting {}: its handler takes messages too slowly, or its executor none", this);
			this.open = false;
			this.association.abort();
		}
	}

	/**
	 * The association is gone. On the loop.
	 */
	void down(String detail, Event event) {
		this.open = false;
		this.outbox.fail(detail);
		this.mailbox.last(() -> run(event));
	}

	void writable() {
		this.outbox.flush();
	}

	private void run(Event event) {
		try {
			event.tell(this);
		}
		catch (Exception ex) {
			logger.error("The handler of {} failed; the session is aborted", this, ex);
			abort();
		}
		catch (Error ex) {
			abort();
			throw ex;
		}
	}

	@Override
	public PoolHandle pool() {
		return this.pool;
	}

	@Override
	public int element() {
		return this.element;
	}

	@Override
	public List<InetSocketAddress> userAddresses() {
		return this.userAddresses;
	}

	@Override
	public Map<String, Object> attributes() {
		return this.attributes;
	}

	@Override
	public boolean isOpen() {
		return this.open;
	}

	@Override
	public CompletableFuture<Void> send(UserMessage message) {
		Outbox.check(message);
		return give(message);
	}

	@Override
	public CompletableFuture<Void> sendCookie(Octets cookie) {
		return give(new UserMessage(UserMessage.ASAP, this.codec.encode(new AsapMessage.Cookie(cookie))));
	}

	@Override
	public void close() {
		end(Association::shutdown);
	}

	@Override
	public void abort() {
		end(Association::abort);
	}

	private CompletableFuture<Void> give(UserMessage message) {
		CompletableFuture<Void> taken = new CallFuture<>(this.loop);
		try {
			this.loop.execute(() -> {
				if (this.open) {
					this.outbox.send(message, taken);
				}
				else {
					taken.completeExceptionally(this.outbox.failure("the session is over"));
				}
			});
		}
		catch (RejectedExecutionException ex) {
			taken.completeExceptionally(this.outbox.failure("this process leaves the operation scope"));
		}
		return taken;
	}

	private void end(Consumer<Association> ending) {
		try {
			this.loop.execute(() -> ending.accept(this.association));
		}
		catch (RejectedExecutionException ex) {
			logger.debug("{} ended with its node", this, ex);
		}
	}

	@Override
	public String toString() {
		return "the session of element " + Identifiers.toString(this.element) + " of pool " + this.pool
				+ " with the user at " + this.userAddresses;
	}

	/**
	 * Something that the handler is told.
	 */
	interface Event {

		/**
		 * Tells it.
		 * @param session the session
		 * @throws Exception if the handler throws it
		 */
		void tell(ElementSession session) throws Exception;

	}

}
