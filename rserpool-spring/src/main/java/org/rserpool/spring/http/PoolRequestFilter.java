package org.rserpool.spring.http;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.CallContext;
import org.rserpool.wire.PoolHandle;

/**
 * Counts the requests of pool users in a servlet container. While their pool element is
 * out of its pool, it answers them 503 with a mark by which they go elsewhere. Requests
 * of others pass as they are.
 *
 * @since 0.1
 */
public class PoolRequestFilter implements Filter {

	private final HttpElementRequests requests;

	/**
	 * Makes a filter.
	 * @param requests counts the requests
	 */
	public PoolRequestFilter(HttpElementRequests requests) {
		this.requests = requests;
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		String named = (request instanceof HttpServletRequest http) ? http.getHeader(PoolHeaders.POOL) : null;
		if (named == null) {
			chain.doFilter(request, response);
			return;
		}
		PoolHandle pool = PoolHeaders.decode(named);
		Duration left = PoolHeaders.deadline(((HttpServletRequest) request).getHeader(PoolHeaders.DEADLINE));
		String refusal = (left != null && left.isZero()) ? PoolHeaders.EXPIRED : this.requests.begin(pool);
		if (pool == null || refusal != null) {
			refuse(request, (HttpServletResponse) response, (refusal != null) ? refusal : PoolHeaders.UNKNOWN_POOL);
			return;
		}
		boolean later = false;
		try (CallContext.Scope served = context(pool, (HttpServletRequest) request, left)) {
			chain.doFilter(request, response);
			if (request.isAsyncStarted()) {
				request.getAsyncContext().addListener(new Ending(this.requests, pool));
				later = true;
			}
		}
		finally {
			if (!later) {
				this.requests.end(pool);
			}
		}
	}

	/** Lets calls that are made meanwhile take no longer than the pool user waits. */
	private static CallContext.Scope context(PoolHandle pool, HttpServletRequest request, @Nullable Duration left) {
		return (left == null) ? () -> {
		} : CallContext.of(pool, request.getMethod() + " " + request.getRequestURI(), left).open();
	}

	private static void refuse(ServletRequest request, HttpServletResponse response, String refusal) {
		response.setStatus(PoolHeaders.REFUSED_STATUS);
		response.setHeader(PoolHeaders.REFUSED, refusal);
		if (request.getProtocol().equals("HTTP/1.1")) {
			response.setHeader("Connection", "close");
		}
	}

	/**
	 * Ends a request that is answered later.
	 */
	private record Ending(HttpElementRequests requests, PoolHandle pool) implements AsyncListener {

		@Override
		public void onComplete(AsyncEvent event) {
			this.requests.end(this.pool);
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			// It is completed next.
		}

		@Override
		public void onError(AsyncEvent event) {
			// It is completed next.
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			event.getAsyncContext().addListener(this);
		}

	}

}
