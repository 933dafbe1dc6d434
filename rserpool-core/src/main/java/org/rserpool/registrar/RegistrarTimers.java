package org.rserpool.registrar;

import java.time.Duration;

/**
 * How long a registrar waits for what. Immutable; each time is more than 0, and at most a
 * day.
 *
 * @param keepAliveInterval the mean time from an answer of an element to the next
 * keep-alive; each one is spread over 50 to 150 %, and the first after a registration
 * from 0 on, so that keep-alives are as many at all times however many elements register
 * together
 * @param keepAliveTimeout how long to wait for the answer to a keep-alive
 * @param peerHeartbeatCycle the mean time between presences (PEER-HEARTBEAT-CYCLE); each
 * one is spread over 87.5 to 112.5 %
 * @param maxTimeLastHeard how long a peer may be silent before it is asked
 * (MAX-TIME-LAST-HEARD)
 * @param maxTimeNoResponse how long to wait for an answer of a peer
 * (MAX-TIME-NO-RESPONSE)
 * @param mentorTimeout how long to look for a mentor before starting alone
 * @param takeoverTimeout how long to wait for acknowledgements of a takeover
 * @param startRetryDelay how long to wait before asking a mentor again that refused, or
 * connecting again to a peer
 * @param stopTimeout how long the elements may be handed over to peers before the
 * registrar stops; 0 to stop at once
 * @since 0.1
 */
