package org.rserpool.hunt;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;

/**
 * The attempts of a server hunt, round by round, until one of them comes up (RFC 5352,
 * section 3.6).
 */
final class Search {

	/** How long to wait for an address to become known before that is a failure. */
	private static final Duration NO_ADDRESS = Duration.ofSeconds(5);

	private final RoleRuntime runtime;

	private final HuntSettings settings;

	private final Surroundings surroundings;

	private final Map<Association, InetSocketAddress> attempts = new LinkedHashMap<>();

	private final Map<InetSocketAddress, HuntFailure> failures = new LinkedHashMap<>();

	private final Deque<InetSocketAddress> candidates = new ArrayDeque<>();

	private @Nullable InetSocketAddress last;

	private @Nullable Timer timer;

	private Duration attemptTimeout;

	private Duration pause;

	private boolean running;

	Search(RoleRuntime runtime, HuntSettings settings, Surroundings surroundings) {
		this.runtime = runtime;
		this.settings = settings;
		this.surroundings = surroundings;
		this.attemptTimeout = settings.attemptTimeout();
		this.pause = settings.pause();
	}

	boolean running() {
		return this.running;
	}

	List<HuntFailure> failures() {
		return List.copyOf(this.failures.values());
	}

	/**
	 * Starts, unless it runs already.
	 * @param tryLast an address that is tried after all others, or {@code null}
	 */
	void start(@Nullable InetSocketAddress tryLast) {
		if (!this.running) {
			this.running = true;
			this.last = tryLast;
			beginRound();
		}
	}

	/**
	 * Starts after a pause, unless it runs already: a registrar took an association and
	 * broke it without a word. Whoever only refuses is not to be asked without end.
	 * @param tryLast its address
	 */
	void startLater(InetSocketAddress tryLast) {
		if (!this.running) {
			this.running = true;
			this.last = tryLast;
			beginRoundLater();
		}
	}

	/**
	 * A registrar that was found did answer: the next pause is a short one again.
	 */
	void proven() {
		this.pause = this.settings.pause();
	}

	/**
	 * Ends, and gives up the attempts that are pending.
	 */
	void stop() {
		this.running = false;
		cancelTimer();
		abandonAttempts();
		this.candidates.clear();
		this.attemptTimeout = this.settings.attemptTimeout();
		this.pause = this.settings.pause();
	}

	/**
	 * An association came up.
	 * @param association the association
	 * @return the address that was tried by it, or {@code null} if it is none of the
	 * attempts
	 */
	@Nullable InetSocketAddress succeeded(Association association) {
		InetSocketAddress address = this.attempts.remove(association);
		if (address != null) {
			this.failures.remove(address);
		}
		return address;
	}

	/**
	 * Ends, and leaves the attempts that are pending to somebody else.
	 * @return the attempts, with the addresses that they try
	 */
	Map<Association, InetSocketAddress> release() {
		Map<Association, InetSocketAddress> pending = new LinkedHashMap<>(this.attempts);
		this.attempts.clear();
		Duration next = this.pause;
		stop();
		this.pause = next;
		return pending;
	}

	/**
	 * An address became known: tries it in this round.
	 */
	void offer(InetSocketAddress address) {
		if (!this.running || this.attempts.containsValue(address) || this.candidates.contains(address)) {
			return;
		}
		boolean waiting = this.attempts.isEmpty();
		this.candidates.add(address);
		attempt();
		if (waiting) {
			startAttemptTimer();
		}
	}

	/**
	 * An address is not known any more.
	 */
	void withdraw(InetSocketAddress address) {
		this.candidates.remove(address);
		this.failures.remove(address);
	}

	/**
	 * An association went down.
	 * @param association the association
	 * @param detail why
	 */
	void failed(Association association, String detail) {
		InetSocketAddress address = this.attempts.remove(association);
		if (address != null) {
			note(address, detail);
			Association next = this.surroundings.associateOtherwise(address);
			if (next != null) {
				this.attempts.put(next, address);
			}
			attempt();
			if (this.attempts.isEmpty()) {
				exhausted();
			}
		}
	}

