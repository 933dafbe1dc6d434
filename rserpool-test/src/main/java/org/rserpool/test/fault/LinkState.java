package org.rserpool.test.fault;

import java.time.Duration;

/**
 * What is wrong with a link.
 *
 * @param delay how long each message is under way, at least
 * @param jitter how much longer it may be under way
 * @param loss how likely a message is lost at each attempt of the transport
 * @param blackHole whether nothing arrives
 * @param refused whether no association comes up
 */
record LinkState(Duration delay, Duration jitter, double loss, boolean blackHole, boolean refused) {

	static final LinkState SOUND = new LinkState(Duration.ZERO, Duration.ZERO, 0, false, false);

	boolean isSlow() {
		return !this.delay.isZero() || !this.jitter.isZero() || this.loss > 0;
	}

	/**
	 * Return what is wrong when both are wrong.
	 */
	LinkState and(LinkState other) {
		return new LinkState(this.delay.plus(other.delay), this.jitter.plus(other.jitter),
				1 - (1 - this.loss) * (1 - other.loss), this.blackHole || other.blackHole,
				this.refused || other.refused);
	}

	LinkState withDelay(Duration newDelay, Duration newJitter) {
		return new LinkState(newDelay, newJitter, this.loss, this.blackHole, this.refused);
	}

	LinkState withLoss(double probability) {
		return new LinkState(this.delay, this.jitter, probability, this.blackHole, this.refused);
	}

	LinkState withBlackHole() {
		return new LinkState(this.delay, this.jitter, this.loss, true, this.refused);
	}

	LinkState withRefused() {
		return new LinkState(this.delay, this.jitter, this.loss, this.blackHole, true);
	}

}
