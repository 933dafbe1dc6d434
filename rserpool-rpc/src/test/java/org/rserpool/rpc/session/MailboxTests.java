package org.rserpool.rpc.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class MailboxTests {

	private final Queue<Runnable> submitted = new ArrayDeque<>();

	private final List<Integer> done = new ArrayList<>();

	private final Mailbox mailbox = new Mailbox(this.submitted::add);

	@Test
	void runsOneAtATimeInOrder() {
		IntStream.range(0, 200).forEach((number) -> assertThat(offer(0, number)).isTrue());
		assertThat(this.submitted).hasSize(1);
		while (!this.submitted.isEmpty()) {
			this.submitted.remove().run();
			assertThat(this.submitted).hasSizeLessThan(2);
		}
		assertThat(this.done).isEqualTo(IntStream.range(0, 200).boxed().toList());
	}

	@Test
	void letsOthersRunBetween() {
		IntStream.range(0, 200).forEach((number) -> offer(0, number));
		this.submitted.remove().run();
		assertThat(this.done).hasSizeLessThan(200);
		assertThat(this.submitted).hasSize(1);
	}

	@Test
	void takesNoMoreThanItsLimit() {
		assertThat(offer(Mailbox.LIMIT, 1)).isTrue();
		assertThat(offer(1, 2)).isFalse();
		this.mailbox.last(() -> this.done.add(3));
		this.submitted.remove().run();
		assertThat(this.done).containsExactly(1, 3);
		assertThat(offer(1, 4)).isTrue();
	}

	@Test
	void countsTasksWithoutOctets() {
		int number = 0;
		while (offer(0, number)) {
			assertThat(++number).isLessThan(Mailbox.LIMIT / 100);
		}
	}

	@Test
	void goesOnAfterATaskThatFails() {
		this.mailbox.offer(0, () -> {
			throw new IllegalStateException("on purpose");
		});
		offer(0, 1);
		Runnable first = this.submitted.remove();
		assertThatIllegalStateException().isThrownBy(first::run);
		this.submitted.remove().run();
		assertThat(this.done).containsExactly(1);
	}

	@Test
	void saysThatAnExecutorTakesNothing() {
		Mailbox closed = new Mailbox((task) -> {
			throw new RejectedExecutionException();
		});
		assertThat(closed.offer(0, () -> this.done.add(1))).isFalse();
	}

	@Test
	void goesOnInItsThreadWhenTheExecutorCloses() {
		Queue<Runnable> first = new ArrayDeque<>();
		Mailbox closing = new Mailbox((task) -> {
			if (!first.isEmpty() || !this.done.isEmpty()) {
				throw new RejectedExecutionException();
			}
			first.add(task);
		});
		IntStream.range(0, 200).forEach((number) -> closing.offer(0, () -> this.done.add(number)));
		first.remove().run();
		assertThat(this.done).hasSize(200);
	}

	private boolean offer(int size, int number) {
		return this.mailbox.offer(size, () -> this.done.add(number));
	}

}