	void note(InetSocketAddress address, String detail) {
		if (this.surroundings.knows(address)) {
			this.failures.put(address, new HuntFailure(address, detail));
		}
	}

	private void beginRound() {
		List<InetSocketAddress> addresses = new ArrayList<>(this.surroundings.addresses());
		if (this.last != null && addresses.remove(this.last)) {
			addresses.add(this.last);
		}
		this.candidates.clear();
		this.candidates.addAll(addresses);
		if (addresses.isEmpty()) {
			noAddress();
			return;
		}
		attempt();
		startAttemptTimer();
	}

	private void noAddress() {
		if (!this.surroundings.mayKnowMore()) {
			this.surroundings.nothingFound();
			return;
		}
		cancelTimer();
		this.timer = this.runtime.schedule(NO_ADDRESS, () -> {
			this.surroundings.nothingFound();
			if (this.running) {
				beginRound();
			}
		});
	}

	private void attempt() {
		int most = HuntSettings.MAXIMUM_ATTEMPTS - this.surroundings.held();
		while (this.attempts.size() < most && !this.candidates.isEmpty()) {
			InetSocketAddress address = this.candidates.remove();
			this.attempts.put(this.surroundings.associate(address), address);
		}
	}

	private void startAttemptTimer() {
		cancelTimer();
		this.timer = this.runtime.schedule(this.attemptTimeout, this::attemptsTimedOut);
	}

	private void attemptsTimedOut() {
		this.attempts.values().forEach((address) -> {
			note(address, "no answer within " + this.attemptTimeout.toMillis() + " ms");
			this.surroundings.unanswered(address);
		});
		abandonAttempts();
		this.attemptTimeout = doubled(this.attemptTimeout, this.settings.maximumAttemptTimeout());
		if (this.candidates.isEmpty()) {
			this.surroundings.nothingFound();
			if (this.running) {
				beginRound();
			}
		}
		else {
			attempt();
			startAttemptTimer();
		}
	}

	private void exhausted() {
		beginRoundLater();
		this.surroundings.nothingFound();
	}

	private void beginRoundLater() {
		cancelTimer();
		long nanos = this.pause.toNanos();
		Duration delay = Duration.ofNanos(nanos / 2 + this.runtime.random().nextLong(nanos / 2 + 1));
		this.pause = doubled(this.pause, this.settings.maximumPause());
		this.timer = this.runtime.schedule(delay, this::beginRound);
	}

	private void abandonAttempts() {
		List<Association> abandoned = List.copyOf(this.attempts.keySet());
		this.attempts.clear();
		abandoned.forEach(Association::abort);
	}

	private void cancelTimer() {
		if (this.timer != null) {
			this.timer.cancel();
			this.timer = null;
		}
	}

	private static Duration doubled(Duration value, Duration maximum) {
		Duration doubled = value.multipliedBy(2);
		return (doubled.compareTo(maximum) < 0) ? doubled : maximum;
	}

	/**
	 * What a search asks of the hunt.
	 */
	interface Surroundings {

		Association associate(InetSocketAddress address);

		/**
		 * Tries an address in another way, after an attempt failed.
		 * @return the next attempt, or {@code null} if there is no other way
		 */
		@Nullable Association associateOtherwise(InetSocketAddress address);

		/**
		 * An attempt brought no answer.
		 */
		void unanswered(InetSocketAddress address);

		/**
		 * Return the addresses that are known, in the order in which to try them.
		 */
		List<InetSocketAddress> addresses();

		boolean knows(InetSocketAddress address);

		/**
		 * Return whether more addresses may become known by themselves.
		 */
		boolean mayKnowMore();

		/**
		 * Return how many associations there are that are not attempts of the search.
		 */
		int held();

		/**
		 * Return where the home registrar is, if there is one.
		 */
		@Nullable InetSocketAddress homeAddress();

		void nothingFound();

	}

}
