package org.rserpool.rpc;

import java.nio.ByteBuffer;

import org.junit.jupiter.api.Test;

import org.rserpool.rpc.ReplayCache.Kind;

import static org.assertj.core.api.Assertions.assertThat;

class ReplayCacheTests {

	private static final long CALLER = 42;

	private final ServedCaller first = new ServedCaller(new FakeAssociation(), 10);

	private final ServedCaller second = new ServedCaller(new FakeAssociation(), 10);

	private final ReplayCache cache = new ReplayCache(1_000);

	@Test
	void answersARepeatedCallFromMemory() {
		assertThat(arrived(1, 1, this.first, 7).kind()).isEqualTo(Kind.NEW);
		assertThat(answered(1, 10, 0)).isEqualTo(new ReplayCache.Waiting(this.first, 7));
		ReplayCache.Arrival again = arrived(1, 1, this.second, 8);
		assertThat(again.kind()).isEqualTo(Kind.ANSWERED);
		assertThat(again.answer().remaining()).isEqualTo(10);
	}

	@Test
	void answerGoesToWhoAskedLast() {
		arrived(1, 1, this.first, 7);
		assertThat(arrived(1, 1, this.second, 8).kind()).isEqualTo(Kind.IN_PROGRESS);
		assertThat(answered(1, 10, 0)).isEqualTo(new ReplayCache.Waiting(this.second, 8));
		assertThat(answered(1, 10, 0)).isNull();
	}

	@Test
	void forgetsWhatItsCallerSaysEnded() {
		arrived(1, 1, this.first, 7);
		answered(1, 10, 0);
		arrived(2, 2, this.first, 8);
		assertThat(this.cache.size()).isZero();
		assertThat(arrived(1, 2, this.first, 9).kind()).isEqualTo(Kind.FORGOTTEN);
	}

	@Test
	void forgetsTheOldestWhenThereIsTooMuchAndTakesItForNothingNew() {
		for (int number = 1; number <= 11; number++) {
			arrived(number, 1, this.first, number);
			answered(number, 100, 0);
		}
		assertThat(this.cache.size()).isEqualTo(10);
		assertThat(arrived(1, 1, this.first, 20).kind()).isEqualTo(Kind.FORGOTTEN);
		assertThat(arrived(2, 1, this.first, 21).kind()).isEqualTo(Kind.ANSWERED);
	}

	@Test
	void forgetsWhatIsOld() {
		arrived(1, 1, this.first, 7);
		answered(1, 10, 0);
		RpcFrame.Replay replay = new RpcFrame.Replay(CALLER, 1, 1, 1);
		assertThat(this.cache.arrived(replay, this.first, 8, ReplayCache.WINDOW).kind()).isEqualTo(Kind.FORGOTTEN);
		assertThat(this.cache.size()).isZero();
	}

	@Test
	void repeatedCallOfACallerThatWasForgottenIsNotNew() {
		arrived(1, 1, this.first, 7);
		for (int caller = 0; caller < ReplayCache.MAXIMUM_CALLERS; caller++) {
			this.cache.arrived(new RpcFrame.Replay(1_000 + caller, 1, 1, 0), this.first, 1, 0);
		}
		assertThat(this.cache.arrived(new RpcFrame.Replay(CALLER, 1, 1, 99), this.first, 8, 0).kind())
			.isEqualTo(Kind.FORGOTTEN);
		assertThat(arrived(5, 5, this.first, 9).kind()).isEqualTo(Kind.NEW);
	}

	private ReplayCache.Arrival arrived(long number, long endedBelow, ServedCaller by, long callId) {
		return this.cache.arrived(new RpcFrame.Replay(CALLER, number, endedBelow, 0), by, callId, 0);
	}

	private ReplayCache.Waiting answered(long number, int length, long now) {
		return this.cache.answered(new RpcFrame.Replay(CALLER, number, 1, 0), ByteBuffer.allocate(length), now);
	}

}
