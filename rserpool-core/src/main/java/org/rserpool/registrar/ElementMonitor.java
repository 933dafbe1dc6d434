package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;

/**
 * Watches elements: the own ones by keep-alives, all of them by their lifetimes, and any
 * that a user could not reach by a probe (RFC 5352, sections 3.4 and 3.5).
 */
final class ElementMonitor {

	/** How often a probe is sent again when its association breaks. */
	private static final int MAX_ATTEMPTS = 3;

	/** How many associations may be being set up at a time. */
	private static final int MAX_CONNECTING = 1024;

	/** How often reports may cause a probe of an element in a keep-alive interval. */
	private static final int REPORT_PROBES = 10;

	/** By how much of it the time from one keep-alive to the next differs. */
	private static final double KEEP_ALIVE_SPREAD = 0.5;

	private static final Duration CONNECT_PAUSE = Duration.ofMillis(20);

	private final Parts parts;

	private final Map<ElementKey, Watch> watches = new HashMap<>();

	/** The associations that were set up from here. */
	private final Map<Transport, AsapLink> outbound = new LinkedHashMap<>();

	private final Set<AsapLink> connecting = new HashSet<>();

	ElementMonitor(Parts parts) {
		this.parts = parts;
	}

	private Watch watch(ElementKey key) {
		return this.watches.computeIfAbsent(key, (created) -> new Watch(created, (int) this.parts.age().toSeconds()));
	}

	/**
	 * An element registered here.
	 */
	void registered(ElementKey key, PoolElement element, AsapLink link) {
		Watch watch = watch(key);
		boolean known = watch.own && !watch.claiming;
		watch.own = true;
		watch.formerlyOwn = false;
		watch.claiming = false;
		watch.reports = null;
		watch.attach(link);
		watch.registered = true;
		watch.settle();
		expireAfter(watch, element);
		if (!known) {
			scheduleFirst(watch);
		}
		else if (!watch.hasNext()) {
			scheduleNext(watch);
		}
		watch.tell(true);
	}

	/**
	 * An element is watched by the same other registrar as before. Whatever this one has
	 * begun with the element goes on: an update or an audit that says nothing new must
	 * not break off an invitation that the owner itself suggested.
	 */
	void stillForeign(ElementKey key, PoolElement element) {
		Watch watch = watch(key);
		watch.reports = null;
		expireAfter(watch, element);
	}

	/**
	 * An element is watched by another registrar from now on. That does not say that it
	 * lives: a probe of which somebody awaits the outcome goes on.
	 */
	void foreign(ElementKey key, PoolElement element) {
		Watch watch = watch(key);
		watch.formerlyOwn |= watch.own;
		watch.own = false;
		watch.claiming = false;
		watch.reports = null;
		expireAfter(watch, element);
		if (!watch.isAwaited()) {
			watch.next(null);
			watch.settle();
			watch.detach();
		}
	}

	/**
	 * Becomes the home of an element that is in the handlespace as this registrar's
	 * already: asks it, and removes it if it does not answer.
	 */
	void claim(ElementKey key, PoolElement element, Consumer<Boolean> outcome) {
		Watch watch = watch(key);
		watch.own = true;
		watch.formerlyOwn = false;
		watch.claiming = true;
		watch.onOutcome(outcome);
		expireAfter(watch, element);
		watch.settle();
		probe(watch);
	}

	/**
	 * Asks an element of another registrar to make this one its home. Nothing changes
	 * until the element registers.
	 */
	void invite(ElementKey key) {
		Watch watch = watch(key);
		if (!watch.own && !watch.claiming) {
			watch.claiming = true;
			watch.settle();
			probe(watch);
		}
	}

	/**
	 * Ends the association that an element registered by, so that the element looks for
	 * another registrar.
	 */
	void sendOff(ElementKey key) {
		Watch watch = this.watches.get(key);
		if (watch != null && watch.link != null) {
			watch.link.association().shutdown();
		}
	}

	/**
	 * Finds out whether an element lives. The answer to a keep-alive that was sent before
	 * does not count: it may be on its way from an element that has died since.
	 */
	void verify(ElementKey key, Consumer<Boolean> outcome) {
		Watch watch = watch(key);
		watch.onOutcome(outcome);
		watch.again |= watch.probing;
		probe(watch);
	}

