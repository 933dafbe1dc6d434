package org.rserpool.rpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.rserpool.Goal;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.transport.RoleLoop;
import org.rserpool.wire.PoolElement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kills processes of a pool while they are called.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CrashFailoverTests {

	private static final int UNDER_WAY = 50;

	private final RoleLoop loop = RoleLoop.start("registrar");

	private final List<ElementProcess> processes = new ArrayList<>();

	private final List<CompletableFuture<byte[]>> calls = new ArrayList<>();

	private final Semaphore room = new Semaphore(UNDER_WAY);

	private final Semaphore roomOfSession = new Semaphore(8);

	private volatile int servedLast;

	private RegistrarRole registrar;

	private InetSocketAddress address;

	@BeforeEach
	void start() throws Exception {
		InetAddress loopback = InetAddress.getLoopbackAddress();
		RegistrarSettings settings = RegistrarSettings.builder()
			.asapListen(List.of(new InetSocketAddress(loopback, 0)))
			.enrpListen(List.of(new InetSocketAddress(loopback, 0)))
			.mentorTimeout(Duration.ofMillis(50))
			.build();
		this.registrar = this.loop.call(() -> {
			RegistrarRole role = new RegistrarRole(this.loop, settings, new RegistrarListener() {
			});
			role.start();
			return role;
		});
		this.address = this.loop.call(this.registrar::snapshot).asapAddresses().get(0);
		for (int identifier = 1; identifier <= 3; identifier++) {
			this.processes.add(ElementProcess.start(this.address, identifier));
		}
		await().atMost(Duration.ofSeconds(60)).until(() -> registered().size() == 3);
	}

	@AfterEach
	void close() {
		this.processes.forEach(ElementProcess::close);
		this.loop.close();
	}

	@Test
	@Goal("G1")
	@DisplayName("G1: kill -9 of 1 of 3 processes fails no idempotent call, and the dead element leaves the handlespace")
	void killedProcessFailsNoIdempotentCall() throws Exception {
		try (NetworkNode user = NetworkNode.start(NodeSettings.builder(List.of(this.address)).build())) {
			makeCalls(user, 3_000);
			assertThat(answers()).containsExactlyInAnyOrder("1", "2", "3");
			this.calls.clear();
			CompletableFuture<Void> killed = CompletableFuture.runAsync(this::killFirst, (task) -> {
				Thread killer = new Thread(task, "killer");
				killer.start();
			});
			while (!killed.isDone() || !registered().equals(Set.of(2, 3))) {
				makeCalls(user, 1_000);
			}
			killed.join();
			assertThat(answers()).contains("2", "3");
			this.calls.clear();
			makeCalls(user, 1_000);
			assertThat(answers()).containsExactlyInAnyOrder("2", "3");
		}
	}

	@Test
	@Goal("G7")
	@DisplayName("G7: kill -9 of one process after the other that serves a session loses and doubles no increment")
	void killedProcessesLoseAndDoubleNoIncrement() throws Exception {
		int kills = 3;
		try (NetworkNode user = NetworkNode.start(NodeSettings.builder(List.of(this.address)).build());
				RpcSession session = user.client().session(ElementProcess.POOL)) {
			Set<Integer> living = new HashSet<>(Set.of(1, 2, 3));
			increment(session, 200);
			for (int kill = 0; kill < kills; kill++) {
				int serving = this.servedLast;
				assertThat(living.remove(serving)).isTrue();
				this.processes.get(serving - 1).kill();
				int next = this.processes.size() + 1;
				this.processes.add(ElementProcess.start(this.address, next));
				living.add(next);
				do {
					increment(session, 200);
				}
				while (!registered().equals(living));
			}
			List<Integer> servedBy = new ArrayList<>();
			for (int call = 0; call < this.calls.size(); call++) {
				String[] answer = new String(this.calls.get(call).get(60, TimeUnit.SECONDS), StandardCharsets.UTF_8)
					.split(" ");
				assertThat(answer[1]).as("call %d", call).isEqualTo(Integer.toString(call + 1));
				servedBy.add(Integer.valueOf(answer[0]));
			}
			assertThat(new HashSet<>(servedBy)).hasSizeGreaterThanOrEqualTo(kills + 1);
		}
	}

	/** Makes calls of a session, and leaves some of them under way. */
	private void increment(RpcSession session, int count) throws InterruptedException {
		for (int call = 0; call < count; call++) {
			this.roomOfSession.acquire();
			CompletableFuture<byte[]> answer = session.call(new RpcRequest(ElementProcess.POOL, "m", new byte[64],
					Map.of(), false, Duration.ofSeconds(60), RpcRequest.DEFAULT_MAX_ATTEMPTS));
			answer.whenComplete((octets, failure) -> {
				if (failure == null) {
					this.servedLast = Integer.parseInt(new String(octets, StandardCharsets.UTF_8).split(" ")[0]);
				}
				this.roomOfSession.release();
			});
			this.calls.add(answer);
		}
	}

	private void killFirst() {
		try {
			this.processes.get(0).kill();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Interrupted while a process was killed", ex);
		}
	}

	private void makeCalls(NetworkNode user, int count) throws InterruptedException {
		for (int call = 0; call < count; call++) {
			this.room.acquire();
			CompletableFuture<byte[]> answer = user.client()
				.call(new RpcRequest(ElementProcess.POOL, "m", new byte[64], Map.of(), true, Duration.ofSeconds(30),
						RpcRequest.DEFAULT_MAX_ATTEMPTS));
			answer.whenComplete((octets, failure) -> this.room.release());
			this.calls.add(answer);
		}
	}

	/**
	 * Waits for the answers of all calls; fails if one of them failed.
	 */
	private Set<String> answers() throws Exception {
		Set<String> answers = new HashSet<>();
		for (CompletableFuture<byte[]> call : this.calls) {
			answers.add(new String(call.get(30, TimeUnit.SECONDS), StandardCharsets.UTF_8));
		}
		return answers;
	}

	private Set<Integer> registered() {
		Set<Integer> identifiers = new HashSet<>();
		this.loop.call(this.registrar::snapshot)
			.pools()
			.forEach((pool) -> pool.elements().stream().map(PoolElement::identifier).forEach(identifiers::add));
		return identifiers;
	}

}
