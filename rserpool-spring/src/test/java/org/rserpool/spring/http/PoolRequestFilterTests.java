package org.rserpool.spring.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;
import org.rserpool.rpc.CallContext;
import org.rserpool.wire.PoolHandle;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PoolRequestFilterTests {

	private static final PoolHandle POOL = PoolHandle.of("shop");

	private final HttpElementRequests requests = new HttpElementRequests();

	private final PoolRequestFilter filter = new PoolRequestFilter(this.requests);

	private final PoolRequestWebFilter webFilter = new PoolRequestWebFilter(this.requests);

	private boolean served;

	@Test
	void requestsOfOthersPass() throws Exception {
		assertThat(send(null, count(0)).getStatus()).isEqualTo(200);
		assertThat(this.served).isTrue();
	}

	@Test
	void requestsOfPoolUsersAreCounted() throws Exception {
		this.requests.join(POOL);
		assertThat(send("shop", count(1)).getStatus()).isEqualTo(200);
		assertThat(this.served).isTrue();
		assertThat(this.requests.count(POOL)).isZero();
	}

	@Test
	void requestsBeyondTheLimitAreRefusedBeforeTheyBegin() throws Exception {
		this.requests.join(POOL, 1);
		MockHttpServletResponse first = send("shop", (request, response) -> {
			MockHttpServletResponse second = send("shop", count(0));
			assertThat(second.getStatus()).isEqualTo(503);
			assertThat(second.getHeader("RSerPool-Refused")).isEqualTo("overloaded");
		});
		assertThat(first.getStatus()).isEqualTo(200);
		assertThat(this.served).isFalse();
		assertThat(send("shop", count(1)).getStatus()).isEqualTo(200);
	}

	@Test
	void callsThatARequestMakesTakeNoLongerThanItsPoolUserWaits() throws Exception {
		this.requests.join(POOL);
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
		request.addHeader("RSerPool-Pool", "shop");
		request.addHeader("RSerPool-Deadline", "60000");
		this.filter.doFilter(request, new MockHttpServletResponse(), (served, response) -> {
			CallContext context = CallContext.current();
			assertThat(context).isNotNull();
			assertThat(context.pool()).isEqualTo(POOL);
			assertThat(context.remaining()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
		});
		assertThat(CallContext.current()).isNull();
		request.removeHeader("RSerPool-Deadline");
		request.addHeader("RSerPool-Deadline", "0");
		MockHttpServletResponse late = new MockHttpServletResponse();
		this.filter.doFilter(request, late, count(0));
		assertThat(late.getHeader("RSerPool-Refused")).isEqualTo("expired");
	}

	@Test
	void requestsThatFailAreCounted() {
		this.requests.join(POOL);
		assertThatIllegalStateException().isThrownBy(() -> send("shop", (request, response) -> {
			throw new IllegalStateException("no");
		}));
		assertThat(this.requests.count(POOL)).isZero();
	}

	@Test
	void requestsThatAreAnsweredLaterAreCountedUntilThen() throws Exception {
		this.requests.join(POOL);
		MockHttpServletRequest request = request("shop");
		request.setAsyncSupported(true);
		this.filter.doFilter(request, new MockHttpServletResponse(), (begun, response) -> begun.startAsync());
		assertThat(this.requests.count(POOL)).isEqualTo(1);
		((MockAsyncContext) request.getAsyncContext()).complete();
		assertThat(this.requests.count(POOL)).isZero();
	}

	@Test
	void requestsAreRefusedWhileTheElementIsNotInItsPool() throws Exception {
		assertThatIsRefused(send("shop", count(0)), "unknown-pool");
		this.requests.join(POOL);
		this.requests.leave(POOL);
		assertThatIsRefused(send("shop", count(0)), "draining");
		assertThatIsRefused(send("%zz", count(0)), "unknown-pool");
		assertThat(this.served).isFalse();
		this.requests.join(POOL);
		assertThat(send("shop", count(1)).getStatus()).isEqualTo(200);
	}

	@Test
	void isIdleWhenTheLastRequestEnded() throws Exception {
		this.requests.join(POOL);
		assertThat(this.requests.idle(POOL)).isCompleted();
		assertThat(this.requests.idle(PoolHandle.of("other"))).isCompleted();
		CompletableFuture<?>[] idle = new CompletableFuture<?>[1];
		send("shop", (request, response) -> {
			this.requests.leave(POOL);
			idle[0] = this.requests.idle(POOL);
			assertThat(idle[0]).isNotDone();
		});
		assertThat(idle[0]).succeedsWithin(Duration.ofSeconds(20));
	}

	@Test
	void requestsOfAReactiveApplicationAreTreatedAlike() {
		assertThat(exchange(null).getResponse().getStatusCode()).isNull();
		assertThat(this.served).isTrue();
		this.served = false;
		MockServerWebExchange refused = exchange("shop");
		assertThat(refused.getResponse().getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(refused.getResponse().getHeaders().getFirst("RSerPool-Refused")).isEqualTo("unknown-pool");
		assertThat(this.served).isFalse();
		this.requests.join(POOL);
		assertThat(exchange("shop").getResponse().getStatusCode()).isNull();
		assertThat(this.served).isTrue();
		assertThat(this.requests.count(POOL)).isZero();
	}

	private static void assertThatIsRefused(MockHttpServletResponse response, String reason) {
		assertThat(response.getStatus()).isEqualTo(503);
		assertThat(response.getHeader("RSerPool-Refused")).isEqualTo(reason);
		assertThat(response.getHeader("Connection")).isEqualTo("close");
	}

	private FilterChain count(int expected) {
		return (request, response) -> {
			this.served = true;
			assertThat(this.requests.count(POOL)).isEqualTo(expected);
		};
	}

	private MockHttpServletResponse send(String pool, FilterChain chain) throws IOException, ServletException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.filter.doFilter(request(pool), response, chain);
		return response;
	}

	private static MockHttpServletRequest request(String pool) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/a");
		if (pool != null) {
			request.addHeader("RSerPool-Pool", pool);
		}
		return request;
	}

	private MockServerWebExchange exchange(String pool) {
		MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("/a");
		if (pool != null) {
			request.header("RSerPool-Pool", pool);
		}
		MockServerWebExchange exchange = MockServerWebExchange.from(request.build());
		this.webFilter.filter(exchange, (begun) -> Mono.fromRunnable(() -> {
			this.served = true;
			assertThat(this.requests.count(POOL)).isEqualTo((pool != null) ? 1 : 0);
		})).block();
		return exchange;
	}

}
