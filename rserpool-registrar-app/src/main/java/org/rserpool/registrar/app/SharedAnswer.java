package org.rserpool.registrar.app;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to a question that many threads have at a time. It is asked once, and all of
 * them wait for the same answer, for a limited time, and not while they hold a lock. An
 * answer holds for a while.
 *
 * @param <T> the type of the answer
 */
final class SharedAnswer<T> {

	private static final Logger logger = LoggerFactory.getLogger(SharedAnswer.class);

	/** A question is taken for lost when it waited for so many times the patience. */
	private static final int LOST = 30;

	private final Supplier<CompletableFuture<T>> question;

	private final long freshNanos;

	private final long patienceNanos;

	private @Nullable Asking<T> asking;

	private volatile @Nullable T latest;

	/**
	 * Makes an answer to a question that is not asked yet.
	 * @param question asks, and does not wait
	 * @param fresh how long an answer holds
	 * @param patience how long after the question somebody still waits for its answer
	 */
	SharedAnswer(Supplier<CompletableFuture<T>> question, Duration fresh, Duration patience) {
		this.question = question;
		this.freshNanos = fresh.toNanos();
		this.patienceNanos = patience.toNanos();
	}

	/**
	 * Returns the answer, and asks if it is not fresh.
	 * @return the answer, or {@code null} if there is none in time
	 */
	@Nullable T get() {
		Asking<T> current = asking();
		try {
			long left = this.patienceNanos - (System.nanoTime() - current.since());
			return current.answer().get(Math.max(0, left), TimeUnit.NANOSECONDS).value();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (CancellationException | ExecutionException | TimeoutException ex) {
			// After a failure, the next one asks again.
			logger.debug("There is no answer", ex);
		}
		return null;
	}

	/**
	 * Returns the latest answer, without asking.
	 * @return the answer, or {@code null} if there never was one
	 */
	@Nullable T latest() {
		return this.latest;
	}

	private synchronized Asking<T> asking() {
		Asking<T> current = this.asking;
		if (current == null || isOver(current)) {
			current = new Asking<>(System.nanoTime(), this.question.get().thenApply(this::answered));
			this.asking = current;
		}
		return current;
	}

	private Answer<T> answered(T value) {
		this.latest = value;
		return new Answer<>(System.nanoTime(), value);
	}

	private boolean isOver(Asking<T> current) {
		CompletableFuture<Answer<T>> answer = current.answer();
		if (!answer.isDone()) {
			return (System.nanoTime() - current.since()) / LOST > this.patienceNanos;
		}
		return answer.isCompletedExceptionally() || System.nanoTime() - answer.join().time() > this.freshNanos;
	}

	private record Answer<T>(long time, T value) {
	}

	private record Asking<T>(long since, CompletableFuture<Answer<T>> answer) {
	}

}
