package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.RoleRuntime;
import org.rserpool.wire.PoolElement;

/**
 * What came so far of a call that is made by another protocol, for those who watch it,
 * and for its failure.
 */
final class FailoverRecord {

	private static final Logger logger = LoggerFactory.getLogger(FailoverRecord.class);

	private final RoleRuntime runtime;

	private final ElementSource elements;

	private final FailoverRequest request;

	private final CallListener listener;

	private final long startNanos;

	private final List<CallAttempt> attempts = new ArrayList<>();

	/**
	 * Begins with a call that has no attempt yet.
	 * @param runtime the surroundings of the call
	 * @param elements knows the home registrar
	 * @param request what is known of the call
	 * @param listener told when the call ends
	 */
	FailoverRecord(RoleRuntime runtime, ElementSource elements, FailoverRequest request, CallListener listener) {
		this.runtime = runtime;
		this.elements = elements;
		this.request = request;
		this.listener = listener;
		this.startNanos = runtime.nanoTime();
	}

	long ageNanos() {
		return this.runtime.nanoTime() - this.startNanos;
	}

	long leftNanos() {
		Duration limit = this.request.deadline();
		long nanos = (limit.compareTo(Duration.ofDays(365)) < 0) ? limit.toNanos() : Duration.ofDays(365).toNanos();
		return nanos - ageNanos();
	}

	/**
	 * Return how many attempts have failed.
	 */
	int size() {
		return this.attempts.size();
	}

	/**
	 * Return how the last attempt that failed ended.
	 * @return its outcome, or {@code null} if none failed
	 */
	@Nullable CallOutcome last() {
		return this.attempts.isEmpty() ? null : this.attempts.get(this.attempts.size() - 1).outcome();
	}

	void attemptStarted(PoolElement element, InetSocketAddress address) {
		observe((observer) -> observer.attemptStarted(element.identifier(), address));
	}

	void attemptFailed(PoolElement element, InetSocketAddress address, CallOutcome outcome, String error) {
		CallAttempt attempt = attempt(element, address, outcome, error);
		this.attempts.add(attempt);
		observe((observer) -> observer.attemptEnded(attempt));
	}

	void elementReported() {
		observe(CallObserver::elementReported);
	}

	void answered(PoolElement element, InetSocketAddress address) {
		observe((observer) -> observer.attemptEnded(attempt(element, address, CallOutcome.ANSWERED, "")));
		ended(CallOutcome.ANSWERED);
	}

	void ended(CallOutcome outcome) {
		try {
			this.listener.callEnded(new EndedCall(this.request.pool(), this.request.method(), outcome, this.attempts,
					Duration.ofNanos(ageNanos())));
		}
		catch (RuntimeException ex) {
			logger.warn("A call listener failed", ex);
		}
	}

	private CallAttempt attempt(PoolElement element, InetSocketAddress address, CallOutcome outcome, String error) {
		return new CallAttempt(element.identifier(), address, outcome, error, Duration.ofNanos(ageNanos()));
	}

	private void observe(Consumer<CallObserver> event) {
		CallObserver observer = this.request.observer();
		if (observer == CallObserver.NONE) {
			return;
		}
		try {
			event.accept(observer);
		}
		catch (RuntimeException ex) {
			logger.warn("A call observer failed", ex);
		}
	}

	/**
	 * Return whether some element may have carried the call out.
	 */
	boolean unresolved() {
		return this.attempts.stream().anyMatch((attempt) -> attempt.outcome() == CallOutcome.UNKNOWN);
	}

	RSerPoolException unknown() {
		return new CallOutcomeUnknownException(
				"Nobody knows whether the call of " + this.request.method() + " in pool " + this.request.pool()
						+ " was carried out; it is not idempotent, so it was not made again",
				this.request.pool(), this.elements.registrar(), this.attempts);
	}

	RSerPoolException givenUp(String reason) {
		String message = name() + " failed: " + reason;
		return unresolved()
				? new CallOutcomeUnknownException(message + "; nobody knows whether it was carried out",
						this.request.pool(), this.elements.registrar(), this.attempts)
				: new NoPoolElementException(message, this.request.pool(), this.elements.registrar(), this.attempts);
	}

	RSerPoolException expired() {
		return new DeadlineExceededException(
				name() + " did not end within " + this.request.deadline().toMillis() + " ms", this.request.pool(),
				this.elements.registrar(), this.attempts);
	}

	/**
	 * Return the failure of a call that could not be begun any more.
	 */
	RSerPoolException gone(Throwable cause) {
		return new RSerPoolException(name() + " was not begun: this process left the operation scope",
				this.request.pool(), List.of(), cause);
	}

	/**
	 * Return the failure of who asks for an element at a wrong time.
	 */
	IllegalStateException misused() {
		return new IllegalStateException(name() + " has ended, or its last attempt did not end yet");
	}

	private String name() {
		return "The call of " + this.request.method() + " in pool " + this.request.pool();
	}

}
