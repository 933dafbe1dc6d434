package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.csp.ComponentStatus;
import org.rserpool.registrar.RegistrarSnapshot.State;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.PoolHandle;

/**
 * A registrar, which RFC 5353 calls an ENRP server. It serves pool elements and pool
 * users by ASAP (RFC 5352), and agrees with its peers by ENRP (RFC 5353). All calls must
 * come on the loop of its runtime.
 *
 * @since 0.1
 */
public final class RegistrarRole {

	/** How long associations may take to end in order. */
	private static final Duration SHUTDOWN_TIME = Duration.ofSeconds(1);

	private final Parts parts;

	private final List<Runnable> whenStopped = new ArrayList<>();

	private boolean started;

	private int openServices;

	/**
	 * Makes a registrar.
	 * @param runtime where it runs
	 * @param settings how it works
	 * @param listener who is told what happens
	 */
	public RegistrarRole(RoleRuntime runtime, RegistrarSettings settings, RegistrarListener listener) {
		this(runtime, settings, listener, null);
	}

	/**
	 * Makes a registrar that knows what it knew before it was restarted. It answers pool
	 * users from that until service starts. Then what a mentor knows holds. If there is
	 * no mentor, the elements are asked whether they live.
	 * @param runtime where it runs
	 * @param settings how it works
	 * @param listener who is told what happens
	 * @param saved what {@link #save()} returned before, or {@code null}
	 */
	public RegistrarRole(RoleRuntime runtime, RegistrarSettings settings, RegistrarListener listener,
			@Nullable SavedHandlespace saved) {
		this.parts = new Parts(runtime, settings, listener, saved);
	}

	/**
	 * Opens the endpoints, and makes contact with the peers. Service starts when the
	 * handlespace is copied from one of them, or when there is none:
	 * {@link RegistrarListener#stateChanged} tells.
	 * @throws EndpointException if an endpoint cannot be opened; nothing stays open then
	 * @throws IllegalStateException if it was started before
	 */
	public void start() {
		if (this.started) {
			throw new IllegalStateException("The registrar was started before");
		}
		this.started = true;
		RegistrarSettings settings = this.parts.settings();
		try {
			for (TransportProtocol protocol : settings.protocols()) {
				this.parts.asap().open(new EndpointSpecification(protocol, Channel.ASAP, settings.asapListen()));
				this.parts.enrp().open(new EndpointSpecification(protocol, Channel.ENRP, settings.enrpListen()));
			}
		}
		catch (EndpointException ex) {
			this.parts.asap().close();
			this.parts.enrp().close();
			throw ex;
		}
		this.openServices = 2;
		this.parts.announcements().start();
		this.parts.contacts().start();
		this.parts.multicastPresences().start();
		this.parts.startUp().start();
		this.parts.peerMonitor().start();
	}

	/**
	 * Ends all associations in order, and closes the endpoints. Elements and users then
	 * look for another registrar, and a peer takes over.
	 */
	public void stop() {
		if (this.parts.isStopped()) {
			return;
		}
		this.parts.become(State.STOPPED);
		this.parts.announcements().stop();
		this.parts.multicastPresences().stop();
		this.parts.contacts().stop();
		this.parts.monitor().clear();
		this.parts.asap().shutdown(this::closed);
		this.parts.enrp().shutdown(this::closed);
		this.parts.runtime().schedule(SHUTDOWN_TIME, () -> {
			this.parts.asap().close();
			this.parts.enrp().close();
		});
	}

	private void closed() {
		this.openServices--;
		if (this.openServices == 0) {
			List<Runnable> told = List.copyOf(this.whenStopped);
			this.whenStopped.clear();
			told.forEach(Runnable::run);
		}
	}

	/**
	 * Hands the elements over to peers, then stops. Meanwhile nobody can register here,
	 * and no new association is accepted. Takes a few hundred milliseconds, and never
	 * much longer than {@link RegistrarTimers#stopTimeout()}; a registrar without peers
	 * stops at once. {@link #stop()} ends the hand-over early.
	 * @param whenStopped run once when the endpoints are closed
	 */
	public void stop(Runnable whenStopped) {
		if (this.openServices == 0) {
			whenStopped.run();
			return;
		}
		this.whenStopped.add(whenStopped);
		if (!this.parts.isLeaving() && !this.parts.isStopped()) {
			new Departure(this.parts, this::stop).start();
		}
	}

