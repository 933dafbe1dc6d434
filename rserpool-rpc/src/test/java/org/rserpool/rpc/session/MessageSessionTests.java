package org.rserpool.rpc.session;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.rpc.NoPoolElementException;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.SessionProtocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Sessions of messages over TCP, with elements that fail.
 */
class MessageSessionTests {

	private static final Duration DEADLINE = Duration.ofSeconds(20);

	private final LoopbackScope scope = new LoopbackScope();

	private final Counter one = new Counter();

	private final Counter two = new Counter();

	@AfterEach
	void close() {
		this.scope.close();
	}

	@Test
	@Conformance({ "PU28", "PU49" })
	void goesOnCountingWithoutAGapWhereAnElementBreaksTheSession() {
		this.scope.register(this.scope.node(), 1, this.one);
		this.scope.register(this.scope.node(), 2, this.two);
		this.one.failAt(6);
		this.two.failAt(12);
		CountingUser user = new CountingUser(20);
		this.scope.open(DEADLINE, user);
		await().until(() -> user.answers.size() == 20);
		assertThat(user.answers).isEqualTo(upTo(20));
		assertThat(user.sent).isEqualTo(upTo(20));
		assertThat(user.events).contains("new", "lost 1", "lost 2", "failover with cookie");
		assertThat(user.elements).contains(1, 2);
		await().until(() -> this.one.events.contains("closed") && this.two.events.contains("closed"));
	}

	@Test
	void goesOnCountingWhereTheProcessOfAnElementEnds() {
		RSerPoolNode first = this.scope.node();
		this.scope.register(first, 1, this.one);
		CountingUser user = new CountingUser(Integer.MAX_VALUE);
		this.scope.open(DEADLINE, user);
		await().until(() -> user.answers.size() > 5);
		this.scope.register(this.scope.node(), 2, this.two);
		first.close();
		int before = user.answers.size();
		await().until(() -> user.elements.equals(List.of(1, 2)) && user.answers.size() > before + 10);
		assertThat(user.answers).startsWith(upTo(before + 10).toArray(Integer[]::new));
		assertThat(this.two.events).startsWith("opened", "resumed");
	}

	@Test
	void waitsForTheOnlyElementToComeBack() {
		RSerPoolNode first = this.scope.node();
		this.scope.register(first, 1, this.one);
		CountingUser user = new CountingUser(Integer.MAX_VALUE);
		this.scope.open(Duration.ofSeconds(60), user);
		await().until(() -> user.answers.size() > 5);
		first.close();
		await().until(() -> user.events.contains("lost 1"));
		int before = user.answers.size();
		this.scope.register(this.scope.node(), 1, this.two);
		await().until(() -> user.answers.size() > before + 10);
		assertThat(user.answers).startsWith(upTo(before + 10).toArray(Integer[]::new));
		assertThat(user.elements).containsExactly(1, 1);
	}

	@Test
	void failsOverWhenItIsToldTo() {
		this.scope.register(this.scope.node(), 1, this.one);
		this.scope.register(this.scope.node(), 2, this.two);
		CountingUser user = new CountingUser(Integer.MAX_VALUE);
		RSerPoolNode opener = this.scope.node();
		MessageSession session = this.scope.open(opener, DEADLINE, user);
		await().until(() -> user.answers.size() > 5);
		assertThat(session.hasCookie()).isTrue();
		assertThat(opener.sessions(10)).singleElement().satisfies((open) -> {
			assertThat(open.binding()).isEqualTo("session");
			assertThat(open.element()).isIn(1, 2);
			assertThat(open.cookie()).isTrue();
		});
		session.failOver(false, "it is slow");
		await().until(() -> user.elements.size() == 2);
		int before = user.answers.size();
		await().until(() -> user.answers.size() > before + 10);
		assertThat(user.elements).containsExactlyInAnyOrder(1, 2);
		assertThat(user.sent).startsWith(upTo(before + 10).toArray(Integer[]::new));
	}

