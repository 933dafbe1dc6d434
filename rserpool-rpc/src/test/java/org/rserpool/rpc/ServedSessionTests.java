package org.rserpool.rpc;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.rserpool.Goal;
import org.rserpool.rpc.state.SessionId;
import org.rserpool.rpc.state.StateCookies;
import org.rserpool.rpc.state.StateKey;
import org.rserpool.rpc.state.StateSettings;
import org.rserpool.runtime.DownReason;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Sessions as an element serves them, frame by frame: what it does with cookies that are
 * old, of others, or brought again, also by a pool user that means harm (RFC 5355).
 */
class ServedSessionTests {

	private static final PoolHandle POOL = PoolHandle.of("pool");

	private static final SessionId SESSION = new SessionId(1, 2);

	private final VirtualRuntime runtime = new VirtualRuntime();

	private final RpcServer server = server();

	private final RpcServer other = server();

	private final FakeAssociation association = new FakeAssociation();

	private final FakeAssociation second = new FakeAssociation();

	private final List<CallSession> sessions = new ArrayList<>();

	private CompletableFuture<byte[]> gate = CompletableFuture.completedFuture(null);

	private long callId;

	private int remaining = 1000;

	private RpcServer server() {
		return new RpcServer(this.runtime, (task) -> this.runtime.schedule(Duration.ZERO, task), 100);
	}

	@BeforeEach
	void serve() {
		for (RpcServer each : List.of(this.server, this.other)) {
			each.add(POOL, 1, this::handle, Runnable::run, 100,
					new StateCookies(POOL, StateSettings.of(new StateKey("a", new byte[32])),
							() -> Instant.ofEpochMilli(this.runtime.nanoTime() / 1_000_000)));
		}
	}

	private CompletableFuture<byte[]> handle(RpcInvocation invocation) {
		CallSession session = CallContext.current().session();
		this.sessions.add(session);
		byte[] value = session.get("value", (saved) -> (saved != null) ? saved : new byte[1], (octets) -> octets);
		return this.gate.thenApply((opened) -> {
			value[0] += invocation.payload()[0];
			return value.clone();
		});
	}

	private RpcFrame call(RpcServer at, FakeAssociation from, long number, RpcFrame.Saved newest, boolean bring,
			int amount) throws RpcFrameException {
		send(at, from, number, newest, bring, amount);
		return from.frame();
	}

	private void send(RpcServer at, FakeAssociation from, long number, RpcFrame.Saved newest, boolean bring,
			int amount) {
		long seen = (newest != null) ? newest.version() : 0;
		byte[] cookie = (newest != null && bring) ? newest.cookie() : null;
		at.message(from,
				RpcFrameCodec.message(RpcFrameCodec.encode(new RpcFrame.Request(++this.callId, this.remaining, 1, POOL,
						"m", Map.of(), new byte[] { (byte) amount }, 0, null,
						new RpcFrame.SessionPart(SESSION, number, seen, amount == 0, cookie)))));
		this.runtime.pass(Duration.ZERO);
	}

	private RpcFrame.Saved saved(RpcFrame frame, long version, int value) {
		assertThat(frame).isInstanceOfSatisfying(RpcFrame.Response.class, (response) -> {
			assertThat(response.callId()).isEqualTo(this.callId);
			assertThat(response.payload()).containsExactly(value);
			assertThat(response.saved()).isNotNull();
			assertThat(response.saved().version()).isEqualTo(version);
		});
		return ((RpcFrame.Response) frame).saved();
	}

	private void refused(RpcFrame frame, RefusalReason reason, String detail) {
		assertThat(frame).isInstanceOfSatisfying(RpcFrame.Refusal.class, (refusal) -> {
			assertThat(refusal.callId()).isEqualTo(this.callId);
			assertThat(refusal.reason()).isEqualTo(reason);
			assertThat(refusal.detail()).contains(detail);
		});
	}

