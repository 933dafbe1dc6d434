package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.rserpool.registrar.RegistrarSnapshot.State;
import org.rserpool.runtime.Association;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * A registrar on the fake network, and what its listener hears.
 */
final class TestRegistrar implements RegistrarListener {

	private final FakeNetwork.Process process;

	final RegistrarRole role;

	final List<String> events = new ArrayList<>();

	TestRegistrar(FakeNetwork.Process process, int identifier, List<FakeNetwork.Process> peers,
			UnaryOperator<RegistrarSettings.Builder> settings) {
		this.process = process;
		RegistrarSettings.Builder builder = settings
			.apply(RegistrarSettings.builder()
				.peerHeartbeatCycle(Duration.ofMillis(500))
				.maxTimeLastHeard(Duration.ofMillis(1500))
				.maxTimeNoResponse(Duration.ofSeconds(1)))
			.identifier(identifier)
			.asapListen(List.of(process.at(3863)))
			.enrpListen(List.of(process.at(9901)))
			.peers(peers.stream().map((peer) -> peer.at(9901)).toList());
		this.role = new RegistrarRole(process, builder.build(), this);
	}

	FakeNetwork.Process process() {
		return this.process;
	}

	InetSocketAddress asap() {
		return this.process.at(3863);
	}

	boolean isRunning() {
		return this.role.snapshot().state() == State.RUNNING;
	}

	/**
	 * Return the elements with their owners.
	 */
	Map<Integer, Integer> owners() {
		Map<Integer, Integer> owners = new TreeMap<>();
		this.role.snapshot()
			.pools()
			.forEach((pool) -> pool.elements()
				.forEach((element) -> owners.put(element.identifier(), element.homeRegistrar())));
		return owners;
	}

	List<Integer> peers() {
		return this.role.snapshot().peers().stream().map(RegistrarSnapshot.Peer::identifier).toList();
	}

	long counter(String name) {
		return this.role.counters().getOrDefault(name, -1L);
	}

	@Override
	public void stateChanged(State state) {
		this.events.add("state " + state);
	}

	@Override
	public void elementRegistered(PoolHandle poolHandle, PoolElement element, boolean again) {
		this.events.add((again ? "again " : "registered ") + element.identifier());
	}

	@Override
	public void elementRemoved(PoolHandle poolHandle, PoolElement element, RemovalReason reason) {
		this.events.add("removed " + element.identifier() + " " + reason);
	}

	@Override
	public void registrationRejected(PoolHandle poolHandle, int identifier, ErrorCause cause) {
		this.events.add("rejected " + identifier + " " + cause.describe());
	}

	@Override
	public void peerUp(int identifier) {
		this.events.add("peer up " + identifier);
	}

	@Override
	public void peerDown(int identifier) {
		this.events.add("peer down " + identifier);
	}

	@Override
	public void takeoverStarted(int target) {
		this.events.add("takeover started " + target);
	}

	@Override
	public void takeoverWon(int target, int elements) {
		this.events.add("takeover won " + target + " " + elements);
	}

	@Override
	public void takeoverFinished(int target, int elements, Duration duration) {
		this.events.add("takeover finished " + target + " " + elements);
	}

	@Override
	public void takenOver(int target, int winner, int elements) {
		this.events.add("taken over " + target + " by " + winner + " " + elements);
	}

	@Override
	public void checksumMismatch(int peer, int expected, int reported) {
		this.events.add("checksum of " + peer + " is " + reported + " not " + expected);
	}

	@Override
	public void accessRefused(Association association, String reason) {
		this.events.add("refused " + reason);
	}

	@Override
	public void protocolError(Association association, String reason) {
		this.events.add("protocol error " + reason);
	}

}