	/**
	 * Finds out whether an element lives, as {@link #verify} does, and asks it to make
	 * this registrar its home by the association over which it is asked.
	 */
	void summon(ElementKey key, Consumer<Boolean> outcome) {
		watch(key).claiming = true;
		verify(key, outcome);
	}

	/**
	 * A user could not reach an element: asks it at once, unless another report has just
	 * caused that. Reports of one element are no means to flood it.
	 */
	void reportedUnreachable(AsapLink user, ElementKey key) {
		long now = this.parts.runtime().nanoTime();
		if (this.parts.elements().find(key) == null || !user.acceptsReport(key, now)) {
			this.parts.count(Counters.FAILURE_REPORTS_IGNORED);
			return;
		}
		Watch watch = watch(key);
		ReportCount reports = (watch.reports != null) ? watch.reports : new ReportCount(now);
		watch.reports = reports;
		if (reports.add(now) > this.parts.settings().maxBadPeReports() && watch.own) {
			end(watch, RemovalReason.REPORTED_UNREACHABLE);
		}
		else if (!watch.probing) {
			Duration delay = Duration.ofNanos(reports.untilProbe(now));
			if (delay.isZero()) {
				probeReported(watch, reports);
			}
			else {
				watch.next(this.parts.schedule(delay, () -> probeReported(watch, reports)));
			}
		}
	}

	private void probeReported(Watch watch, ReportCount reports) {
		reports.probed(this.parts.runtime().nanoTime(),
				this.parts.settings().timers().keepAliveInterval().dividedBy(REPORT_PROBES));
		probe(watch);
	}

	void acknowledged(ElementKey key) {
		this.parts.count(Counters.KEEP_ALIVES_ACKED);
		Watch watch = this.watches.get(key);
		if (watch == null || !watch.probing) {
			return;
		}
		if (watch.again) {
			watch.settle();
			probe(watch);
			return;
		}
		boolean invited = watch.claiming && !watch.own;
		boolean adopted = watch.claiming && watch.own;
		watch.settle();
		watch.claiming = false;
		if (adopted) {
			scheduleFirst(watch);
		}
		else if (watch.own) {
			scheduleNext(watch);
		}
		else {
			this.parts.handlespace().trust(key);
			if (invited) {
				// The element is about to register over the association.
				watch.next(this.parts.schedule(this.parts.settings().timers().takeoverTimeout(), watch::detach));
			}
			else {
				watch.detach();
			}
		}
		watch.tell(true);
	}

	void forget(ElementKey key) {
		Watch watch = this.watches.remove(key);
		if (watch != null) {
			watch.expiry(null);
			watch.next(null);
			watch.settle();
			watch.detach();
			watch.tell(false);
		}
	}

	void linkUp(AsapLink link) {
		this.connecting.remove(link);
	}

	void linkDown(AsapLink link) {
		this.connecting.remove(link);
		this.outbound.values().remove(link);
		for (ElementKey key : List.copyOf(link.elements())) {
			Watch watch = this.watches.get(key);
			if (watch != null && watch.link == link) {
				watch.link = null;
				watch.registered = false;
				linkDown(watch, link.wasUp());
			}
		}
	}

	private void linkDown(Watch watch, boolean wasUp) {
		if (this.parts.isLeaving()) {
			// The element looks for another registrar. If it died, its next home finds
			// out.
			watch.next(null);
			watch.settle();
			return;
		}
		if (!wasUp || watch.attempts >= MAX_ATTEMPTS) {
			failed(watch, RemovalReason.UNREACHABLE);
		}
		else if (watch.own || watch.probing) {
			watch.attempts++;
			send(watch);
		}
	}

	/**
	 * Return whether an element registered here, and is still associated.
	 */
	boolean isRegistered(ElementKey key) {
		Watch watch = this.watches.get(key);
		return watch != null && watch.own && watch.registered && watch.link != null && watch.link.isUp();
	}

	/**
	 * Return how an element is watched, or {@code null} if it is not.
	 */
	@Nullable Watch find(ElementKey key) {
		return this.watches.get(key);
	}

	@Nullable AsapLink link(ElementKey key) {
		Watch watch = this.watches.get(key);
		return (watch != null) ? watch.link : null;
	}

	boolean wasOwn(ElementKey key) {
		Watch watch = this.watches.get(key);
		return watch != null && watch.formerlyOwn;
	}

	void clear() {
		for (ElementKey key : List.copyOf(this.watches.keySet())) {
			Watch watch = this.watches.remove(key);
			if (watch != null) {
				watch.expiry(null);
				watch.next(null);
				watch.answer(null);
			}
		}
	}

