package org.rserpool.spring.http;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.FailoverCall;
import org.rserpool.rpc.FailoverRequest;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.spring.observation.ClientObservations;
import org.rserpool.spring.user.PoolUserSettings;
import org.rserpool.spring.user.PoolUserSettingsSource;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

import org.springframework.http.HttpMethod;

/**
 * Begins the calls that HTTP requests to pools are.
 *
 * @since 0.1
 */
public final class PoolHttpCalls {

	/**
	 * The request attribute that says, by {@code true}, that a request may be carried out
	 * more than once without harm. Requests with the methods GET, HEAD, OPTIONS, TRACE,
	 * PUT and DELETE may anyway (RFC 9110, section 9.2.2).
	 */
	public static final String IDEMPOTENT_ATTRIBUTE = "org.rserpool.idempotent";

	/** The request attribute with the name of a request, for messages and meters. */
	public static final String METHOD_ATTRIBUTE = "org.rserpool.method";

	private static final Set<HttpMethod> IDEMPOTENT = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS,
			HttpMethod.TRACE, HttpMethod.PUT, HttpMethod.DELETE);

	private final Supplier<RSerPoolNode> node;

	private final PoolUserSettingsSource settings;

	private final HttpElementUris uris;

	private final ObservationRegistry observations;

	/**
	 * Makes a beginner of calls that nobody observes.
	 * @param node selects elements; asked at each call
	 * @param settings knows how each pool user calls
	 * @param uris knows how elements are addressed
	 */
	public PoolHttpCalls(Supplier<RSerPoolNode> node, PoolUserSettingsSource settings, HttpElementUris uris) {
		this(node, settings, uris, ObservationRegistry.NOOP);
	}

	/**
	 * Makes a beginner of calls.
	 * @param node selects elements; asked at each call
	 * @param settings knows how each pool user calls
	 * @param uris knows how elements are addressed
	 * @param observations where calls are observed
	 */
	public PoolHttpCalls(Supplier<RSerPoolNode> node, PoolUserSettingsSource settings, HttpElementUris uris,
			ObservationRegistry observations) {
		this.observations = observations;
		this.node = node;
		this.settings = settings;
		this.uris = uris;
	}

	/**
	 * Begins a call.
	 * @param uri the URI at the pool
	 * @param method the HTTP method
	 * @param attributes the attributes of the request
	 * @param parent the observation that the call is a part of, or {@code null} for what
	 * is in scope on this thread
	 */
	PoolHttpCall begin(URI uri, HttpMethod method, Map<String, Object> attributes, @Nullable Observation parent) {
		PoolUserSettings user = this.settings.settings(PoolUri.user(uri));
		PoolHandle pool = PoolHandle.of(user.pool());
		boolean idempotent = IDEMPOTENT.contains(method) || user.idempotentMethods().contains("*")
				|| user.idempotentMethods().contains(method.name())
				|| Boolean.TRUE.equals(attributes.get(IDEMPOTENT_ATTRIBUTE));
		Object given = attributes.get(METHOD_ATTRIBUTE);
		String name = (given != null) ? given.toString() : method.name();
		FailoverRequest request = new FailoverRequest(pool, name, idempotent, user.deadline(), user.maxAttempts(),
				user.retryBudget(), HttpPoolElementBinding.NAME);
		ClientObservations observed = ClientObservations.start(this.observations, user.pool(),
				HttpPoolElementBinding.NAME, name, parent);
		FailoverCall call = this.node.get()
			.selector()
			.begin((observed != null) ? request.withObserver(observed) : request);
		return new PoolHttpCall(user.pool(), pool, uri, call, observed);
	}

	/**
	 * A request to a pool.
	 */
	final class PoolHttpCall {

		private final String name;

		private final PoolHandle pool;

		private final URI uri;

		private final FailoverCall failover;

		private final @Nullable ClientObservations observed;

		private PoolHttpCall(String name, PoolHandle pool, URI uri, FailoverCall failover,
				@Nullable ClientObservations observed) {
			this.observed = observed;
			this.name = name;
			this.pool = pool;
			this.uri = uri;
			this.failover = failover;
		}

		/**
		 * Return what tells an element which pool is meant.
		 * @return the value of the header
		 */
		String header() {
			return PoolHeaders.encode(this.name);
		}

		FailoverCall failover() {
			return this.failover;
		}

		/**
		 * The element answered, which ends the call.
		 */
		void answered() {
			this.failover.answered();
			if (this.observed != null) {
				this.observed.stop(null);
			}
		}

		/**
		 * There is no other attempt.
		 */
		void failed(Throwable failure) {
			if (this.observed != null) {
				this.observed.stop(failure);
			}
		}

		/**
		 * Nobody waits for the call any more, or the application failed.
		 */
		void abandon(@Nullable Throwable failure) {
			this.failover.cancel();
			if (this.observed != null) {
				this.observed.abandon(failure);
			}
		}

		/**
		 * Return the header fields by which an attempt takes its trace context along.
		 */
		Map<String, String> propagated() {
			return (this.observed != null) ? this.observed.propagated() : Map.of();
		}

		/**
		 * Return the observation of the attempt in progress, or {@code null} if nobody
		 * observes.
		 */
		@Nullable Observation observation() {
			return (this.observed != null) ? this.observed.current() : null;
		}

		URI uri(PoolElement element) {
			return PoolUri.at(this.uri, PoolHttpCalls.this.uris.uri(this.pool, element));
		}

	}

}
