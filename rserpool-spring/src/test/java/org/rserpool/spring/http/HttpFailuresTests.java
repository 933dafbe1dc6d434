package org.rserpool.spring.http;

import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.rserpool.rpc.FailoverCall;

import static org.assertj.core.api.Assertions.assertThat;

class HttpFailuresTests {

	@ParameterizedTest
	@MethodSource
	void whatCouldNotConnectWasNotSent(Throwable failure) {
		assertThat(HttpFailures.isNotSent(failure)).isTrue();
		assertThat(HttpFailures.isNotSent(new IOException("wrapped", failure))).isTrue();
		assertThat(HttpFailures.isOfConnection(failure)).isTrue();
	}

	static Stream<Throwable> whatCouldNotConnectWasNotSent() {
		return Stream.of(new ConnectException("refused"), new NoRouteToHostException(), new UnknownHostException("x"),
				new HttpConnectTimeoutException("slow"), new SSLHandshakeException("distrusted"));
	}

	@ParameterizedTest
	@MethodSource
	void whatBrokeLaterMayHaveBeenCarriedOut(Throwable failure) {
		assertThat(HttpFailures.isNotSent(failure)).isFalse();
		assertThat(HttpFailures.isOfConnection(failure)).isTrue();
	}

	static Stream<Throwable> whatBrokeLaterMayHaveBeenCarriedOut() {
		return Stream.of(new SocketException("reset"), new EOFException(), new ClosedChannelException(),
				new SocketTimeoutException("read"), new HttpTimeoutException("read"), new TimeoutException());
	}

	@Test
	void whoHasNoConnectionToSpareBlamesNoElement() {
		Throwable failure = new IllegalStateException(new PoolAcquireTimeoutException());
		assertThat(HttpFailures.isNotSent(failure)).isTrue();
		assertThat(HttpFailures.isOfConnection(failure)).isFalse();
		List<String> said = new ArrayList<>();
		FailoverCall call = (FailoverCall) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { FailoverCall.class }, (proxy, method, arguments) -> said.add(method.getName()));
		HttpFailures.end(call, failure);
		assertThat(said).containsExactly("overloaded");
	}

	@Test
	void timeoutsAreTold() {
		assertThat(HttpFailures.isTimeout(new IOException(new SocketTimeoutException("read")))).isTrue();
		assertThat(HttpFailures.isTimeout(new HttpTimeoutException("read"))).isTrue();
		assertThat(HttpFailures.isTimeout(new SocketException("reset"))).isFalse();
	}

	@Test
	void whatIsNotOfTheConnectionIsOfTheApplication() {
		assertThat(HttpFailures.isOfConnection(new IllegalStateException("no"))).isFalse();
	}

	@Test
	void causesThatGoInACircleEnd() {
		IllegalStateException first = new IllegalStateException("first");
		IllegalStateException second = new IllegalStateException("second", first);
		first.initCause(second);
		assertThat(HttpFailures.isOfConnection(first)).isFalse();
	}

	/** Called as that of Reactor Netty. */
	private static final class PoolAcquireTimeoutException extends TimeoutException {

		private static final long serialVersionUID = 1L;

	}

}