	@Test
	void elementThatLeavesSendsItsUsersOn() {
		RegisteredElement leaving = this.scope.register(this.scope.node(), 1, this.one);
		CountingUser user = new CountingUser(Integer.MAX_VALUE);
		this.scope.open(DEADLINE, user);
		await().until(() -> user.answers.size() > 5);
		assertThat(leaving.callsInProgress()).isOne();
		this.scope.register(this.scope.node(), 2, this.two);
		leaving.deregister();
		await().until(() -> user.elements.equals(List.of(1, 2)));
		await().until(() -> leaving.state() == RegisteredElement.State.DEREGISTERED && leaving.callsInProgress() == 0);
		assertThat(this.one.events).containsExactly("opened", "closed");
	}

	@Test
	void elementThatHasEnoughSessionsSendsUsersElsewhere() {
		this.scope.register(this.scope.node(), 1, this.one, 1);
		CountingUser user = new CountingUser(1);
		this.scope.open(DEADLINE, user);
		await().until(() -> user.answers.size() == 1);
		this.scope.register(this.scope.node(), 2, this.two);
		CountingUser other = new CountingUser(1);
		this.scope.open(DEADLINE, other);
		await().until(() -> other.answers.size() == 1);
		assertThat(this.one.events).containsExactly("opened");
		assertThat(this.two.events).containsExactly("opened");
	}

	@Test
	void carriesMessagesInOrderWithProtocolAndStreamHoweverManyWait() {
		int messages = 20_000;
		CountDownLatch all = new CountDownLatch(messages);
		this.scope.register(this.scope.node(), 1, (session, message) -> {
			for (int number = 0; number < messages; number++) {
				ByteBuffer data = ByteBuffer.allocate(100).putInt(0, number);
				session.send(new UserMessage(number % 50 + 20, number % 4, false, data));
			}
		});
		int[] expected = new int[1];
		boolean[] wrong = new boolean[1];
		MessageSession session = this.scope.open(DEADLINE, new MessageSessionListener() {

			@Override
			public void connected(MessageSession by, SessionChange change) {
				by.send(new UserMessage(1, ByteBuffer.allocate(1)));
			}

			@Override
			public void message(MessageSession by, UserMessage message) {
				int number = expected[0]++;
				wrong[0] |= message.data().getInt() != number || message.stream() != number % 4
						|| message.payloadProtocol() != number % 50 + 20 || message.data().remaining() != 96;
				all.countDown();
			}

		});
		await().until(() -> all.getCount() == 0);
		assertThat(wrong).containsExactly(false);
		session.close();
	}

