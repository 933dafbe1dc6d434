package org.rserpool.test.campaign;

import java.time.Duration;
import java.util.List;

/**
 * Something that goes wrong at one moment, and is repaired later. Times count from the
 * moment at which the scope was sound.
 */
sealed interface Fault {

	/**
	 * Return when it begins.
	 */
	Duration at();

	/**
	 * Return how long it lasts.
	 */
	Duration length();

	void begin(Stage stage);

	void repair(Stage stage);

	/**
	 * Return who must exist for it.
	 */
	List<Victim> victims();

	/**
	 * A process ends.
	 *
	 * @param victim which one
	 * @param power whether its machine ends too, so that nobody is told
	 * @param identifier its new identifier after the restart, or 0 for the same
	 * @param forever whether it never comes back
	 */
	record Crash(Duration at, Duration length, Victim victim, boolean power, int identifier,
			boolean forever) implements Fault {

		@Override
		public void begin(Stage stage) {
			if (stage.process(this.victim).alive()) {
				stage.save(this.victim);
				if (this.power) {
					stage.process(this.victim).powerOff();
				}
				else {
					stage.process(this.victim).crash();
				}
			}
		}

		@Override
		public void repair(Stage stage) {
			if (!this.forever && !stage.process(this.victim).alive()) {
				if (this.identifier != 0) {
					stage.rename(this.victim, this.identifier);
				}
				stage.process(this.victim).start();
			}
		}

		@Override
		public List<Victim> victims() {
			return List.of(this.victim);
		}

		@Override
		public String toString() {
			return this.victim + (this.power ? " loses its power" : " crashes")
					+ (this.forever ? " for ever" : ", and restarts after " + this.length.toMillis() + " ms"
							+ ((this.identifier != 0) ? " with a new identifier" : ""));
		}

	}

	/**
	 * A process stops for a while, as by {@code SIGSTOP}.
	 *
	 * @param victim which one
	 */
	record Hang(Duration at, Duration length, Victim victim) implements Fault {

		@Override
		public void begin(Stage stage) {
			stage.process(this.victim).hang();
		}

		@Override
		public void repair(Stage stage) {
			stage.process(this.victim).resume();
		}

		@Override
		public List<Victim> victims() {
			return List.of(this.victim);
		}

		@Override
		public String toString() {
			return this.victim + " hangs for " + this.length.toMillis() + " ms";
		}

	}

	/**
	 * The network is cut between some processes and all others.
	 *
	 * @param island some processes
	 * @param direction whom it hits
	 */
	record Partition(Duration at, Duration length, List<Victim> island, Direction direction) implements Fault {

		@Override
		public void begin(Stage stage) {
			stage.paths(this).forEach(stage::block);
		}

		@Override
		public void repair(Stage stage) {
			stage.paths(this).forEach(stage::unblock);
		}

		@Override
		public List<Victim> victims() {
			return this.island;
		}

		@Override
		public String toString() {
			return this.island + switch (this.direction) {
				case BOTH -> " and all others do not reach each other for ";
				case TO_ISLAND -> " are not reached by all others for ";
				case FROM_ISLAND -> " do not reach all others for ";
			} + this.length.toMillis() + " ms";
		}

	}

	/**
	 * Which messages a partition stops.
	 */
	enum Direction {

		BOTH, TO_ISLAND, FROM_ISLAND

	}

	/**
	 * The network is slow.
	 *
	 * @param maximum how long a message travels at most
	 */
	record Delay(Duration at, Duration length, Duration maximum) implements Fault {

		@Override
		public void begin(Stage stage) {
			stage.scope().latency(this.maximum.dividedBy(10), this.maximum);
		}

		@Override
		public void repair(Stage stage) {
			stage.scope().latency(Stage.MINIMUM_LATENCY, Stage.MAXIMUM_LATENCY);
		}

		@Override
		public List<Victim> victims() {
			return List.of();
		}

		@Override
		public String toString() {
			return "messages travel up to " + this.maximum.toMillis() + " ms for " + this.length.toMillis() + " ms";
		}

	}

	/**
	 * Associations that are set up break soon.
	 *
	 * @param percent how many of them
	 */
	record Loss(Duration at, Duration length, int percent) implements Fault {

		@Override
		public void begin(Stage stage) {
			stage.scope().associationLoss(this.percent / 100.0);
		}

		@Override
		public void repair(Stage stage) {
			stage.scope().associationLoss(0);
		}

		@Override
		public List<Victim> victims() {
			return List.of();
		}

		@Override
		public String toString() {
			return this.percent + " % of new associations break for " + this.length.toMillis() + " ms";
		}

	}

	/**
	 * All associations of a process break.
	 *
	 * @param victim which process
	 */
	record Break(Duration at, Victim victim) implements Fault {

		@Override
		public Duration length() {
			return Duration.ZERO;
		}

		@Override
		public void begin(Stage stage) {
			stage.process(this.victim).loseAssociations();
		}

		@Override
		public void repair(Stage stage) {
			// They are set up again by their users.
		}

		@Override
		public List<Victim> victims() {
			return List.of(this.victim);
		}

		@Override
		public String toString() {
			return "all associations of " + this.victim + " break";
		}

	}

	/**
	 * The clock of a process runs too fast or too slow from now on.
	 *
	 * @param victim which process
	 * @param millionths by how much it is too fast
	 */
	record Drift(Duration at, Victim victim, int millionths) implements Fault {

		@Override
		public Duration length() {
			return Duration.ZERO;
		}

		@Override
		public void begin(Stage stage) {
			stage.process(this.victim).clockRate(1 + this.millionths / 1e6);
		}

		@Override
		public void repair(Stage stage) {
			// It stays so: the protocols bear it.
		}

		@Override
		public List<Victim> victims() {
			return List.of(this.victim);
		}

		@Override
		public String toString() {
			return "the clock of " + this.victim + " runs at " + (1 + this.millionths / 1e6) + " times its speed";
		}

	}

	/**
	 * A registrar is told again and again that a live element is unreachable.
	 *
	 * @param element the element
	 * @param registrar who is told
	 * @param interval the time from one report to the next
	 */
	record Flood(Duration at, Duration length, Victim element, Victim registrar, Duration interval) implements Fault {

		@Override
		public void begin(Stage stage) {
			stage.flooder(this).start();
		}

		@Override
		public void repair(Stage stage) {
			stage.flooder(this).crash();
		}

		@Override
		public List<Victim> victims() {
			return List.of(this.element, this.registrar);
		}

		@Override
		public String toString() {
			return this.registrar + " is told every " + this.interval.toMillis() + " ms for " + this.length.toMillis()
					+ " ms that " + this.element + " is unreachable";
		}

	}

}
