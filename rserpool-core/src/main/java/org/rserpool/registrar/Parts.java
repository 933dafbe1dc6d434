package org.rserpool.registrar;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.rserpool.handlespace.Handlespace;
import org.rserpool.registrar.RegistrarSnapshot.State;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.Timer;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.WireCodec;

/**
 * The parts of one registrar, and what they share.
 */
final class Parts {

	private final RoleRuntime runtime;

	private final RegistrarSettings settings;

	private final RegistrarListener listener;

	private final WireCodec codec;

	private final Counters counters = new Counters();

	private final MessageCounts messages = new MessageCounts();

	private final Handlespace handlespace = new Handlespace();

	private final Elements elements = new Elements(this);

	private final ElementMonitor monitor = new ElementMonitor(this);

	private final Registrations registrations = new Registrations(this);

	private final Resolutions resolutions = new Resolutions(this);

	private final Subscriptions subscriptions = new Subscriptions(this);

	private final AsapService asap = new AsapService(this);

	private final Peers peers = new Peers(this);

	private final PeerMonitor peerMonitor = new PeerMonitor(this);

	private final Contacts contacts = new Contacts(this);

	private final Announcements announcements;

	private final MulticastPresences multicastPresences;

	private final StartUp startUp = new StartUp(this);

	private final Suggestions suggestions = new Suggestions(this);

	private final Updates updates = new Updates(this);

	private final Tables tables = new Tables(this);

	private final Audits audits = new Audits(this);

	private final Takeovers takeovers = new Takeovers(this);

	private final EnrpService enrp = new EnrpService(this);

	private final Identity identity = new Identity(this);

	private final Restored restored;

	private final long createdAt;

	private int identifier;

	private State state = State.STARTING;

	Parts(RoleRuntime runtime, RegistrarSettings settings, RegistrarListener listener,
			@Nullable SavedHandlespace saved) {
		this.runtime = runtime;
		this.settings = settings;
		this.listener = listener;
		this.announcements = new Announcements(this);
		this.multicastPresences = new MulticastPresences(this);
		this.codec = new WireCodec(settings.dialect());
		this.identifier = (settings.identifier() != Identifiers.NONE) ? settings.identifier()
				: Identifiers.random(runtime.random());
		this.restored = new Restored(this, saved);
		this.createdAt = runtime.nanoTime();
	}

	RoleRuntime runtime() {
		return this.runtime;
	}

	RegistrarSettings settings() {
		return this.settings;
	}

	RegistrarListener listener() {
		return this.listener;
	}

	WireCodec codec() {
		return this.codec;
	}

	Counters counters() {
		return this.counters;
	}

	MessageCounts messages() {
		return this.messages;
	}

	Handlespace handlespace() {
		return this.handlespace;
	}

	Elements elements() {
		return this.elements;
	}

	ElementMonitor monitor() {
		return this.monitor;
	}

	Registrations registrations() {
		return this.registrations;
	}

	Resolutions resolutions() {
		return this.resolutions;
	}

	Subscriptions subscriptions() {
		return this.subscriptions;
	}

	AsapService asap() {
		return this.asap;
	}

	Peers peers() {
		return this.peers;
	}

	PeerMonitor peerMonitor() {
		return this.peerMonitor;
	}

	Contacts contacts() {
		return this.contacts;
	}

	Announcements announcements() {
		return this.announcements;
	}

	MulticastPresences multicastPresences() {
		return this.multicastPresences;
	}

	StartUp startUp() {
		return this.startUp;
	}

	Suggestions suggestions() {
		return this.suggestions;
	}

	Updates updates() {
		return this.updates;
	}

	Tables tables() {
		return this.tables;
	}

	Audits audits() {
		return this.audits;
	}

	Takeovers takeovers() {
		return this.takeovers;
	}

	EnrpService enrp() {
		return this.enrp;
	}

	Restored restored() {
		return this.restored;
	}

	Identity identity() {
		return this.identity;
	}

	int identifier() {
		return this.identifier;
	}

	/**
	 * Return how long the registrar has been there.
	 */
	Duration age() {
		return Duration.ofNanos(this.runtime.nanoTime() - this.createdAt);
	}

	/**
	 * Takes another identifier, because another registrar has this one.
	 */
	void drawIdentifier() {
		int before = this.identifier;
		while (this.identifier == before) {
			this.identifier = Identifiers.random(this.runtime.random());
		}
	}

	State state() {
		return this.state;
	}

	void become(State newState) {
		this.state = newState;
		this.listener.stateChanged(newState);
	}

	boolean isRunning() {
		return this.state == State.RUNNING;
	}

	boolean isLeaving() {
		return this.state == State.LEAVING;
	}

	boolean isStopped() {
		return this.state == State.STOPPED;
	}

	/**
	 * Tells that somebody was refused because of its certificate.
	 */
	void refused(Association association, String reason) {
		count(Counters.REFUSED_CERTIFICATES);
		this.listener.accessRefused(association, reason);
	}

	void count(String counter) {
		this.counters.count(counter);
	}

	/**
	 * Runs a task later, unless the registrar is stopped by then.
	 */
	Timer schedule(Duration delay, Runnable task) {
		return this.runtime.schedule(delay, () -> {
			if (!isStopped()) {
				task.run();
			}
		});
	}

	/**
	 * Runs a task when something was not heard in time, unless the registrar is stopped
	 * by then.
	 */
	Deadline deadline(Duration delay, Runnable task) {
		return new Deadline(this.runtime, delay, () -> {
			if (!isStopped()) {
				task.run();
			}
		});
	}

	/**
	 * Draws what is left of a duration that is {@link #spread}, seen from any moment: the
	 * equilibrium of a renewal process. It is less than the shortest duration, each time
	 * with the same chance, or reaches into the spread, the less likely the further.
	 * @param mean the mean of the duration
	 * @param spread by how much of it the duration differs at most
	 * @return what is left of it
	 */
	Duration rest(Duration mean, double spread) {
		double chance = this.runtime.random().nextDouble();
		double shortest = 1 - spread;
		double factor = (chance < shortest) ? chance : 1 + spread - 2 * Math.sqrt(spread * (1 - chance));
		return Duration.ofNanos((long) (mean.toNanos() * factor));
	}

	/**
	 * Spreads a duration evenly, so that what starts together does not stay together.
	 * @param mean the mean
	 * @param spread by how much of it the result differs at most
	 * @return the duration
	 */
	Duration spread(Duration mean, double spread) {
		double factor = 1 - spread + 2 * spread * this.runtime.random().nextDouble();
		return Duration.ofNanos((long) (mean.toNanos() * factor));
	}

}