	@Test
	void saysWhichPoolAndRegistrarAndWhatWasTriedWhenNoElementIsFound() {
		CountingUser user = new CountingUser(1);
		MessageSession session = this.scope.open(Duration.ofMillis(300), user);
		await().until(() -> user.failure != null);
		assertThat(user.failure).isInstanceOf(NoPoolElementException.class)
			.hasMessageContaining("pool counter")
			.hasMessageContaining("within 300 ms")
			.hasMessageContaining("registrar at localhost:" + this.scope.registrar.getPort());
		assertThat(user.failure.registrar()).contains("" + this.scope.registrar.getPort());
		assertThat(user.failure.pool()).isEqualTo(LoopbackScope.POOL);
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> session.send(new UserMessage(1, ByteBuffer.allocate(1))).get(20, TimeUnit.SECONDS))
			.withCauseInstanceOf(RSerPoolException.class)
			.withMessageContaining("the session is over");
	}

	@Test
	void refusesToSendWhileItHasNoElement() {
		CountingUser user = new CountingUser(1);
		MessageSession session = this.scope.open(DEADLINE, user);
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> session.send(new UserMessage(1, ByteBuffer.allocate(1))).get(20, TimeUnit.SECONDS))
			.withMessageContaining("pool counter was not sent: the session is looking for an element");
		assertThat(session.element()).isNull();
	}

	@Test
	void refusesWhatIsNotForTheDataChannel() {
		MessageSession session = this.scope.open(DEADLINE, new CountingUser(1));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> session.send(new UserMessage(UserMessage.ASAP, ByteBuffer.allocate(4))))
			.withMessageContaining("11 (ASAP)");
		assertThatIllegalArgumentException().isThrownBy(() -> session.send(SessionProtocol.request(1)))
			.withMessageContaining("heartbeats");
		assertThatIllegalArgumentException().isThrownBy(() -> this.scope.open(Duration.ZERO, new CountingUser(1)))
			.withMessageContaining("not positive");
	}

	@Test
	void handlerThatFailsAbortsTheSession() {
		CompletableFuture<String> closed = new CompletableFuture<>();
		this.scope.register(this.scope.node(), 1, new PoolSessionHandler() {

			@Override
			public void message(ElementSession session, UserMessage message) throws Exception {
				throw new Exception("on purpose");
			}

			@Override
			public void closed(ElementSession session, DownReason reason, String detail) {
				closed.complete(session.isOpen() + " " + session.pool() + " " + session.element());
			}

		});
		CountingUser user = new CountingUser(1);
		this.scope.open(DEADLINE, user);
		await().until(() -> user.events.contains("lost 1"));
		assertThat(closed).succeedsWithin(DEADLINE).isEqualTo("false counter 1");
	}

	@Test
	void nothingIsHeardAfterTheSessionIsClosed() {
		this.scope.register(this.scope.node(), 1, this.one);
		CountingUser user = new CountingUser(1);
		MessageSession session = this.scope.open(DEADLINE, user);
		await().until(() -> user.answers.size() == 1);
		session.close();
		await().until(() -> this.one.events.contains("closed"));
		assertThat(user.events).containsExactly("new");
		assertThat(user.failure).isNull();
	}

	@Test
	void sessionIsOverWhenTheNodeEnds() {
		this.scope.register(this.scope.node(), 1, this.one);
		CountingUser user = new CountingUser(1);
		RSerPoolNode node = this.scope.node();
		MessageSession session = this.scope.open(node, DEADLINE, user);
		await().until(() -> user.answers.size() == 1);
		node.close();
		await().until(() -> user.failure != null);
		assertThat(user.failure).hasMessageContaining("pool counter is over: this process leaves the operation scope");
		await().until(() -> this.one.events.contains("closed"));
		assertThat(session.send(new UserMessage(1, ByteBuffer.allocate(1)))).isCompletedExceptionally();
	}

	@Test
	void listenerThatIsTooSlowEndsTheSession() {
		CountDownLatch release = new CountDownLatch(1);
		CompletableFuture<RSerPoolException> failure = new CompletableFuture<>();
		CountDownLatch closed = new CountDownLatch(1);
		this.scope.register(this.scope.node(), 1, new PoolSessionHandler() {

			@Override
			public void message(ElementSession session, UserMessage message) {
				CompletableFuture<Void> sent = CompletableFuture.completedFuture(null);
				while (session.isOpen() && !sent.isCompletedExceptionally()) {
					sent = session.send(new UserMessage(1, ByteBuffer.allocate(1024 * 1024)));
					sent.handle((done, failure) -> done).join();
				}
			}

			@Override
			public void closed(ElementSession session, DownReason reason, String detail) {
				closed.countDown();
			}

		});
		this.scope.open(DEADLINE, new MessageSessionListener() {

			@Override
			public void connected(MessageSession by, SessionChange change) {
				by.send(new UserMessage(1, ByteBuffer.allocate(1)));
			}

			@Override
			public void message(MessageSession by, UserMessage message) {
				try {
					release.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}

			@Override
			public void failed(MessageSession by, RSerPoolException cause) {
				failure.complete(cause);
			}

		});
		await().until(() -> closed.getCount() == 0);
		release.countDown();
		assertThat(failure).succeedsWithin(DEADLINE)
			.satisfies((cause) -> assertThat(cause).hasMessageContaining("its listener takes messages too slowly"));
	}

	private static List<Integer> upTo(int last) {
		return IntStream.rangeClosed(1, last).boxed().toList();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

}
