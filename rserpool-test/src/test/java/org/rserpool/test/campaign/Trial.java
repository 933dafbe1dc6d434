package org.rserpool.test.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.UserMessage;
import org.rserpool.test.SimulatedElement;
import org.rserpool.test.SimulatedProcess;
import org.rserpool.test.SimulatedRegistrar;
import org.rserpool.test.SimulatedUser;

/**
 * Plays one history and judges how the scope bore it.
 */
final class Trial {

	/**
	 * From the start of all processes, or the last repair, until all is sound. What takes
	 * longest is an element that all registrars have removed while nothing reached it,
	 * and that does not know yet how often its home sends keep-alives: it waits 5 s for
	 * the first, and then 10 s, until it registers again within 1 s.
	 */
	static final Duration CONVERGENCE = Duration.ofSeconds(16);

	/**
	 * From the loss of an element's power until no registrar names it: the longest time
	 * to the next keep-alive, 750 ms, and that for its answer, 500 ms, with some for the
	 * way of the news.
	 */
	static final Duration ELEMENT_DETECTION = Duration.ofMillis(1400);

	/** From the loss of a registrar's power until its elements have another home. */
	static final Duration TAKEOVER = Duration.ofMillis(4500);

	/** From convergence until users know as well. */
	private static final Duration SETTLING = Duration.ofSeconds(4);

	private static final Duration STEADY = Duration.ofSeconds(4);

	/**
	 * How long a user may have no answer while a live element is reachable: what a call
	 * may take, so that none fails without need.
	 */
	static final Duration WITHOUT_ANSWER = Stage.PATIENCE;

	private static final Duration LONGEST_CALL = Duration.ofMillis(1200);

	private static final Duration FOR_GOOD = Duration.ofSeconds(2);

	private static final Duration STEP = Duration.ofMillis(50);

	/** From one look at what must always hold to the next. */
	private static final Duration LOOK = Duration.ofMillis(100);

	private final History history;

	private final Stage stage;

	private final SplittableRandom random;

	private final Safety safety;

	private final Service service;

	private int disturbances;

	private Duration convergence = Duration.ZERO;

	private Trial(History history) {
		this.history = history;
		this.stage = new Stage(history);
		this.random = new SplittableRandom(~history.seed());
		this.safety = new Safety(this.stage);
		this.service = new Service(this.stage, WITHOUT_ANSWER);
	}

	static Verdict judge(History history) {
		Trial trial = new Trial(history);
		try {
			trial.play();
			return new Verdict(null, trial.convergence, trial.service.longest(), "");
		}
		catch (Failure | IllegalStateException | IllegalArgumentException | NullPointerException
				| IndexOutOfBoundsException | java.util.ConcurrentModificationException ex) {
			return new Verdict(ex.toString(), trial.convergence, trial.service.longest(), trial.stage.scope().events());
		}
	}

	private void play() {
		this.stage.registrars().forEach((registrar) -> registrar.process().start());
		this.stage.elements().forEach((element) -> element.process().start());
		converge("after the start");
		this.stage.users().forEach((user) -> user.process().start());
		run(Duration.ofMillis(500));
		playFaults();
		this.convergence = converge("after the last repair");
		run(SETTLING);
		stillSound("in the time after convergence");
		steady();
		detectElement();
		detectRegistrar();
	}

	private void playFaults() {
		Duration begin = this.stage.scope().time();
		TreeMap<Duration, List<Runnable>> events = new TreeMap<>();
		for (Fault fault : this.history.faults()) {
			int disturbance = (fault instanceof Fault.Delay || fault instanceof Fault.Loss) ? 1 : 0;
			at(events, fault.at(), () -> {
				this.disturbances += disturbance;
				fault.begin(this.stage);
			});
			at(events, fault.at().plus(fault.length()), () -> {
				this.disturbances -= disturbance;
				fault.repair(this.stage);
			});
		}
		events.forEach((time, actions) -> {
			run(begin.plus(time).minus(this.stage.scope().time()));
			actions.forEach(Runnable::run);
		});
	}

	private static void at(TreeMap<Duration, List<Runnable>> events, Duration time, Runnable action) {
		events.computeIfAbsent(time, (any) -> new ArrayList<>()).add(action);
	}

