package org.rserpool.registrar.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One question is asked for all who want to know at a time.
 */
class SharedAnswerTests {

	private static final Duration LONG = Duration.ofDays(1);

	private static final Duration SHORT = Duration.ofNanos(1);

	private final Deque<CompletableFuture<String>> asked = new ConcurrentLinkedDeque<>();

	@Test
	void isAskedForOnceWhileItIsFresh() {
		SharedAnswer<String> answer = new SharedAnswer<>(this::ask, LONG, SHORT);
		assertThat(answer.get()).isNull();
		this.asked.getLast().complete("first");
		assertThat(answer.get()).isEqualTo("first");
		assertThat(answer.get()).isEqualTo("first");
		assertThat(this.asked).hasSize(1);
	}

	@Test
	void isAskedForAgainWhenItIsOld() {
		SharedAnswer<String> answer = new SharedAnswer<>(() -> {
			ask().complete("answer " + this.asked.size());
			return this.asked.getLast();
		}, SHORT, LONG);
		assertThat(answer.get()).isEqualTo("answer 1");
		Awaitility.await().untilAsserted(() -> assertThat(answer.get()).isNotEqualTo("answer 1"));
	}

	@Test
	void isAskedForOnceByAllWhoWait() throws Exception {
		SharedAnswer<String> answer = new SharedAnswer<>(this::ask, LONG, LONG);
		List<CompletableFuture<String>> answered = new ArrayList<>();
		for (int count = 0; count < 4; count++) {
			answered.add(getAndWait(answer));
		}
		assertThat(this.asked).hasSize(1);
		this.asked.getLast().complete("all");
		for (CompletableFuture<String> future : answered) {
			assertThat(future.get(10, TimeUnit.SECONDS)).isEqualTo("all");
		}
	}

	@Test
	void isWaitedForWithoutALock() throws Exception {
		SharedAnswer<String> answer = new SharedAnswer<>(this::ask, LONG, LONG);
		CompletableFuture<String> waiting = getAndWait(answer);
		CompletableFuture<Boolean> locked = new CompletableFuture<>();
		new Thread(() -> {
			synchronized (answer) {
				locked.complete(waiting.isDone());
			}
		}).start();
		assertThat(locked.get(10, TimeUnit.SECONDS)).isFalse();
		this.asked.getLast().complete("after all");
		assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo("after all");
	}

	@Test
	void isRememberedWhileTheNextOneIsAwaited() {
		SharedAnswer<String> answer = new SharedAnswer<>(this::ask, SHORT, SHORT);
		assertThat(answer.get()).isNull();
		assertThat(answer.latest()).isNull();
		this.asked.getLast().complete("first");
		Awaitility.await().until(() -> answer.get() == null);
		assertThat(answer.latest()).isEqualTo("first");
		this.asked.getLast().complete("second");
		assertThat(answer.latest()).isEqualTo("second");
	}

	@Test
	void isAskedForAgainAfterAFailure() {
		SharedAnswer<String> answer = new SharedAnswer<>(this::ask, LONG, SHORT);
		answer.get();
		this.asked.getLast().completeExceptionally(new IllegalStateException("closed"));
		assertThat(answer.get()).isNull();
		assertThat(this.asked).hasSize(2);
		this.asked.getLast().complete("again");
		assertThat(answer.get()).isEqualTo("again");
	}

	@Test
	void isAskedForAgainWhenTheQuestionIsLost() {
		SharedAnswer<String> answer = new SharedAnswer<>(this::ask, LONG, SHORT);
		Awaitility.await().until(() -> {
			answer.get();
			return this.asked.size() > 1;
		});
		this.asked.getLast().complete("at last");
		assertThat(answer.latest()).isEqualTo("at last");
	}

	private CompletableFuture<String> getAndWait(SharedAnswer<String> answer) {
		CompletableFuture<String> future = new CompletableFuture<>();
		Thread thread = new Thread(() -> future.complete(answer.get()));
		thread.setDaemon(true);
		thread.start();
		Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
		return future;
	}

	private CompletableFuture<String> ask() {
		CompletableFuture<String> question = new CompletableFuture<>();
		this.asked.add(question);
		return question;
	}

}