	@Test
	@Goal("G7")
	@DisplayName("G7: an element that is brought a cookie answers the call whose answer is in it, without carrying it out")
	void answerTravelsInTheCookie() throws RpcFrameException {
		RpcFrame.Saved first = saved(call(this.server, this.association, 1, null, false, 5), 1, 5);
		RpcFrame again = call(this.other, this.second, 1, first, true, 5);
		assertThat(again).isInstanceOfSatisfying(RpcFrame.Response.class, (response) -> {
			assertThat(response.callId()).isEqualTo(this.callId);
			assertThat(response.payload()).containsExactly(5);
		});
		assertThat(this.sessions).hasSize(1);
		saved(call(this.other, this.second, 2, first, false, 5), 2, 10);
	}

	@Test
	void callThatComesAgainIsAnsweredFromMemoryWithItsCookie() throws RpcFrameException {
		saved(call(this.server, this.association, 1, null, false, 5), 1, 5);
		this.server.down(this.association, DownReason.ABORTED, "lost");
		RpcFrame.Saved again = saved(call(this.server, this.second, 1, null, false, 5), 1, 5);
		assertThat(this.sessions).hasSize(1);
		saved(call(this.server, this.second, 2, again, false, 5), 2, 10);
	}

	@Test
	void callThatComesAgainWhileItIsCarriedOutIsAnsweredWhereItCameLast() throws RpcFrameException {
		this.gate = new CompletableFuture<>();
		send(this.server, this.association, 1, null, false, 5);
		this.server.down(this.association, DownReason.ABORTED, "lost");
		send(this.server, this.second, 1, null, false, 5);
		this.gate.complete(null);
		this.runtime.pass(Duration.ZERO);
		saved(this.second.frame(), 1, 5);
		assertThat(this.sessions).hasSize(1);
	}

	@Test
	void callsOfASessionAreCarriedOutOneAfterAnother() throws RpcFrameException {
		this.gate = new CompletableFuture<>();
		send(this.server, this.association, 1, null, false, 5);
		send(this.server, this.association, 2, null, false, 6);
		assertThat(this.sessions).hasSize(1);
		this.gate.complete(null);
		this.runtime.pass(Duration.ZERO);
		assertThat(this.association.frames()).extracting((frame) -> ((RpcFrame.Response) frame).payload()[0])
			.containsExactly((byte) 5, (byte) 11);
	}

	@Test
	void callThatTimedOutMakesRoomForTheNextOne() throws RpcFrameException {
		this.gate = new CompletableFuture<>();
		send(this.server, this.association, 1, null, false, 5);
		this.runtime.pass(Duration.ofMillis(500));
		send(this.server, this.association, 2, null, false, 6);
		this.runtime.pass(Duration.ofMillis(499));
		assertThat(this.sessions).hasSize(1);
		this.runtime.pass(Duration.ofMillis(1));
		assertThat(this.sessions).hasSize(2);
		assertThat(this.association.frames()).isEmpty();
	}

	@Test
	void callThatWaitsTooLongIsNotBegun() throws RpcFrameException {
		this.gate = new CompletableFuture<>();
		send(this.server, this.association, 1, null, false, 5);
		this.remaining = 100;
		send(this.server, this.association, 2, null, false, 6);
		this.runtime.pass(Duration.ofMillis(100));
		refused(this.association.frame(), RefusalReason.EXPIRED, "time was up");
		this.gate.complete(null);
		this.runtime.pass(Duration.ZERO);
		assertThat(this.sessions).hasSize(1);
	}

	@Test
	@Goal("G7")
	@DisplayName("G7: a cookie older than the last version that was seen is refused")
	void oldCookieIsRefused() throws RpcFrameException {
		RpcFrame.Saved first = saved(call(this.server, this.association, 1, null, false, 5), 1, 5);
		RpcFrame.Saved newer = saved(call(this.server, this.association, 2, first, false, 5), 2, 10);
		RpcFrame.Saved claimed = new RpcFrame.Saved(newer.version(), first.cookie());
		refused(call(this.other, this.second, 3, claimed, true, 5), RefusalReason.SESSION_REFUSED, "version 1");
		assertThat(this.sessions).hasSize(2);
	}

