package org.rserpool.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is observed of sessions of messages. Their messages are not.
 *
 * @since 0.1
 */
public enum SessionObservation implements ObservationDocumentation {

	/**
	 * A session of a pool user, from its opening until it ends, over all its elements.
	 */
	SESSION("rserpool.session") {

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return SessionKey.values();
		}

		@Override
		public Observation.Event[] getEvents() {
			return SessionEvent.values();
		}

	},

	/**
	 * How a session of a pool user looks for an element: when it is opened, and when it
	 * lost one. Part of the session.
	 */
	SEARCH("rserpool.session.search") {

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return SearchKey.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return ElementDetail.values();
		}

		@Override
		public Observation.Event[] getEvents() {
			return SearchEvent.values();
		}

	},

	/** A session that a pool element serves. */
	SERVED("rserpool.session.served") {

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return ServedKey.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return ElementDetail.values();
		}

		@Override
		public Observation.Event[] getEvents() {
			return ServedEvent.values();
		}

	};

	private final String observed;

	SessionObservation(String observed) {
		this.observed = observed;
	}

	@Override
	public String getName() {
		return this.observed;
	}

	/**
	 * How a session, or a search for an element, ended.
	 */
	public enum Outcome {

		/** An element was found. Only searches end so. */
		CONNECTED,

		/** The application closed the session. */
		CLOSED,

		/** The session failed, such as because no element was found in time. */
		FAILED,

		/** The process left the operation scope before the session was closed. */
		ABANDONED

	}

	/**
	 * Why a session looks for an element.
	 */
	public enum Cause {

		/** It was opened. */
		OPEN,

		/** It lost its element. */
		FAILOVER

	}

	/**
	 * What every session is told apart by.
	 */
	public enum SessionKey implements KeyName {

		/** The pool of the session. */
		POOL("pool"),

		/** {@code CLOSED}, {@code FAILED} or {@code ABANDONED}. */
		OUTCOME("outcome");

		private final String key;

		SessionKey(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * What happens during a session.
	 */
	public enum SessionEvent implements Observation.Event {

		/** The element is lost, or was left. The contextual name says which, and why. */
		LOST("lost"),

		/** The session goes on with another element, which the contextual name says. */
		FAILOVER("failover"),

		/** The cookie of the session was given to the element. */
		COOKIE_ECHO("cookie-echo");

		private final String event;

		SessionEvent(String event) {
			this.event = event;
		}

		@Override
		public String getName() {
			return this.event;
		}

	}

	/**
	 * What every search for an element is told apart by.
	 */
	public enum SearchKey implements KeyName {

		/** The pool of the session. */
		POOL("pool"),

		/** {@code OPEN} or {@code FAILOVER}. */
		CAUSE("cause"),

		/**
		 * {@code CONNECTED}, or how the session ended meanwhile: {@code CLOSED},
		 * {@code FAILED} or {@code ABANDONED}.
		 */
		OUTCOME("outcome");

		private final String key;

		SearchKey(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * What happens while a session looks for an element.
	 */
	public enum SearchEvent implements Observation.Event {

		/** An element cannot be reached. The contextual name says which, and why. */
		FAILED("failed");

		private final String event;

		SearchEvent(String event) {
			this.event = event;
		}

		@Override
		public String getName() {
			return this.event;
		}

	}

	/**
	 * What every session that is served is told apart by.
	 */
	public enum ServedKey implements KeyName {

		/** The pool of the session. */
		POOL("pool"),

		/**
		 * How the association ended: {@code SHUTDOWN}, {@code ABORTED}, {@code TIMEOUT}
		 * or {@code PROTOCOL_VIOLATION}.
		 */
		OUTCOME("outcome");

		private final String key;

		ServedKey(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * What happens during a session that is served.
	 */
	public enum ServedEvent implements Observation.Event {

		/** The pool user brought the cookie along: the session began elsewhere. */
		COOKIE_ECHO("cookie-echo");

		private final String event;

		ServedEvent(String event) {
			this.event = event;
		}

		@Override
		public String getName() {
			return this.event;
		}

	}

	/**
	 * What a search, or a session that is served, says beside.
	 */
	public enum ElementDetail implements KeyName {

		/** The identifier of the pool element, or {@code none}. */
		ELEMENT("element");

		private final String key;

		ElementDetail(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
