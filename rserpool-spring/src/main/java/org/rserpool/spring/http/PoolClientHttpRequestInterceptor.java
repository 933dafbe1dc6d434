package org.rserpool.spring.http;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.CallOutcome;
import org.rserpool.rpc.FailoverCall;
import org.rserpool.rpc.RSerPoolException;
import org.rserpool.spring.http.PoolHttpCalls.PoolHttpCall;
import org.rserpool.wire.PoolElement;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * Sends requests whose URI is like {@code rserpool://shop/items} to an element of the
 * pool, and to another one when that fails: always if the request surely was not sent; if
 * nobody knows whether it was carried out, only if it is idempotent. An answer is an
 * answer, whatever its status. Other requests pass as they are.
 * <p>
 * Let it be the last interceptor of a {@code RestClient} or {@code RestTemplate}: those
 * behind it are applied to each attempt.
 *
 * @since 0.1
 */
public class PoolClientHttpRequestInterceptor implements ClientHttpRequestInterceptor, DisposableBean {

	private final PoolHttpCalls calls;

	private final AttemptWatch watch = new AttemptWatch();

	/**
	 * Makes an interceptor.
	 * @param calls begins the calls
	 */
	public PoolClientHttpRequestInterceptor(PoolHttpCalls calls) {
		this.calls = calls;
	}

	/**
	 * Sends a request.
	 * @throws RSerPoolException if no element answered; says what was tried
	 * @throws IOException what another request throws, or an interrupt causes
	 */
	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		if (!PoolUri.isPool(request.getURI())) {
			return execution.execute(request, body);
		}
		PoolHttpCall call = this.calls.begin(request.getURI(), request.getMethod(), request.getAttributes(), null);
		IOException last = null;
		while (true) {
			PoolElement element = next(call, last);
			try {
				ClientHttpResponse response = attempt(call, element, request, body, execution);
				if (response != null) {
					return response;
				}
			}
			catch (IOException ex) {
				if (Thread.currentThread().isInterrupted()) {
					call.abandon(ex);
					throw ex;
				}
				HttpFailures.end(call.failover(), ex);
				last = ex;
			}
			catch (RuntimeException | Error ex) {
				call.abandon(ex);
				throw ex;
			}
		}
	}

	private @Nullable ClientHttpResponse attempt(PoolHttpCall call, PoolElement element, HttpRequest request,
			byte[] body, ClientHttpRequestExecution execution) throws IOException {
		HttpRequest sent = new ElementRequest(request, call.uri(element));
		sent.getHeaders().set(PoolHeaders.POOL, call.header());
		sent.getHeaders().set(PoolHeaders.DEADLINE, PoolHeaders.encode(call.failover().left()));
		call.propagated().forEach(sent.getHeaders()::set);
		Observation observation = call.observation();
		ClientHttpResponse response;
		try (Observation.Scope scope = (observation != null) ? observation.openScope() : Observation.Scope.NOOP) {
			response = this.watch.within(call.failover().left(), call.failover().silence(), () -> {
				ClientHttpResponse begun = execution.execute(sent, body);
				try {
					return WholeResponse.of(begun);
				}
				catch (IOException ex) {
					begun.close();
					throw ex;
				}
			});
		}
		String refusal = (response.getStatusCode().value() == PoolHeaders.REFUSED_STATUS)
				? response.getHeaders().getFirst(PoolHeaders.REFUSED) : null;
		if (refusal == null) {
			call.answered();
			return response;
		}
		response.close();
		refused(call.failover(), refusal);
		return null;
	}

	static void refused(FailoverCall call, String refusal) {
		if (refusal.equals(PoolHeaders.UNKNOWN_POOL)) {
			call.unreachable(CallOutcome.NOT_SENT, "the web server there is no element of the pool");
		}
		else if (refusal.equals(PoolHeaders.OVERLOADED)) {
			call.overloaded("it carries out as many requests as it may");
		}
		else {
			call.refused("it serves no more (" + refusal + ")");
		}
	}

	private static PoolElement next(PoolHttpCall call, @Nullable IOException last) {
		try {
			return call.failover().next().get();
		}
		catch (ExecutionException ex) {
			RSerPoolException failure = (ex.getCause() instanceof RSerPoolException known) ? known
					: new RSerPoolException("The request could not be sent", null, List.of(), ex.getCause());
			if (last != null) {
				failure.addSuppressed(last);
			}
			failure.setStackTrace(Stream.of(failure.getStackTrace(), new Throwable().getStackTrace())
				.flatMap(Arrays::stream)
				.toArray(StackTraceElement[]::new));
			call.failed(failure);
			throw failure;
		}
		catch (InterruptedException ex) {
			call.abandon(ex);
			Thread.currentThread().interrupt();
			throw new RSerPoolException("The thread was interrupted while it waited for an element of a pool", null,
					List.of(), ex);
		}
	}

	@Override
	public void destroy() {
		this.watch.close();
	}

	/**
	 * The request as an element gets it. Each attempt has headers of its own.
	 */
	private static final class ElementRequest extends HttpRequestWrapper {

		private final URI uri;

		private final HttpHeaders headers;

		private ElementRequest(HttpRequest request, URI uri) {
			super(request);
			this.uri = uri;
			this.headers = HttpHeaders.copyOf(request.getHeaders());
		}

		@Override
		public URI getURI() {
			return this.uri;
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

	}

}
