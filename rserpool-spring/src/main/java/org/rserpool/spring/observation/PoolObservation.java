package org.rserpool.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of calls.
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

	},

	/** A call that a pool element carries out. */
	SERVER("rserpool.server") {

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return ServerKey.values();
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
		POOL {
			@Override
			public String asString() {
				return "pool";
			}
		},

		/** How it is called: {@code rpc}. */
		BINDING {
			@Override
			public String asString() {
				return "binding";
			}
		},

		/** What is called: the interface and the method. */
		METHOD {
			@Override
			public String asString() {
				return "method";
			}
		},

		/**
		 * What is known of the call: {@code ANSWERED}, {@code NOT_SENT}, {@code UNKNOWN},
		 * {@code DEADLINE}, or {@code CANCELLED}.
		 */
		OUTCOME {
			@Override
			public String asString() {
				return "outcome";
			}
		},

		/** How many attempts were made. */
		ATTEMPTS {
			@Override
			public String asString() {
				return "attempts";
			}
		}

	}

	/**
	 * What every attempt is told apart by.
	 */
	public enum AttemptKey implements KeyName {

		/** The pool that is called. */
		POOL {
			@Override
			public String asString() {
				return "pool";
			}
		},

		/** What is called: the interface and the method. */
		METHOD {
			@Override
			public String asString() {
				return "method";
			}
		},

		/** What is known of the attempt, as of a call. */
		OUTCOME {
			@Override
			public String asString() {
				return "outcome";
			}
		}

	}

	/**
	 * What an attempt says beside.
	 */
	public enum AttemptDetail implements KeyName {

		/** The identifier of the pool element. */
		ELEMENT {
			@Override
			public String asString() {
				return "element";
			}
		},

		/** Where it was tried, as host:port. */
		ADDRESS {
			@Override
			public String asString() {
				return "address";
			}
		}

	}

	/**
	 * What every call that is carried out is told apart by.
	 */
	public enum ServerKey implements KeyName {

		/** The pool that is called. */
		POOL {
			@Override
			public String asString() {
				return "pool";
			}
		},

		/** How it is called: {@code rpc}. */
		BINDING {
			@Override
			public String asString() {
				return "binding";
			}
		},

		/** What is called: the interface and the method. */
		METHOD {
			@Override
			public String asString() {
				return "method";
			}
		}

	}

	/**
	 * What happens during a call.
	 */
	public enum ClientEvent implements Observation.Event {

		/** Another attempt is made. */
		FAILOVER {
			@Override
			public String getName() {
				return "failover";
			}

			@Override
			public String getContextualName() {
				return "failover";
			}
		}

	}

}
