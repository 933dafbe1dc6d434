package org.rserpool.test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.registrar.RemovalReason;
import org.rserpool.registrar.SavedHandlespace;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * A simulated process with a registrar, which listens at the ports of ASAP and ENRP.
 *
 * @since 0.1
 */
public final class SimulatedRegistrar {

	/** The port for pool elements and pool users. */
	public static final int ASAP_PORT = 3863;

	/** The port for peers. */
	public static final int ENRP_PORT = 9901;

	private final SimulatedScope scope;

	private final SimulatedProcess process;

	private int identifier;

	private final List<InetSocketAddress> peers;

	private final UnaryOperator<RegistrarSettings.Builder> settings;

	private final List<Removal> removals = new ArrayList<>();

	private final List<Collision> collisions = new ArrayList<>();

	private @Nullable SavedHandlespace saved;

	private @Nullable RegistrarRole role;

	/**
	 * Adds a registrar to a scope, not started.
	 * @param scope the scope
	 * @param name the name of its process
	 * @param identifier its identifier
	 * @param peers the addresses of peers
	 * @param settings changes the default settings
	 */
	public SimulatedRegistrar(SimulatedScope scope, String name, int identifier, List<InetSocketAddress> peers,
			UnaryOperator<RegistrarSettings.Builder> settings) {
		this.scope = scope;
		this.identifier = identifier;
		this.peers = List.copyOf(peers);
		this.settings = settings;
		this.process = scope.process(name, this::run);
	}

	/**
	 * Return the process.
	 * @return the process
	 */
	public SimulatedProcess process() {
		return this.process;
	}

	/**
	 * Return the identifier.
	 * @return the registrar's identifier, which may be another one than it was given if
	 * another registrar had that
	 */
	public int identifier() {
		return (this.role != null && this.process.alive()) ? this.role.identifier() : this.identifier;
	}

	/**
	 * Gives the registrar another identifier, from its next start on.
	 * @param newIdentifier the identifier
	 * @throws IllegalStateException if the process runs
	 */
	public void identifier(int newIdentifier) {
		if (this.process.alive()) {
			throw new IllegalStateException(this.process + " runs as " + Identifiers.toString(this.identifier));
		}
		this.identifier = newIdentifier;
	}

	/**
	 * Return where pool elements and pool users reach the registrar.
	 * @return the address
	 */
	public InetSocketAddress asapAddress() {
		return this.process.address(ASAP_PORT);
	}

	/**
	 * Return where peers reach the registrar.
	 * @return the address
	 */
	public InetSocketAddress enrpAddress() {
		return this.process.address(ENRP_PORT);
	}

	/**
	 * Return what the registrar knows.
	 * @return a snapshot of the present run of the process
	 * @throws IllegalStateException if the process was never started
	 */
	public RegistrarSnapshot snapshot() {
		if (this.role == null) {
			throw new IllegalStateException(this.process + " was never started");
		}
		return this.role.snapshot();
	}

	/**
	 * Return the elements that left this registrar's copy of the handlespace.
	 * @return the removals over all runs of the process, in their order
	 */
	public List<Removal> removals() {
		return Collections.unmodifiableList(this.removals);
	}

	/**
	 * Return when other registrars had this one's identifier.
	 * @return the collisions over all runs of the process, in their order
	 */
	public List<Collision> collisions() {
		return Collections.unmodifiableList(this.collisions);
	}

	/**
	 * Saves what the registrar knows; from its next start on, it begins with that.
	 */
	public void save() {
		if (this.role == null) {
			throw new IllegalStateException(this.process + " was never started");
		}
		this.saved = this.role.save();
	}

	/**
	 * Stops the registrar in order: it hands its elements over to its peers, then its
	 * process ends.
	 */
	public void leave() {
		if (this.role == null) {
			throw new IllegalStateException(this.process + " was never started");
		}
		this.role.stop(this.process::crash);
	}

	/**
	 * Return what the registrar counted.
	 * @return the counts of the present run of the process, by name
	 */
	public Map<String, Long> counters() {
		return (this.role != null) ? this.role.counters() : Map.of();
	}

	/**
	 * Return how many takeovers the registrar started.
	 * @return the number in the present run of the process
	 */
	public long takeoversStarted() {
		return (this.role != null) ? this.role.counters().getOrDefault("takeovers_started", 0L) : 0;
	}

	private void run(RoleRuntime runtime) {
		RegistrarSettings.Builder defaults = RegistrarSettings.builder()
			.identifier(this.identifier)
			.asapListen(List.of(asapAddress()))
			.enrpListen(List.of(enrpAddress()))
			.peers(this.peers);
		this.role = new RegistrarRole(runtime, this.settings.apply(defaults).build(), new Tracer(), this.saved);
		this.role.start();
	}

	@Override
	public String toString() {
		return this.process.name();
	}

	/**
	 * An element left the registrar's copy of the handlespace.
	 *
	 * @param identifier the element's identifier
	 * @param reason why
	 * @param time when, since the scope began
	 */
	public record Removal(int identifier, RemovalReason reason, Duration time) {

	}

	/**
	 * Another registrar had the registrar's identifier.
	 *
	 * @param identifier the identifier
	 * @param replacement the registrar's new identifier, or {@link Identifiers#NONE}
	 * @param own where the registrar listens for peers
	 * @param other where the other one is reached
	 */
	public record Collision(int identifier, int replacement, List<InetSocketAddress> own,
			List<InetSocketAddress> other) {

	}

	/**
	 * Writes what the registrar does into the trace.
	 */
	private final class Tracer implements RegistrarListener {

		@Override
		public void stateChanged(RegistrarSnapshot.State state) {
			trace("is " + state);
		}

		@Override
		public void elementRegistered(PoolHandle poolHandle, PoolElement element, boolean again) {
			trace((again ? "registers again " : "registers ") + Identifiers.toString(element.identifier()));
		}

		@Override
		public void elementRemoved(PoolHandle poolHandle, PoolElement element, RemovalReason reason) {
			SimulatedRegistrar.this.removals
				.add(new Removal(element.identifier(), reason, SimulatedRegistrar.this.scope.time()));
			trace("removes " + Identifiers.toString(element.identifier()) + ": " + reason);
		}

		@Override
		public void peerUp(int peer) {
			trace("peer up " + Identifiers.toString(peer));
		}

		@Override
		public void peerDown(int peer) {
			trace("peer down " + Identifiers.toString(peer));
		}

		@Override
		public void takeoverStarted(int target) {
			trace("starts takeover of " + Identifiers.toString(target));
		}

		@Override
		public void takeoverWon(int target, int elements) {
			trace("won takeover of " + Identifiers.toString(target) + " with " + elements + " elements");
		}

		@Override
		public void takeoverFinished(int target, int elements, Duration duration) {
			trace("finished takeover of " + Identifiers.toString(target));
		}

		@Override
		public void identifierCollision(int identifier, int replacement, List<InetSocketAddress> own,
				List<InetSocketAddress> other) {
			SimulatedRegistrar.this.collisions.add(new Collision(identifier, replacement, own, other));
			trace("has the identifier of " + other + ", replaced by " + Identifiers.toString(replacement));
		}

		@Override
		public void protocolError(Association association, String reason) {
			trace("protocol error: " + reason);
		}

		private void trace(String what) {
			SimulatedRegistrar.this.scope.trace(SimulatedRegistrar.this.process.name(), what);
		}

	}

}