	@Test
	void cookieThatIsReplayedAfterANewerOneWasSeenIsRefused() throws RpcFrameException {
		RpcFrame.Saved first = saved(call(this.server, this.association, 1, null, false, 5), 1, 5);
		RpcFrame.Saved newer = saved(call(this.server, this.association, 2, first, false, 5), 2, 10);
		call(this.server, this.association, 3, newer, false, 5);
		refused(call(this.server, this.second, 4, first, true, 5), RefusalReason.SESSION_REFUSED, "version 2");
		assertThat(this.sessions).hasSize(3);
	}

	@Test
	void cookieOfAnElementThatWentOnMeanwhileComesBeforeWhatIsKnownHere() throws RpcFrameException {
		RpcFrame.Saved first = saved(call(this.server, this.association, 1, null, false, 5), 1, 5);
		// The answer to this one is lost, so the call is made again elsewhere.
		saved(call(this.server, this.association, 2, first, false, 1), 2, 6);
		RpcFrame.Saved elsewhere = saved(call(this.other, this.second, 2, first, true, 2), 2, 7);
		saved(call(this.server, this.association, 3, elsewhere, true, 10), 3, 17);
	}

	@Test
	void unknownSessionIsAskedForItsCookie() throws RpcFrameException {
		RpcFrame.Saved first = saved(call(this.server, this.association, 1, null, false, 5), 1, 5);
		refused(call(this.other, this.association, 2, first, false, 5), RefusalReason.COOKIE_WANTED, "version 1");
		saved(call(this.other, this.association, 2, first, true, 5), 2, 10);
	}

	@Test
	void nobodyElseUsesASessionWithoutItsCookie() throws RpcFrameException {
		RpcFrame.Saved first = saved(call(this.server, this.association, 1, null, false, 5), 1, 5);
		RpcFrame.Saved newest = saved(call(this.server, this.association, 2, first, false, 5), 2, 10);
		refused(call(this.server, this.second, 3, newest, false, 5), RefusalReason.COOKIE_WANTED, "not known here");
		this.server.message(this.second,
				RpcFrameCodec.message(RpcFrameCodec.encode(new RpcFrame.SessionEnd(1, SESSION, POOL))));
		saved(call(this.server, this.association, 3, newest, false, 5), 3, 15);
	}

	@Test
	void forgedAndExpiredCookiesAreRefused() throws RpcFrameException {
		RpcFrame.Saved first = saved(call(this.server, this.association, 1, null, false, 5), 1, 5);
		byte[] changed = first.cookie().clone();
		changed[changed.length - 40] ^= 1;
		refused(call(this.other, this.second, 2, new RpcFrame.Saved(1, changed), true, 5),
				RefusalReason.SESSION_REFUSED, "changed");
		this.runtime.pass(StateSettings.DEFAULT_EXPIRY);
		refused(call(this.server, this.association, 2, first, false, 5), RefusalReason.COOKIE_WANTED, "not known");
		refused(call(this.server, this.association, 2, first, true, 5), RefusalReason.SESSION_REFUSED, "expired");
		assertThat(this.sessions).hasSize(1);
	}

	@Test
	void oversizedCookiesAreRefusedAndNotKept() throws RpcFrameException {
		RpcFrame.Saved first = saved(call(this.server, this.association, 1, null, false, 5), 1, 5);
		byte[] padded = Arrays.copyOf(first.cookie(), 2 * StateSettings.LARGEST_SIZE);
		refused(call(this.other, this.second, 2, new RpcFrame.Saved(1, padded), true, 5), RefusalReason.SESSION_REFUSED,
				"changed");
		refused(call(this.other, this.second, 2, first, false, 5), RefusalReason.COOKIE_WANTED, "not known here");
		saved(call(this.other, this.second, 2, first, true, 5), 2, 10);
		assertThat(this.sessions).hasSize(2);
	}