	/**
	 * Nothing happens: the calls succeed, and messages are few.
	 */
	private void steady() {
		List<SimulatedUser> users = this.stage.runningUsers();
		users.forEach(SimulatedUser::forgetGaps);
		List<Integer> failures = users.stream().map((user) -> user.failures().size()).toList();
		long asap = this.stage.scope().messages(UserMessage.ASAP);
		long enrp = this.stage.scope().messages(UserMessage.ENRP);
		run(STEADY);
		stillSound("while nothing happened");
		for (int i = 0; i < users.size(); i++) {
			List<String> failed = users.get(i).failures();
			if (failed.size() > failures.get(i)) {
				throw new Failure(users.get(i) + " fails while nothing happens: " + failed.get(failed.size() - 1));
			}
		}
		answered(users, LONGEST_CALL, "while nothing happened");
		double seconds = STEADY.toMillis() / 1e3;
		load((this.stage.scope().messages(UserMessage.ASAP) - asap) / seconds,
				(this.stage.scope().messages(UserMessage.ENRP) - enrp) / seconds);
		size();
	}

	/**
	 * An element is sent 2 keep-alives a second, answers each, and may renew its
	 * registration once, as it does every 15 s; clocks may run 2 % apart. The number of
	 * keep-alives of one element in 4 s has a standard deviation of 0.8, so five of them
	 * make 2 messages a second for each square root of the number of elements. A user may
	 * resolve its pool again once a second. A registrar sends 4 presences a second to
	 * each peer, some of which ask for an answer, and an update for each renewal.
	 */
	private void load(double asap, double enrp) {
		int registrars = this.stage.runningRegistrars().size();
		int elements = this.stage.runningElements().size();
		int users = this.stage.runningUsers().size();
		double renewals = elements / (double) STEADY.toSeconds();
		double asapBound = 4 + 1.02 * 4 * elements + 2 * Math.sqrt(elements) + 2 * renewals + 2 * users;
		if (asap > asapBound) {
			throw new Failure(String
				.format("%.1f ASAP messages per second while nothing happens, expected at most %.1f", asap, asapBound));
		}
		double enrpBound = 4 + (registrars - 1) * (5 * registrars + renewals);
		if (enrp > enrpBound) {
			throw new Failure(String
				.format("%.1f ENRP messages per second while nothing happens, expected at most %.1f", enrp, enrpBound));
		}
	}

	/**
	 * Nothing has grown: neither timers nor associations nor peers.
	 */
	private void size() {
		int registrars = this.stage.registrars().size();
		int elements = this.stage.elements().size();
		int users = this.stage.users().size();
		int eventBound = 100 + 10 * registrars * registrars + 12 * elements + users * (40 + 6 * Math.min(8, elements));
		if (this.stage.scope().pendingEvents() > eventBound) {
			throw new Failure(
					this.stage.scope().pendingEvents() + " events are pending, expected at most " + eventBound);
		}
		int associationBound = 4 + 2 * (registrars + elements + users);
		for (SimulatedProcess process : this.stage.scope().processes()) {
			if (process.associationCount() > associationBound) {
				throw new Failure(process + " holds " + process.associationCount() + " associations, expected at most "
						+ associationBound);
			}
		}
		int peers = this.stage.runningRegistrars().size() - 1;
		for (SimulatedRegistrar registrar : this.stage.runningRegistrars()) {
			if (registrar.snapshot().peers().size() != peers) {
				throw new Failure(registrar + " knows peers that are gone: " + registrar.snapshot().peers());
			}
		}
	}

	private void detectElement() {
		List<SimulatedElement> candidates = this.stage.runningElements();
		if (candidates.size() < 2) {
			return;
		}
		SimulatedElement victim = candidates.get(this.random.nextInt(candidates.size()));
		long others = candidates.stream().filter((other) -> other.pool().equals(victim.pool())).count() - 1;
		List<SimulatedUser> users = (others > 0) ? this.stage.runningUsers() : List.of();
		users.forEach(SimulatedUser::forgetGaps);
		victim.process().powerOff();
		within(ELEMENT_DETECTION, () -> this.stage.violations().isEmpty(),
				() -> "the loss of " + victim + " is not known to all: " + this.stage.violations());
		run(Duration.ofSeconds(1));
		answered(users, LONGEST_CALL.plusMillis(500), "around the loss of " + victim);
	}

