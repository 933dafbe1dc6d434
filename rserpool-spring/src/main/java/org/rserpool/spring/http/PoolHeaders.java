package org.rserpool.spring.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.rserpool.wire.PoolHandle;

/**
 * What pool users and pool elements tell each other beside a request.
 */
final class PoolHeaders {

	/** In a request: the pool whose element is meant. */
	static final String POOL = "RSerPool-Pool";

	/** In a request: how many milliseconds its pool user will wait. */
	static final String DEADLINE = "RSerPool-Deadline";

	/** In an answer: the request was not begun, and why. */
	static final String REFUSED = "RSerPool-Refused";

	/** The element leaves its pool. */
	static final String DRAINING = "draining";

	/** The web server is no element of the pool. */
	static final String UNKNOWN_POOL = "unknown-pool";

	/** The element carries out as many requests as it may. */
	static final String OVERLOADED = "overloaded";

	/** The pool user waits no more. */
	static final String EXPIRED = "expired";

	static final int REFUSED_STATUS = 503;

	private PoolHeaders() {
	}

	static String encode(String pool) {
		return URLEncoder.encode(pool, StandardCharsets.UTF_8);
	}

	/**
	 * Return the pool of a request.
	 * @param value the header's value
	 * @return the pool, or {@code null} if there is none, or the value is of another form
	 */
	static @Nullable PoolHandle decode(@Nullable String value) {
		if (value == null || value.isBlank()) {
			return null;
		}
		try {
			return PoolHandle.of(URLDecoder.decode(value.trim(), StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	static String encode(Duration left) {
		return Long.toString(Math.max(1, left.toMillis()));
	}

	/**
	 * Return how long the pool user of a request will wait.
	 * @param value the header's value
	 * @return the time, not negative, or {@code null} if there is none, or the value is
	 * of another form
	 */
	static @Nullable Duration deadline(@Nullable String value) {
		return (value != null && value.strip().matches("[0-9]{1,12}"))
				? Duration.ofMillis(Long.parseLong(value.strip())) : null;
	}

}
