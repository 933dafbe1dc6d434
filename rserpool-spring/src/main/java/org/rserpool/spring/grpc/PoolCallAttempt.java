package org.rserpool.spring.grpc;

import java.net.InetSocketAddress;
import java.time.Duration;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to make a call: it knows where it goes, and how far it came. Any thread may
 * use it.
 */
final class PoolCallAttempt extends ClientStreamTracer.Factory {

	static final CallOptions.Key<@Nullable PoolCallAttempt> KEY = CallOptions.Key
		.<@Nullable PoolCallAttempt>create("org.rserpool.attempt");

	private final InetSocketAddress address;

	private final Duration connectTimeout;

	private volatile @Nullable ElementConnection connection;

	private volatile boolean created;

	private volatile boolean answered;

	private volatile @Nullable String silence;

	/**
	 * Makes an attempt.
	 * @param address the address of the element
	 * @param connectTimeout how long it may take to connect to it
	 */
	PoolCallAttempt(InetSocketAddress address, Duration connectTimeout) {
		this.address = address;
		this.connectTimeout = connectTimeout;
	}

	CallOptions options(CallOptions options) {
		return options.withOption(KEY, this).withoutWaitForReady().withStreamTracerFactory(this);
	}

	InetSocketAddress address() {
		return this.address;
	}

	Duration connectTimeout() {
		return this.connectTimeout;
	}

	/**
	 * Return by which connection it goes.
	 * @return the connection, or {@code null} if it has none that stands
	 */
	@Nullable ElementConnection connection() {
		ElementConnection used = this.connection;
		return (used != null && !used.gone()) ? used : null;
	}

	void connection(ElementConnection value) {
		this.connection = value;
	}

	/**
	 * Return whether it was handed to a connection. If not, the element surely knows
	 * nothing of it.
	 */
	boolean created() {
		return this.created;
	}

	/**
	 * Return whether the element itself ended it.
	 */
	boolean answered() {
		return this.answered;
	}

	/**
	 * Says that nobody is there who could answer. The connection is not used any more.
	 * @param detail how that was found out
	 */
	void silent(String detail) {
		this.silence = detail;
		ElementConnection used = this.connection;
		if (used != null) {
			used.abandon(detail);
		}
	}

	/**
	 * Return how it was found out that nobody is there.
	 * @return it in words, or {@code null} if somebody is
	 */
	@Nullable String silence() {
		return this.silence;
	}

	@Override
	public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
		// A transparent retry follows only what surely was not begun.
		this.created = info.getPreviousAttempts() > 0 || info.isHedging();
		this.answered = false;
		return new ClientStreamTracer() {

			@Override
			public void streamCreated(Attributes transportAttributes, Metadata sent) {
				PoolCallAttempt.this.created = true;
			}

			@Override
			public void inboundTrailers(Metadata trailers) {
				PoolCallAttempt.this.answered = true;
			}

		};
	}

}