	private void detectRegistrar() {
		List<SimulatedRegistrar> candidates = this.stage.runningRegistrars();
		if (candidates.size() < 2) {
			return;
		}
		SimulatedRegistrar victim = candidates.get(this.random.nextInt(candidates.size()));
		victim.process().powerOff();
		run(STEP);
		BooleanSupplier noticed = () -> this.stage.runningRegistrars()
			.stream()
			.allMatch((registrar) -> registrar.snapshot().peers().size() == candidates.size() - 2);
		within(TAKEOVER, () -> this.stage.violations().isEmpty() && noticed.getAsBoolean(),
				() -> "registrar " + victim + " is not taken over: " + this.stage.violations());
	}

	/**
	 * Waits until the scope has been sound for a while.
	 * @return how long it took until it was so for good
	 */
	private Duration converge(String when) {
		Duration begin = this.stage.scope().time();
		Duration since = begin;
		while (this.stage.scope().time().minus(since).compareTo(FOR_GOOD) < 0) {
			run(STEP);
			List<String> violations = this.stage.violations();
			if (!violations.isEmpty()) {
				since = this.stage.scope().time();
			}
			if (since.minus(begin).compareTo(CONVERGENCE) > 0) {
				throw new Failure("Not sound " + CONVERGENCE.toMillis() + " ms " + when + ": " + violations);
			}
		}
		return since.minus(begin);
	}

	private void within(Duration limit, BooleanSupplier condition, Supplier<String> otherwise) {
		Duration end = this.stage.scope().time().plus(limit);
		while (!condition.getAsBoolean()) {
			if (this.stage.scope().time().compareTo(end) >= 0) {
				throw new Failure("After " + limit.toMillis() + " ms " + otherwise.get());
			}
			run(STEP);
		}
	}

	private void stillSound(String when) {
		List<String> violations = this.stage.violations();
		if (!violations.isEmpty()) {
			throw new Failure("No more sound " + when + ": " + violations);
		}
	}

	private void answered(List<SimulatedUser> users, Duration limit, String when) {
		users.stream()
			.max(Comparator.comparing(SimulatedUser::longestCall))
			.filter((user) -> user.longestCall().compareTo(limit) > 0)
			.ifPresent((user) -> {
				throw new Failure(user + " made a call that took " + user.longestCall().toMillis() + " ms " + when);
			});
		users.stream()
			.max(Comparator.comparing(SimulatedUser::longestGap))
			.filter((user) -> user.longestGap().compareTo(limit.plus(Stage.CALL_INTERVAL)) > 0)
			.ifPresent((user) -> {
				throw new Failure(user + " had no answer for " + user.longestGap().toMillis() + " ms " + when);
			});
	}

	private void run(Duration duration) {
		Duration end = this.stage.scope().time().plus(duration);
		for (Duration left = duration; left.compareTo(Duration.ZERO) > 0; left = end.minus(this.stage.scope().time())) {
			this.stage.scope().run((left.compareTo(LOOK) < 0) ? left : LOOK);
			look();
		}
	}

	/**
	 * Looks at what must hold at every moment.
	 */
	private void look() {
		List<String> violations = this.safety.violations();
		if (this.disturbances > 0) {
			this.service.disturbed();
		}
		else if (violations.isEmpty()) {
			violations = this.service.violations();
		}
		if (!violations.isEmpty()) {
			throw new Failure("At " + this.stage.scope().time().toMillis() + " ms: " + violations);
		}
	}

	/**
	 * How it went.
	 *
	 * @param failure what was wrong, or {@code null}
	 * @param convergence how long the scope took to be sound after the last repair
	 * @param withoutAnswer how long a user had no answer at most while a live element was
	 * reachable
	 * @param events what happened but messages, if it failed
	 */
	record Verdict(@Nullable String failure, Duration convergence, Duration withoutAnswer, String events) {

		boolean failed() {
			return this.failure != null;
		}

	}

	/**
	 * Something that must hold does not.
	 */
	private static final class Failure extends RuntimeException {

		private Failure(String message) {
			super(message);
		}

		@Override
		public String toString() {
			return getMessage();
		}

	}

}