	/**
	 * Schedules the first keep-alive of an element as if it had been watched for ever.
	 * However many elements begin to be watched together, keep-alives are as many at all
	 * times from then on.
	 */
	private void scheduleFirst(Watch watch) {
		Duration interval = this.parts.settings().timers().keepAliveInterval();
		watch.next(this.parts.schedule(this.parts.rest(interval, KEEP_ALIVE_SPREAD), () -> probe(watch)));
	}

	private void scheduleNext(Watch watch) {
		Duration interval = this.parts.settings().timers().keepAliveInterval();
		watch.next(this.parts.schedule(this.parts.spread(interval, KEEP_ALIVE_SPREAD), () -> probe(watch)));
	}

	private void expireAfter(Watch watch, PoolElement element) {
		watch.expiry((element.lifetimeMillis() == PoolElement.INFINITE) ? null : this.parts
			.deadline(Duration.ofMillis(element.lifetimeMillis()), () -> end(watch, RemovalReason.EXPIRED)));
	}

	private void probe(Watch watch) {
		if (!watch.probing) {
			send(watch);
		}
	}

	private void send(Watch watch) {
		AsapLink link = watch.link;
		if (link == null || !link.isUsable()) {
			if (this.connecting.size() >= MAX_CONNECTING) {
				watch.next(this.parts.schedule(CONNECT_PAUSE, () -> send(watch)));
				return;
			}
			link = connect(watch);
		}
		if (link == null) {
			failed(watch, RemovalReason.UNREACHABLE);
			return;
		}
		watch.attach(link);
		watch.next(null);
		if (!watch.probing) {
			watch.probing = true;
			watch.answer(this.parts.deadline(this.parts.settings().timers().keepAliveTimeout(), () -> {
				this.parts.count(Counters.KEEP_ALIVES_TIMEOUT);
				unanswered(watch);
			}));
		}
		this.parts.count(Counters.KEEP_ALIVES_SENT);
		link.send(new AsapMessage.EndpointKeepAlive(watch.claiming, this.parts.identifier(), watch.key().poolHandle(),
				watch.key().identifier()));
	}

	/**
	 * Elements of rsplib answer nobody but their home. If the association by which one
	 * registered was lost, another registrar may have become that, and nobody else know
	 * it: so such an element is asked to come back before it is taken for dead.
	 */
	private void unanswered(Watch watch) {
		boolean lost = watch.own && !watch.registered && !watch.claiming;
		if (lost && this.parts.settings().dialect() == Dialect.RSPLIB) {
			watch.settle();
			watch.claiming = true;
			probe(watch);
			return;
		}
		failed(watch, RemovalReason.KEEP_ALIVE_TIMEOUT);
	}

	private @Nullable AsapLink connect(Watch watch) {
		PoolElement element = this.parts.elements().find(watch.key());
		Transport transport = (element != null) ? element.asapTransport() : null;
		if (transport == null) {
			return null;
		}
		AsapLink link = this.outbound.get(transport);
		if (link == null || !link.isUsable() || link.elements().isEmpty()) {
			link = null;
			List<InetSocketAddress> addresses = Addresses.of(transport);
			TransportProtocol protocol = Addresses.protocol(transport);
			if (protocol != null && !addresses.isEmpty()) {
				link = this.parts.asap().connect(protocol, addresses);
			}
			if (link != null) {
				this.outbound.put(transport, link);
				this.connecting.add(link);
			}
		}
		return link;
	}

	private void failed(Watch watch, RemovalReason reason) {
		if (watch.own) {
			end(watch, reason);
			return;
		}
		watch.settle();
		watch.claiming = false;
		watch.detach();
		this.parts.handlespace().suspect(watch.key());
		watch.tell(false);
	}

	/**
	 * Removes an element, and tells it if that is possible, so that it can register again
	 * if it lives after all.
	 */
	private void end(Watch watch, RemovalReason reason) {
		AsapLink link = watch.link;
		if (watch.own && link == null && reason == RemovalReason.EXPIRED) {
			link = connect(watch);
		}
		if (watch.own && link != null && link.isUsable()) {
			link.send(new AsapMessage.DeregistrationResponse(watch.key().poolHandle(), watch.key().identifier(),
					List.of()));
			watch.attach(link);
		}
		this.parts.elements().remove(watch.key(), reason);
	}

}
