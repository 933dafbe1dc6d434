package org.rserpool.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.transport.RoleLoop;
import org.rserpool.wire.PoolElement;

/**
 * Two registrars of this process, and pool elements in processes of their own.
 */
final class GoalScope implements AutoCloseable {

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

	private final List<RoleLoop> loops = new ArrayList<>();

	private final List<RegistrarRole> registrars = new ArrayList<>();

	private final List<GoalPeer> peers = new ArrayList<>();

	private int lastIdentifier;

	GoalScope() {
		registrar(List.of());
		registrar(this.loops.get(0).call(this.registrars.get(0)::snapshot).enrpAddresses());
		await((snapshot) -> snapshot.state() == RegistrarSnapshot.State.RUNNING);
	}

	private void registrar(List<InetSocketAddress> others) {
		RoleLoop loop = RoleLoop.start("registrar");
		RegistrarSettings settings = RegistrarSettings.builder()
			.asapListen(List.of(CallPeer.address(0)))
			.enrpListen(List.of(CallPeer.address(0)))
			.peers(others)
			.mentorTimeout(Duration.ofMillis(200))
			.build();
		this.loops.add(loop);
		this.registrars.add(loop.call(() -> {
			RegistrarRole role = new RegistrarRole(loop, settings, new RegistrarListener() {
			});
			role.start();
			return role;
		}));
	}

	List<InetSocketAddress> addresses() {
		return snapshots().stream().flatMap((snapshot) -> snapshot.asapAddresses().stream()).toList();
	}

	GoalPeer start(int delayMillis) throws IOException {
		GoalPeer peer = GoalPeer.start(addresses(), ++this.lastIdentifier, delayMillis);
		this.peers.add(peer);
		return peer;
	}

	/**
	 * Return the element that was started last.
	 * @return its identifier
	 */
	int lastIdentifier() {
		return this.lastIdentifier;
	}

	/**
	 * Waits until all registrars that live know so many elements.
	 */
	void awaitElements(int count) {
		await((snapshot) -> elements(snapshot).size() == count);
	}

	/**
	 * Waits until something holds at all registrars that live.
	 * @return how many milliseconds it took
	 */
	double await(Predicate<RegistrarSnapshot> condition) {
		long begin = System.nanoTime();
		while (!snapshots().stream().allMatch(condition)) {
			if (System.nanoTime() - begin > PATIENCE) {
				throw new IllegalStateException("Nothing changes any more: " + snapshots());
			}
			LockSupport.parkNanos(1_000_000);
		}
		return (System.nanoTime() - begin) / 1e6;
	}

	static Set<Integer> elements(RegistrarSnapshot snapshot) {
		Set<Integer> identifiers = new HashSet<>();
		snapshot.pools()
			.forEach((pool) -> pool.elements().stream().map(PoolElement::identifier).forEach(identifiers::add));
		return identifiers;
	}

	/**
	 * Ends the registrar that is home of an element, without a word.
	 * @return the registrar that was ended
	 */
	int endHome() {
		int home = snapshots().get(0).pools().get(0).elements().get(0).homeRegistrar();
		for (int i = 0; i < this.loops.size(); i++) {
			if (this.loops.get(i).call(this.registrars.get(i)::snapshot).identifier() == home) {
				this.registrars.remove(i);
				this.loops.remove(i).close();
				return home;
			}
		}
		throw new IllegalStateException("No registrar is home");
	}

	private List<RegistrarSnapshot> snapshots() {
		List<RegistrarSnapshot> snapshots = new ArrayList<>();
		for (int i = 0; i < this.loops.size(); i++) {
			snapshots.add(this.loops.get(i).call(this.registrars.get(i)::snapshot));
		}
		return snapshots;
	}

	@Override
	public void close() {
		this.peers.forEach(GoalPeer::close);
		this.loops.forEach(RoleLoop::close);
	}

}
