package org.rserpool.spring.http;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.rserpool.rpc.FailoverCall;
import org.rserpool.rpc.FailoverRequest;
import org.rserpool.rpc.RSerPoolNode;
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

	/**
	 * Makes a beginner of calls.
	 * @param node selects elements; asked at each call
	 * @param settings knows how each pool user calls
	 * @param uris knows how elements are addressed
	 */
	public PoolHttpCalls(Supplier<RSerPoolNode> node, PoolUserSettingsSource settings, HttpElementUris uris) {
		this.node = node;
		this.settings = settings;
		this.uris = uris;
	}

	PoolHttpCall begin(URI uri, HttpMethod method, Map<String, Object> attributes) {
		PoolUserSettings user = this.settings.settings(PoolUri.user(uri));
		PoolHandle pool = PoolHandle.of(user.pool());
		boolean idempotent = IDEMPOTENT.contains(method) || user.idempotentMethods().contains("*")
				|| user.idempotentMethods().contains(method.name())
				|| Boolean.TRUE.equals(attributes.get(IDEMPOTENT_ATTRIBUTE));
		Object name = attributes.get(METHOD_ATTRIBUTE);
		FailoverCall call = this.node.get()
			.selector()
			.begin(new FailoverRequest(pool, (name != null) ? name.toString() : method.name(), idempotent,
					user.deadline(), user.maxAttempts(), user.retryBudget(), HttpPoolElementBinding.NAME));
		return new PoolHttpCall(user.pool(), pool, uri, call);
	}

	/**
	 * A request to a pool.
	 */
	final class PoolHttpCall {

		private final String name;

		private final PoolHandle pool;

		private final URI uri;

		private final FailoverCall failover;

		private PoolHttpCall(String name, PoolHandle pool, URI uri, FailoverCall failover) {
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

		URI uri(PoolElement element) {
			return PoolUri.at(this.uri, PoolHttpCalls.this.uris.uri(this.pool, element));
		}

	}

}
