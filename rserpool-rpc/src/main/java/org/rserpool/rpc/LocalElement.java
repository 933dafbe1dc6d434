package org.rserpool.rpc;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.element.ElementSettings;
import org.rserpool.element.ElementState;
import org.rserpool.element.PoolElementListener;
import org.rserpool.element.PoolElementRole;
import org.rserpool.session.BusinessCards;
import org.rserpool.transport.RoleLoop;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;

/**
 * A pool element of a node: the view that any thread may have of its role.
 */
final class LocalElement implements RegisteredElement, PoolElementListener {

	private static final Logger logger = LoggerFactory.getLogger(LocalElement.class);

	private final RoleLoop loop;

	private final PoolHandle pool;

	private final int identifier;

	private final IntSupplier callsInProgress;

	private final IntSupplier sessions;

	private final Runnable onLeave;

	private final @Nullable ElementCards cards;

	private final CallFuture<Boolean> registered;

	private final CallFuture<Boolean> deregistered;

	private @Nullable PoolElementRole role;

	private volatile State state = State.REGISTERING;

	private volatile @Nullable String rejection;

	/**
	 * Makes the view of an element.
	 * @param loop where its role lives
	 * @param pool its pool
	 * @param identifier its identifier
	 * @param callsInProgress how many calls it carries out
	 * @param sessions how many sessions it has
	 * @param onLeave run on the loop when it is to be served no more
	 * @param cards presents it, or {@code null} if nothing does
	 */
	LocalElement(RoleLoop loop, PoolHandle pool, int identifier, IntSupplier callsInProgress, IntSupplier sessions,
			Runnable onLeave, @Nullable ElementCards cards) {
		this.loop = loop;
		this.pool = pool;
		this.identifier = identifier;
		this.callsInProgress = callsInProgress;
		this.sessions = sessions;
		this.onLeave = onLeave;
		this.cards = cards;
		this.registered = new CallFuture<>(loop);
		this.deregistered = new CallFuture<>(loop);
	}

	/**
	 * Return what is registered, or {@code null} before the element is started. On the
	 * loop.
	 */
	@Nullable ElementSettings settings() {
		return (this.role != null) ? this.role.settings() : null;
	}

	void start(PoolElementRole started) {
		this.role = started;
		started.start();
	}

	/**
	 * Ends the element at once. On the loop.
	 */
	void stop() {
		if (this.role != null) {
			this.role.stop();
		}
		left();
	}

	@Override
	public PoolHandle pool() {
		return this.pool;
	}

	@Override
	public int identifier() {
		return this.identifier;
	}

	@Override
	public State state() {
		return this.state;
	}

	@Override
	public @Nullable String rejection() {
		return this.rejection;
	}

	@Override
	public CompletableFuture<Void> registered() {
		return view(this.registered);
	}

	@Override
	public int callsInProgress() {
		return this.callsInProgress.getAsInt();
	}

	@Override
	public int sessions() {
		return this.sessions.getAsInt();
	}

	@Override
	public void update(MemberSelectionPolicy policy) {
		try {
			this.loop.execute(() -> {
				if (this.role != null) {
					this.role.update(policy);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			throw new IllegalStateException(this + " is of a node that is closed", ex);
		}
	}

	@Override
	public void failoverOrder(List<Integer> identifiers) {
		if (identifiers.size() > BusinessCards.MAXIMUM_RECOMMENDED) {
			throw new IllegalArgumentException("A failover order has at most " + BusinessCards.MAXIMUM_RECOMMENDED
					+ " elements, not " + identifiers.size());
		}
		List<Integer> order = List.copyOf(identifiers);
		try {
			this.loop.execute(() -> {
				if (this.cards != null) {
					this.cards.recommend(this.pool, this.identifier, order);
				}
			});
		}
		catch (RejectedExecutionException ex) {
			throw new IllegalStateException(this + " is of a node that is closed", ex);
		}
	}

	@Override
	public CompletableFuture<Void> deregister() {
		try {
			this.loop.execute(() -> {
				this.onLeave.run();
				if (this.role != null) {
					this.role.deregister();
				}
			});
		}
		catch (RejectedExecutionException ex) {
			logger.debug("{} left when its node was closed", this, ex);
		}
		return view(this.deregistered);
	}

	@Override
	public void stateChanged(PoolElementRole element, ElementState newState, String detail) {
		logger.debug("{} is {}: {}", this, newState, detail);
		switch (newState) {
			case REGISTERING -> this.state = State.REGISTERING;
			case REGISTERED -> {
				if (this.rejection != null) {
					logger.info("{} is registered again: {}", this, detail);
				}
				this.rejection = null;
				this.state = State.REGISTERED;
				if (this.cards != null) {
					this.cards.registered(this.pool);
				}
				this.registered.complete(true);
			}
			case REJECTED -> {
				this.rejection = detail;
				this.state = State.REJECTED;
				refused(detail);
			}
			case DEREGISTERED -> left();
		}
	}

	/**
	 * Who registered the element hears of the first refusal. Of a later one nobody would.
	 */
	private void refused(String detail) {
		boolean told = this.registered
			.completeExceptionally(new RSerPoolException(this + " was refused: " + detail, this.pool, List.of(), null));
		if (!told) {
			logger.warn("{} was refused, and serves no calls until that changes: {}. Look whether another element has"
					+ " the same identifier, and whether all elements of the pool have the same policy and transport.",
					this, detail);
		}
	}

	@Override
	public void warned(PoolElementRole element, List<ErrorCause> causes) {
		logger.warn("{} was registered with warnings: {}", this, causes);
	}

	@Override
	public void unanswered(PoolElementRole element, int attempts) {
		logger.warn("{} got no answer to {} registrations", this, attempts);
	}

	private void left() {
		this.state = State.DEREGISTERED;
		this.onLeave.run();
		this.deregistered.complete(true);
		this.registered.completeExceptionally(
				new RSerPoolException(this + " left before it was registered", this.pool, List.of(), null));
	}

	private static CompletableFuture<Void> view(CallFuture<Boolean> done) {
		return done.thenAccept((ignored) -> {
		});
	}

	@Override
	public String toString() {
		return "Element " + Identifiers.toString(this.identifier) + " of pool " + this.pool;
	}

}