public record RegistrarTimers(Duration keepAliveInterval, Duration keepAliveTimeout, Duration peerHeartbeatCycle,
		Duration maxTimeLastHeard, Duration maxTimeNoResponse, Duration mentorTimeout, Duration takeoverTimeout,
		Duration startRetryDelay, Duration stopTimeout) {

	/**
	 * The times of the profile {@code fast}: a failed element is detected within about a
	 * second, and the elements of a registrar that hangs have a new home within 1.5 s in
	 * a local network.
	 */
	public static final RegistrarTimers FAST = new RegistrarTimers(Duration.ofMillis(500), Duration.ofMillis(500),
			Duration.ofMillis(250), Duration.ofMillis(750), Duration.ofMillis(500), Duration.ofSeconds(2),
			Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2));

	/**
	 * The times of the profile {@code rfc}: those of RFC 5353, section 4.2. The RFCs give
	 * none for keep-alives, the choice of a mentor, acknowledgements of takeovers and the
	 * wait after a refusal; these are as long as MAX-TIME-NO-RESPONSE, and the keep-alive
	 * interval as long as PEER-HEARTBEAT-CYCLE.
	 */
	public static final RegistrarTimers RFC = new RegistrarTimers(Duration.ofSeconds(30), Duration.ofSeconds(5),
			Duration.ofSeconds(30), Duration.ofSeconds(61), Duration.ofSeconds(5), Duration.ofSeconds(5),
			Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(2));

	public RegistrarTimers {
		Check.positive("keepAliveInterval", keepAliveInterval);
		Check.positive("keepAliveTimeout", keepAliveTimeout);
		Check.positive("peerHeartbeatCycle", peerHeartbeatCycle);
		Check.positive("maxTimeLastHeard", maxTimeLastHeard);
		Check.positive("maxTimeNoResponse", maxTimeNoResponse);
		Check.positive("mentorTimeout", mentorTimeout);
		Check.positive("takeoverTimeout", takeoverTimeout);
		Check.positive("startRetryDelay", startRetryDelay);
		Check.notNegative("stopTimeout", stopTimeout);
	}

	/**
	 * Sets times one by one. What is not set is as in {@link #FAST}.
	 *
	 * @param <B> the builder
	 */
	public abstract static sealed class Builder<B> permits RegistrarSettings.Builder {

		private Duration keepAliveInterval = FAST.keepAliveInterval();

		private Duration keepAliveTimeout = FAST.keepAliveTimeout();

		private Duration peerHeartbeatCycle = FAST.peerHeartbeatCycle();

		private Duration maxTimeLastHeard = FAST.maxTimeLastHeard();

		private Duration maxTimeNoResponse = FAST.maxTimeNoResponse();

		private Duration mentorTimeout = FAST.mentorTimeout();

		private Duration takeoverTimeout = FAST.takeoverTimeout();

		private Duration startRetryDelay = FAST.startRetryDelay();

		private Duration stopTimeout = FAST.stopTimeout();

		abstract B self();

		/**
		 * Sets all times.
		 * @param timers the times
		 * @return this builder
		 */
		public B timers(RegistrarTimers timers) {
			this.keepAliveInterval = timers.keepAliveInterval();
			this.keepAliveTimeout = timers.keepAliveTimeout();
			this.peerHeartbeatCycle = timers.peerHeartbeatCycle();
			this.maxTimeLastHeard = timers.maxTimeLastHeard();
			this.maxTimeNoResponse = timers.maxTimeNoResponse();
			this.mentorTimeout = timers.mentorTimeout();
			this.takeoverTimeout = timers.takeoverTimeout();
			this.startRetryDelay = timers.startRetryDelay();
			this.stopTimeout = timers.stopTimeout();
			return self();
		}

		/**
		 * Sets the mean time from an answer of an element to the next keep-alive.
		 * @param keepAliveInterval the mean time from an answer of an element to the next
		 * keep-alive; each one is spread over 50 to 150 %
		 * @return this builder
		 */
		public B keepAliveInterval(Duration keepAliveInterval) {
			this.keepAliveInterval = keepAliveInterval;
			return self();
		}

		/**
		 * Sets how long to wait for the answer to a keep-alive.
		 * @param keepAliveTimeout how long to wait for the answer to a keep-alive
		 * @return this builder
		 */
		public B keepAliveTimeout(Duration keepAliveTimeout) {
			this.keepAliveTimeout = keepAliveTimeout;
			return self();
		}

		/**
		 * Sets the mean time between presences.
		 * @param peerHeartbeatCycle the mean time between presences
		 * (PEER-HEARTBEAT-CYCLE); each one is spread over 87.5 to 112.5 %
		 * @return this builder
		 */
		public B peerHeartbeatCycle(Duration peerHeartbeatCycle) {
			this.peerHeartbeatCycle = peerHeartbeatCycle;
			return self();
		}

		/**
		 * Sets how long a peer may be silent before it is asked.
		 * @param maxTimeLastHeard how long a peer may be silent before it is asked
		 * (MAX-TIME-LAST-HEARD)
		 * @return this builder
		 */
		public B maxTimeLastHeard(Duration maxTimeLastHeard) {
			this.maxTimeLastHeard = maxTimeLastHeard;
			return self();
		}

		/**
		 * Sets how long to wait for an answer of a peer.
		 * @param maxTimeNoResponse how long to wait for an answer of a peer
		 * (MAX-TIME-NO-RESPONSE)
		 * @return this builder
		 */
		public B maxTimeNoResponse(Duration maxTimeNoResponse) {
			this.maxTimeNoResponse = maxTimeNoResponse;
			return self();
		}

		/**
		 * Sets how long to look for a mentor before starting alone.
		 * @param mentorTimeout how long to look for a mentor before starting alone
		 * @return this builder
		 */
		public B mentorTimeout(Duration mentorTimeout) {
			this.mentorTimeout = mentorTimeout;
			return self();
		}

		/**
		 * Sets how long to wait for acknowledgements of a takeover.
		 * @param takeoverTimeout how long to wait for acknowledgements of a takeover
		 * @return this builder
		 */
		public B takeoverTimeout(Duration takeoverTimeout) {
			this.takeoverTimeout = takeoverTimeout;
			return self();
		}

		/**
		 * Sets how long to wait before asking a mentor again that refused, or connecting
		 * again to a peer.
		 * @param startRetryDelay how long to wait before asking a mentor again that
		 * refused, or connecting again to a peer
		 * @return this builder
		 */
		public B startRetryDelay(Duration startRetryDelay) {
			this.startRetryDelay = startRetryDelay;
			return self();
		}

		/**
		 * Sets how long the elements may be handed over to peers before the registrar
		 * stops.
		 * @param stopTimeout how long the elements may be handed over to peers before the
		 * registrar stops; 0 to stop at once
		 * @return this builder
		 */
		public B stopTimeout(Duration stopTimeout) {
			this.stopTimeout = stopTimeout;
			return self();
		}

		final RegistrarTimers timers() {
			return new RegistrarTimers(this.keepAliveInterval, this.keepAliveTimeout, this.peerHeartbeatCycle,
					this.maxTimeLastHeard, this.maxTimeNoResponse, this.mentorTimeout, this.takeoverTimeout,
					this.startRetryDelay, this.stopTimeout);
		}

	}

}