	/**
	 * Return the registrar's identifier.
	 * @return not 0, and the same from the moment on when service starts
	 */
	public int identifier() {
		return this.parts.identifier();
	}

	/**
	 * Return the registrar's state.
	 * @return the state
	 */
	public State state() {
		return this.parts.state();
	}

	/**
	 * Return a copy of the handlespace, with which the registrar can be made again after
	 * it has ended. Before service starts, that is what it was made with. Takes time in
	 * proportion to the handlespace.
	 * @return the copy
	 */
	public SavedHandlespace save() {
		SavedHandlespace restored = this.parts.restored().saved();
		return (restored != null) ? restored
				: new SavedHandlespace(identifier(),
						this.parts.handlespace()
							.pools()
							.stream()
							.map((pool) -> new EnrpMessage.PoolEntry(pool.handle(), List.copyOf(pool.elements())))
							.toList());
	}

	/**
	 * Return what the registrar knows now. Takes time in proportion to the handlespace.
	 * @return an immutable copy
	 */
	public RegistrarSnapshot snapshot() {
		List<InetSocketAddress> asap = this.parts.asap().localAddresses().stream().distinct().toList();
		List<InetSocketAddress> enrp = this.parts.enrp().localAddresses().stream().distinct().toList();
		List<RegistrarSnapshot.Pool> pools = this.parts.handlespace()
			.pools()
			.stream()
			.map((pool) -> new RegistrarSnapshot.Pool(pool.handle(), pool.policy(), List.copyOf(pool.elements())))
			.toList();
		return new RegistrarSnapshot(identifier(), this.parts.state(), asap, enrp,
				this.parts.handlespace().checksum(identifier(), this.parts.settings().dialect()),
				new Overviews(this.parts).peers(), pools);
	}

	/**
	 * Return the registrar's status in a line, for the Component Status Protocol. Takes
	 * little time, however large the handlespace is.
	 * @return how many elements, pools and peers it knows
	 */
	public ComponentStatus status() {
		return new StatusDescription(this.parts).status();
	}

	/**
	 * Return what the registrar knows now, but for the handlespace. Takes little time,
	 * however large that is.
	 * @return an immutable copy
	 */
	public RegistrarOverview overview() {
		return new Overviews(this.parts).overview();
	}

	/**
	 * List pools, from behind one on.
	 * @param after the pool handle of the last that is not wanted, or {@code null} to
	 * start at the first
	 * @param limit how many at most; the time that it takes is in proportion
	 * @return the pools in the order of pool handles
	 */
	public List<PoolOverview> pools(@Nullable PoolHandle after, int limit) {
		return new Overviews(this.parts).pools(after, limit);
	}

	/**
	 * Find a pool.
	 * @param poolHandle its name
	 * @return the pool, or {@code null} if there is none
	 */
	public @Nullable PoolOverview pool(PoolHandle poolHandle) {
		return new Overviews(this.parts).pool(poolHandle);
	}

	/**
	 * List elements of a pool, from behind one on, and how they are watched.
	 * @param poolHandle the pool
	 * @param after the identifier of the last that is not wanted, or {@code null} to
	 * start at the first
	 * @param limit how many at most; the time that it takes is in proportion
	 * @return the elements in the order of identifiers; none if there is no such pool
	 */
	public List<ElementStatus> elements(PoolHandle poolHandle, @Nullable Integer after, int limit) {
		return new Overviews(this.parts).elements(poolHandle, after, limit);
	}

	/**
	 * Return what is counted.
	 * @return the names of {@link #counters()}
	 */
	public static Set<String> counterNames() {
		return new Counters().values().keySet();
	}

	/**
	 * Return what types of messages there are.
	 * @return one count of each type, 0
	 */
	public static List<MessageCount> messageTypes() {
		return new MessageCounts().values();
	}

	/**
	 * Return how many messages came and went by associations since the start.
	 * @return the counts of all types of messages, in the order of
	 * {@link #messageTypes()}
	 */
	public List<MessageCount> messages() {
		return this.parts.messages().values();
	}

	/**
	 * Return what was counted since the start.
	 * @return counts by name, in a fixed order; such as {@code registrations} or
	 * {@code deregistrations_keep_alive_timeout}
	 */
	public Map<String, Long> counters() {
		return this.parts.counters().values();
	}

}
