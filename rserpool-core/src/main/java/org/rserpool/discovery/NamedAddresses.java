package org.rserpool.discovery;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.NameResolution;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;

/**
 * Addresses, some of which are given by names. Names are resolved again and again, and as
 * long as that fails what they stood for last is kept.
 *
 * @since 0.1
 */
public final class NamedAddresses {

	/** How many addresses one name may stand for. */
	static final int MAXIMUM_ADDRESSES = 64;

	private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

	private final RoleRuntime runtime;

	private final Duration interval;

	private final Listener listener;

	private final Set<InetSocketAddress> literals = new LinkedHashSet<>();

	private final List<Name> names = new ArrayList<>();

	private boolean running;

	/**
	 * Makes the addresses; names stand for none yet.
	 * @param runtime its surroundings
	 * @param addresses the addresses. One that is unresolved is a name, as
	 * {@link RoleRuntime#resolve} takes it.
	 * @param interval how long to wait before a name is resolved again; each wait is
	 * spread over 87.5 to 112.5 %
	 * @param listener who is told of changes
	 */
	public NamedAddresses(RoleRuntime runtime, List<InetSocketAddress> addresses, Duration interval,
			Listener listener) {
		this.runtime = runtime;
		this.interval = interval;
		this.listener = listener;
		for (InetSocketAddress address : new LinkedHashSet<>(addresses)) {
			if (address.isUnresolved()) {
				this.names.add(new Name(address));
			}
			else {
				this.literals.add(address);
			}
		}
	}

	/**
	 * Begins to resolve names.
	 */
	public void start() {
		if (!this.running) {
			this.running = true;
			this.names.forEach(Name::resolve);
		}
	}

	/**
	 * Ends, and keeps what is known.
	 */
	public void stop() {
		this.running = false;
		this.names.forEach(Name::cancel);
	}

	/**
	 * Return what is known now.
	 * @return the addresses that were given, and those that the names stand for; a copy
	 */
	public Set<InetSocketAddress> addresses() {
		Set<InetSocketAddress> all = new LinkedHashSet<>(this.literals);
		this.names.forEach((name) -> all.addAll(name.resolved));
		return all;
	}

	/**
	 * Return whether there are names.
	 * @return {@code false} if the addresses never change
	 */
	public boolean hasNames() {
		return !this.names.isEmpty();
	}

	/**
	 * Return whether a name service said something about every name, if only that it
	 * knows none.
	 * @return whether all names were answered
	 */
	public boolean isSettled() {
		return this.names.stream().allMatch((name) -> name.answered);
	}

	/**
	 * Return the names that could not be resolved the last time.
	 * @return the names, with the reason in words
	 */
	public Map<InetSocketAddress, String> failures() {
		Map<InetSocketAddress, String> failures = new LinkedHashMap<>();
		for (Name name : this.names) {
			String failure = name.failure;
			if (failure != null) {
				failures.put(name.name, failure);
			}
		}
		return failures;
	}

	/**
	 * Is told what names stand for.
	 */
	public interface Listener {

		/**
		 * An address became known.
		 * @param address the address
		 */
		void added(InetSocketAddress address);

		/**
		 * No name stands for an address any more.
		 * @param address the address
		 */
		void removed(InetSocketAddress address);

		/**
		 * A name service answered for every name for the first time, or failed.
		 */
		default void settled() {
		}

		/**
		 * A name could not be resolved. Told once, and again for another reason.
		 * @param name the name, unresolved
		 * @param reason why, in words
		 */
		default void unresolved(InetSocketAddress name, String reason) {
		}

	}

	/**
	 * One name, and what it stands for.
	 */
	private final class Name {

		private final InetSocketAddress name;

		private Set<InetSocketAddress> resolved = Set.of();

		private @Nullable String failure;

		private Duration retry = FIRST_RETRY;

		private @Nullable Timer timer;

		private boolean answered;

		private Name(InetSocketAddress name) {
			this.name = name;
		}

		private void resolve() {
			NamedAddresses.this.runtime.resolve(this.name, (outcome) -> {
				if (NamedAddresses.this.running) {
					take(outcome);
				}
			});
		}

		private void take(NameResolution outcome) {
			boolean settledBefore = isSettled();
			this.answered = true;
			String reason = outcome.failure();
			if (reason != null) {
				again(this.retry);
				this.retry = shorter(this.retry.multipliedBy(2), NamedAddresses.this.interval);
				if (!reason.equals(this.failure)) {
					this.failure = reason;
					NamedAddresses.this.listener.unresolved(this.name, reason);
				}
			}
			else {
				this.failure = null;
				this.retry = FIRST_RETRY;
				again(NamedAddresses.this.interval);
				replace(outcome.addresses());
			}
			if (!settledBefore && isSettled()) {
				NamedAddresses.this.listener.settled();
			}
		}

		private void replace(List<InetSocketAddress> found) {
			Set<InetSocketAddress> before = addresses();
			this.resolved = new LinkedHashSet<>(found.subList(0, Math.min(found.size(), MAXIMUM_ADDRESSES)));
			Set<InetSocketAddress> now = addresses();
			for (InetSocketAddress address : now) {
				if (!before.contains(address)) {
					NamedAddresses.this.listener.added(address);
				}
			}
			for (InetSocketAddress address : before) {
				if (!now.contains(address)) {
					NamedAddresses.this.listener.removed(address);
				}
			}
		}

		private void again(Duration delay) {
			double factor = 0.875 + 0.25 * NamedAddresses.this.runtime.random().nextDouble();
			this.timer = NamedAddresses.this.runtime.schedule(Duration.ofNanos((long) (delay.toNanos() * factor)),
					this::resolve);
		}

		private void cancel() {
			if (this.timer != null) {
				this.timer.cancel();
				this.timer = null;
			}
		}

	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
