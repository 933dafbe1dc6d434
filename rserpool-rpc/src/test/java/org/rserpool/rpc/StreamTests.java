package org.rserpool.rpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that are answered by a stream, between a caller and elements in virtual time.
 */
class StreamTests {

	private final List<Source> sources = new ArrayList<>();

	private int length = Integer.MAX_VALUE;

	private boolean silent;

	private final RpcScope scope = new RpcScope(1, 3, (identifier) -> new RpcHandler() {

		@Override
		public CompletableFuture<byte[]> handle(RpcInvocation invocation) {
			return CompletableFuture.completedFuture(new byte[] { 1 });
		}

		@Override
		public Flow.Publisher<byte[]> stream(RpcInvocation invocation) {
			Source source = new Source(identifier);
			StreamTests.this.sources.add(source);
			return source;
		}

	});

	private final Sink sink = new Sink();

	@Test
	void itemsArriveInOrderAndEnd() {
		this.length = 100;
		want(start(true), 1000);
		pass(500);
		assertThat(this.sink.items).hasSize(100).isSorted();
		assertThat(this.sink.end).isEqualTo("complete");
		assertThat(this.scope.runtime.timers()).isZero();
	}

	@Test
	void elementSendsNoMoreThanIsAskedFor() {
		Call call = start(true);
		want(call, 3);
		pass(500);
		assertThat(this.sink.items).containsExactly(0, 1, 2);
		want(call, 40);
		pass(500);
		assertThat(this.sink.items).hasSize(43).isSorted();
		assertThat(this.sources.get(0).sent).isEqualTo(43);
	}

	@Test
	void elementAsksItsSourceForAFewItemsAtATime() {
		want(start(true), Long.MAX_VALUE);
		pass(1);
		pass(1);
		assertThat(this.sources.get(0).mostWanted).isLessThanOrEqualTo(StreamExecution.WINDOW);
		pass(200);
		assertThat(this.sink.items).hasSizeGreaterThan(100).isSorted();
		assertThat(this.sources.get(0).mostWanted).isLessThanOrEqualTo(StreamExecution.WINDOW);
	}

	@Test
	void cancelReachesTheSource() {
		Call call = start(true);
		want(call, 10);
		pass(50);
		((StreamReply) call.reply()).cancel();
		this.scope.caller.cancelled(call);
		pass(50);
		assertThat(this.sources.get(0).cancelled).isTrue();
		assertThat(this.sink.end).isEmpty();
		assertThat(this.scope.runtime.timers()).isZero();
	}

	@Test
	void failureOfTheSourceReachesTheSubscriber() {
		want(start(true), 10);
		pass(5);
		this.sources.get(0).subscriber.onError(new IllegalStateException("broken"));
		pass(50);
		assertThat(this.sink.end).contains("RemoteInvocationException").contains("broken");
	}

	@Test
	void goesElsewhereBeforeTheFirstItem() {
		this.silent = true;
		want(start(true), 10);
		pass(50);
		assertThat(this.sources).hasSize(1);
		this.silent = false;
		this.scope.kill(this.sources.get(0).element);
		pass(50);
		assertThat(this.sources).hasSize(2);
		assertThat(this.sink.items).hasSize(10).isSorted();
	}

	@Test
	void doesNotBeginAgainAfterTheFirstItem() {
		want(start(true), 10);
		pass(50);
		this.scope.kill(this.sources.get(0).element);
		pass(50);
		assertThat(this.sources).hasSize(1);
		assertThat(this.sink.end).contains("CallOutcomeUnknownException").contains("broke after some items");
	}

	@Test
	void deadlineHoldsUntilTheFirstItem() {
		this.silent = true;
		want(start(true), 10);
		pass(1001);
		assertThat(this.sink.end).contains("DeadlineExceededException");
		pass(10);
		assertThat(this.sources.get(0).cancelled).isTrue();
	}

	@Test
	void streamMayTakeLongerThanItsDeadline() {
		Call call = start(true);
		want(call, 1);
		pass(5000);
		want(call, 1);
		pass(50);
		assertThat(this.sink.items).containsExactly(0, 1);
		assertThat(this.sink.end).isEmpty();
	}

	@Test
	void lostLinkCancelsTheSource() {
		want(start(true), 10);
		pass(50);
		this.scope.links.get(0).cut(Duration.ofMillis(1), Duration.ofMillis(5));
		pass(50);
		assertThat(this.sources.get(0).cancelled).isTrue();
	}

	@Test
	@DisplayName("A caller that takes a single result gets none of a stream, and the other way round")
	void kindsDoNotMix() {
		CompletableFuture<byte[]> single = this.scope.call(request(true));
		pass(50);
		assertThat(single).isCompletedWithValueMatching((payload) -> payload[0] == 1);
	}

	private Call start(boolean idempotent) {
		return new Call(request(idempotent), new StreamReply(this.sink, request(idempotent)),
				this.scope.runtime.nanoTime());
	}

	private static RpcRequest request(boolean idempotent) {
		return new RpcRequest(RpcScope.POOL, "m", new byte[0], Map.of(), idempotent, Duration.ofSeconds(1), 3);
	}

	private void want(Call call, long items) {
		((StreamReply) call.reply()).want(items);
		if (call.channel() == null) {
			this.scope.caller.start(call);
		}
		else {
			this.scope.caller.credit(call);
		}
	}

	private void pass(int millis) {
		this.scope.runtime.pass(Duration.ofMillis(millis));
	}

	/**
	 * A source of numbers at an element: one each millisecond, as long as some are
	 * wanted.
	 */
	private final class Source implements Flow.Publisher<byte[]>, Flow.Subscription {

		private final int element;

		private Flow.Subscriber<? super byte[]> subscriber;

		private long wanted;

		private long mostWanted;

		private int sent;

		private boolean cancelled;

		private boolean ticking;

		Source(int element) {
			this.element = element;
		}

		@Override
		public void subscribe(Flow.Subscriber<? super byte[]> given) {
			this.subscriber = given;
			given.onSubscribe(this);
		}

		@Override
		public void request(long items) {
			this.wanted += items;
			this.mostWanted = Math.max(this.mostWanted, this.wanted);
			if (!StreamTests.this.silent && !this.ticking) {
				tick();
			}
		}

		private void tick() {
			this.ticking = this.wanted > 0 && !this.cancelled;
			if (!this.ticking) {
				return;
			}
			this.wanted--;
			this.subscriber.onNext(new byte[] { (byte) this.sent++ });
			if (this.sent == StreamTests.this.length) {
				this.subscriber.onComplete();
			}
			else {
				StreamTests.this.scope.runtime.schedule(Duration.ofMillis(1), this::tick);
			}
		}

		@Override
		public void cancel() {
			this.cancelled = true;
		}

	}

	/**
	 * Takes items.
	 */
	private static final class Sink implements Flow.Subscriber<byte[]> {

		private final List<Integer> items = new ArrayList<>();

		private String end = "";

		@Override
		public void onSubscribe(Flow.Subscription subscription) {
		}

		@Override
		public void onNext(byte[] item) {
			this.items.add(item[0] & 0xff);
		}

		@Override
		public void onError(Throwable failure) {
			this.end = failure.toString();
		}

		@Override
		public void onComplete() {
			this.end = "complete";
		}

	}

}
