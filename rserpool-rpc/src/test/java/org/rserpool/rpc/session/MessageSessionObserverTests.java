package org.rserpool.rpc.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.rserpool.rpc.CallAttempt;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.wire.PoolElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Observers of sessions are told of what happens, in order, and of one end.
 */
class MessageSessionObserverTests {

	private static final Duration DEADLINE = Duration.ofSeconds(20);

	private final LoopbackScope scope = new LoopbackScope();

	private final Recorder recorder = new Recorder();

	@AfterEach
	void close() {
		this.scope.close();
	}

	@Test
	void areToldOfElementsThatAreFoundAndLostUntilTheSessionIsClosed() {
		RSerPoolNode first = this.scope.node();
		this.scope.register(first, 1, new Counter());
		CountingUser user = new CountingUser(Integer.MAX_VALUE);
		MessageSession session = this.scope.open(this.scope.node(), DEADLINE, user, this.recorder);
		await().until(() -> user.answers.size() > 5);
		this.scope.register(this.scope.node(), 2, new Counter());
		first.close();
		await().until(() -> user.elements.equals(List.of(1, 2)));
		session.close();
		session.close();
		await().until(() -> this.recorder.events.contains("closed"));
		this.scope.close();
		assertThat(this.recorder.events).filteredOn((event) -> !event.startsWith("unreachable"))
			.containsExactly("connected 1", "lost 1", "failover 2 with cookie", "closed");
	}

	@Test
	void areToldThatTheSessionFailed() {
		RSerPoolNode first = this.scope.node();
		this.scope.register(first, 1, (session, message) -> session.abort());
		CountingUser user = new CountingUser(1);
		this.scope.open(this.scope.node(), Duration.ofSeconds(2), user, this.recorder);
		await().until(() -> user.events.contains("new"));
		first.close();
		await().until(() -> user.failure != null);
		assertThat(this.recorder.events).startsWith("connected 1", "lost 1")
			.endsWith("failed " + user.failure.getMessage());
	}

	@Test
	void areToldThatTheNodeEnds() {
		RSerPoolNode node = this.scope.node();
		this.scope.open(node, DEADLINE, new CountingUser(1), this.recorder);
		node.close();
		assertThat(this.recorder.events).containsExactly("abandoned");
	}

	@Test
	void mayFailWithoutHarm() {
		this.scope.register(this.scope.node(), 1, new Counter());
		CountingUser user = new CountingUser(1);
		this.scope.open(this.scope.node(), DEADLINE, user, new MessageSessionObserver() {

			@Override
			public void connected(SessionChange change) {
				throw new IllegalStateException("on purpose");
			}

		});
		await().until(() -> user.answers.size() == 1);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(60));
	}

	/**
	 * Writes down what it is told.
	 */
	private static final class Recorder implements MessageSessionObserver {

		private final List<String> events = new CopyOnWriteArrayList<>();

		@Override
		public void connected(SessionChange change) {
			this.events.add((change.failover() ? "failover " : "connected ") + change.to().identifier()
					+ (change.cookieEchoed() ? " with cookie" : ""));
		}

		@Override
		public void unreachable(CallAttempt attempt) {
			this.events.add("unreachable " + attempt.element());
		}

		@Override
		public void lost(PoolElement element, String reason) {
			this.events.add("lost " + element.identifier());
		}

		@Override
		public void closed() {
			this.events.add("closed");
		}

		@Override
		public void failed(RSerPoolException failure) {
			this.events.add("failed " + failure.getMessage());
		}

		@Override
		public void abandoned() {
			this.events.add("abandoned");
		}

	}

}