	@Test
	void sessionThatIsOnlyReadGetsANewCookieInTime() throws RpcFrameException {
		RpcFrame.Saved first = saved(call(this.server, this.association, 1, null, false, 5), 1, 5);
		this.runtime.pass(StateSettings.DEFAULT_EXPIRY.dividedBy(2).minusSeconds(1));
		assertThat(((RpcFrame.Response) call(this.server, this.association, 2, first, false, 0)).saved()).isNull();
		this.runtime.pass(Duration.ofSeconds(1));
		RpcFrame.Saved renewed = saved(call(this.server, this.association, 3, first, false, 0), 2, 5);
		this.runtime.pass(StateSettings.DEFAULT_EXPIRY.minusSeconds(1));
		saved(call(this.other, this.second, 4, renewed, true, 5), 3, 10);
	}

	@Test
	void cookieThatWasMissedIsGivenWithTheNextAnswer() throws RpcFrameException {
		RpcFrame.Saved first = saved(call(this.server, this.association, 1, null, false, 5), 1, 5);
		saved(call(this.server, this.association, 2, first, false, 5), 2, 10);
		saved(call(this.server, this.association, 3, first, false, 0), 2, 10);
	}

	@Test
	void stateIsOutOfReachWhenTheCallHasEnded() throws RpcFrameException {
		call(this.server, this.association, 1, null, false, 5);
		assertThatIllegalStateException()
			.isThrownBy(() -> this.sessions.get(0).get("value", (saved) -> 1, (value) -> new byte[0]))
			.withMessageContaining("has ended");
	}

	@Test
	void failureLeavesTheStateAsTheMethodLeftIt() throws RpcFrameException {
		this.gate = CompletableFuture.failedFuture(new IllegalStateException("no"));
		assertThat(call(this.server, this.association, 1, null, false, 5)).isInstanceOf(RpcFrame.Failure.class);
		this.gate = CompletableFuture.completedFuture(null);
		RpcFrame again = call(this.server, this.association, 1, null, false, 5);
		assertThat(again).isInstanceOf(RpcFrame.Failure.class);
		assertThat(this.sessions).hasSize(1);
	}

	@Test
	void noSessionIsKeptForEverAndTheirNumberIsBounded() throws RpcFrameException {
		StateCookies cookies = new StateCookies(POOL, StateSettings.of(new StateKey("a", new byte[32])),
				() -> Instant.ofEpochMilli(this.runtime.nanoTime() / 1_000_000));
		ServedSessions table = new ServedSessions(cookies);
		for (long id = 0; id < ServedSessions.MAXIMUM + 100; id++) {
			table.used(table.use(new SessionId(0, id)));
		}
		assertThat(table.size()).isEqualTo(ServedSessions.MAXIMUM);
		this.runtime.pass(StateSettings.DEFAULT_EXPIRY);
		table.used(table.use(new SessionId(1, 1)));
		assertThat(table.size()).isOne();
	}

	@Test
	void malformedStatePartsDoNotHarm() throws RpcFrameException {
		ByteBuffer frame = RpcFrameCodec.encode(new RpcFrame.Request(7, 1000, 1, POOL, "m", Map.of(), new byte[] { 1 },
				0, null, new RpcFrame.SessionPart(SESSION, 1, 0, false, new byte[] { 1, 2, 3 })));
		this.server.message(this.association, RpcFrameCodec.message(frame));
		this.runtime.pass(Duration.ZERO);
		assertThat(this.association.frame()).isInstanceOfSatisfying(RpcFrame.Refusal.class,
				(refusal) -> assertThat(refusal.reason()).isEqualTo(RefusalReason.SESSION_REFUSED));
	}

}
