package org.rserpool.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is observed of calls, and of what registrars are asked.
 *
 * @since 0.1
 */
public enum PoolObservation implements ObservationDocumentation {

	/** A call through a pool, from the request to the result, over all attempts. */
	CLIENT("rserpool.client") {

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return ClientKey.values();
		}

		@Override
		public Observation.Event[] getEvents() {
			return ClientEvent.values();
		}

	},

	/** One attempt of a call, at one pool element. Its trace context travels along. */
	ATTEMPT("rserpool.client.attempt") {

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return AttemptKey.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return AttemptDetail.values();
		}

		@Override
		public Observation.Event[] getEvents() {
			return AttemptEvent.values();
		}

	},

	/** A call by rpc that a pool element carries out. */
	SERVER("rserpool.server") {

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return ServerKey.values();
		}

	},

	/** A handle resolution for which a registrar is asked. */
	RESOLUTION("rserpool.resolution") {

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return ResolutionKey.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return RegistrarDetail.values();
		}

	},

	/** What the home registrar is asked for a pool element. */
	REGISTRATION("rserpool.registration") {

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return RegistrationKey.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return RegistrationDetail.values();
		}

	};

	private final String observed;

	PoolObservation(String observed) {
		this.observed = observed;
	}

	@Override
	public String getName() {
		return this.observed;
	}

	/**
	 * What every call is told apart by.
	 */
	public enum ClientKey implements KeyName {

		/** The pool that is called. */
		POOL("pool"),

		/** How it is called: {@code rpc}, {@code http} or {@code grpc}. */
		BINDING("binding"),

		/**
		 * What is called: {@code Interface.method} by rpc, by http the HTTP method or
		 * what {@code org.rserpool.method} says, and by grpc
		 * {@code package.Service/Method}.
		 */
		METHOD("method"),

		/**
		 * What is known of the call: {@code ANSWERED}, {@code NOT_SENT}, {@code UNKNOWN},
		 * {@code DEADLINE}, or {@code CANCELLED}.
		 */
		OUTCOME("outcome"),

		/** How many attempts were made. */
		ATTEMPTS("attempts");

		private final String key;

		ClientKey(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * What happens during a call.
	 */
	public enum ClientEvent implements Observation.Event {

		/** Another attempt is made. */
		FAILOVER("failover");

		private final String event;

		ClientEvent(String event) {
			this.event = event;
		}

		@Override
		public String getName() {
			return this.event;
		}

		@Override
		public String getContextualName() {
			return this.event;
		}

	}

	/**
	 * What every attempt is told apart by.
	 */
	public enum AttemptKey implements KeyName {

		/** The pool that is called. */
		POOL("pool"),

		/** How it is called: {@code rpc}, {@code http} or {@code grpc}. */
		BINDING("binding"),

		/**
		 * What is called: {@code Interface.method} by rpc, by http the HTTP method or
		 * what {@code org.rserpool.method} says, and by grpc
		 * {@code package.Service/Method}.
		 */
		METHOD("method"),

		/** What is known of the attempt, as of a call. */
		OUTCOME("outcome");

		private final String key;

		AttemptKey(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * What an attempt says beside.
	 */
	public enum AttemptDetail implements KeyName {

		/** The identifier of the pool element. */
		ELEMENT("element"),

		/** Where it was tried, as host:port. */
		ADDRESS("address");

		private final String key;

		AttemptDetail(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * What happens during an attempt.
	 */
	public enum AttemptEvent implements Observation.Event {

		/**
		 * The cookie of the session goes along: its element did not have the session
		 * before, or forgot it.
		 */
		COOKIE_ECHO("cookie-echo"),

		/** The pool element is reported to a registrar as unreachable. */
		ENDPOINT_UNREACHABLE("endpoint-unreachable"),

		/** The attempt failed. The contextual name says why. */
		FAILED("failed");

		private final String event;

		AttemptEvent(String event) {
			this.event = event;
		}

		@Override
		public String getName() {
			return this.event;
		}

		@Override
		public String getContextualName() {
			return this.event;
		}

	}

	/**
	 * What every call that is carried out is told apart by.
	 */
	public enum ServerKey implements KeyName {

		/** The pool that is called. */
		POOL("pool"),

		/** How it is called: {@code rpc}. */
		BINDING("binding"),

		/** What is called: {@code Interface.method}. */
		METHOD("method");

		private final String key;

		ServerKey(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * What every handle resolution is told apart by.
	 */
	public enum ResolutionKey implements KeyName {

		/** The pool that is resolved. */
		POOL("pool"),

		/**
		 * {@code FOUND}, {@code UNKNOWN_POOL}, {@code REFUSED}, {@code TIMEOUT},
		 * {@code NO_REGISTRAR}, or {@code ABANDONED} where the process left the scope.
		 */
		OUTCOME("outcome");

		private final String key;

		ResolutionKey(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * What a handle resolution says beside.
	 */
	public enum RegistrarDetail implements KeyName {

		/** The home registrar when it ended, or {@code none}. */
		REGISTRAR("registrar");

		private final String key;

		RegistrarDetail(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * What every request for a pool element is told apart by.
	 */
	public enum RegistrationKey implements KeyName {

		/** The pool of the element. */
		POOL("pool"),

		/** {@code REGISTRATION}, {@code RENEWAL} or {@code DEREGISTRATION}. */
		REQUEST("request"),

		/**
		 * {@code ACCEPTED}, {@code REJECTED}, {@code UNANSWERED} or {@code ABANDONED}.
		 */
		OUTCOME("outcome");

		private final String key;

		RegistrationKey(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * What a request for a pool element says beside.
	 */
	public enum RegistrationDetail implements KeyName {

		/** The identifier of the pool element. */
		ELEMENT("element");

		private final String key;

		RegistrationDetail(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
