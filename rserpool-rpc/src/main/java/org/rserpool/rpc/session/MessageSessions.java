package org.rserpool.rpc.session;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

import org.rserpool.rpc.NodeExtension;
import org.rserpool.rpc.NodeRoles;
import org.rserpool.rpc.OpenSession;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * The sessions of a node: those that it opens as a pool user, and the pool elements that
 * serve them. What travels is the messages of the application, each with its payload
 * protocol identifier, and cookies (RFC 5352, section 3.8). Over SCTP nothing else does,
 * if the other side is no implementation of this project. Any thread may use it.
 *
 * @since 0.1
 */
public final class MessageSessions implements NodeExtension {

	/** What elements that serve sessions say of themselves as their binding. */
	public static final String BINDING = "session";

	private final NodeRoles roles;

	private final Set<UserSession> opened = new LinkedHashSet<>();

	private final Set<SessionElement> elements = new LinkedHashSet<>();

	private MessageSessions(NodeRoles roles) {
		this.roles = roles;
	}

	/**
	 * Return the sessions of a node.
	 * @param node the node
	 * @return its sessions
	 */
	public static MessageSessions of(RSerPoolNode node) {
		return node.extension(MessageSessions.class, MessageSessions::new);
	}

	/**
	 * Opens a session with a pool. It looks for an element at once; the listener is told.
	 * @param pool the pool
	 * @param deadline how long to look for an element, now and at each failover, before
	 * the session fails; positive
	 * @param executor where the listener runs
	 * @param listener is told what happens
	 * @return the session
	 * @throws IllegalArgumentException if the deadline is not positive
	 */
	public MessageSession open(PoolHandle pool, Duration deadline, Executor executor, MessageSessionListener listener) {
		return open(pool, deadline, executor, listener, MessageSessionObserver.NONE);
	}

	/**
	 * Opens a session with a pool that is observed.
	 * @param pool the pool
	 * @param deadline how long to look for an element, now and at each failover, before
	 * the session fails; positive
	 * @param executor where the listener runs
	 * @param listener is told what happens
	 * @param observer is told how elements are found and lost
	 * @return the session
	 * @throws IllegalArgumentException if the deadline is not positive
	 */
	public MessageSession open(PoolHandle pool, Duration deadline, Executor executor, MessageSessionListener listener,
			MessageSessionObserver observer) {
		if (deadline.isNegative() || deadline.isZero()) {
			throw new IllegalArgumentException("A deadline of " + deadline + " is not positive");
		}
		return this.roles.loop().call(() -> {
			UserSession session = new UserSession(this.roles, pool, deadline, executor, listener, observer,
					this.opened::remove);
			this.opened.add(session);
			session.open();
			return session;
		});
	}

	/**
	 * Registers a pool element that serves sessions, and goes on registering it until it
	 * is deregistered.
	 * @param specification the element
	 * @return the element, being registered; its calls in progress are its sessions
	 */
	public RegisteredElement register(SessionElementSpecification specification) {
		return this.roles.loop().call(() -> {
			SessionElement[] self = new SessionElement[1];
			SessionElement element = new SessionElement(this.roles, specification, () -> this.elements.remove(self[0]));
			self[0] = element;
			RegisteredElement registered = element.register();
			this.elements.add(element);
			return registered;
		});
	}

	@Override
	public List<OpenSession> sessions(int limit) {
		return this.opened.stream().limit(limit).map(MessageSessions::open).toList();
	}

	private static OpenSession open(UserSession session) {
		PoolElement element = session.element();
		return new OpenSession(session.pool(), BINDING, null, (element != null) ? element.identifier() : null,
				session.hasCookie());
	}

	@Override
	public CompletableFuture<Void> leave(Duration limit) {
		List<UserSession> left = List.copyOf(this.opened);
		left.forEach(UserSession::leave);
		List.copyOf(this.elements).forEach(SessionElement::end);
		CompletableFuture<Void> over = new CompletableFuture<>();
		this.roles.loop().schedule(limit, () -> over.complete(null));
		look(over, () -> this.elements.isEmpty() && left.stream().allMatch(UserSession::ended));
		return over;
	}

	private void look(CompletableFuture<Void> over, BooleanSupplier ended) {
		if (ended.getAsBoolean()) {
			over.complete(null);
		}
		else if (!over.isDone()) {
			this.roles.loop().schedule(Duration.ofMillis(20), () -> look(over, ended));
		}
	}

	@Override
	public void stop() {
		List.copyOf(this.opened).forEach(UserSession::stop);
		List.copyOf(this.elements).forEach(SessionElement::stop);
	}

}
