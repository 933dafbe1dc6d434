package org.rserpool.spring.grpc;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;
import org.rserpool.wire.PoolHandle;

/**
 * What pool users and pool elements tell each other beside a call.
 */
final class PoolMetadata {

	/** In a request: the pool whose element is meant. */
	static final Metadata.Key<String> POOL = Metadata.Key.of("rserpool-pool", Metadata.ASCII_STRING_MARSHALLER);

	/** In an answer: the call was not begun, and why. */
	static final Metadata.Key<String> REFUSED = Metadata.Key.of("rserpool-refused", Metadata.ASCII_STRING_MARSHALLER);

	/** The element leaves its pool. */
	static final String DRAINING = "draining";

	/** The server is no element of the pool. */
	static final String UNKNOWN_POOL = "unknown-pool";

	/** The element carries out as many calls as it may. */
	static final String OVERLOADED = "overloaded";

	private PoolMetadata() {
	}

	/**
	 * Puts header fields into metadata, in the place of those of the same names.
	 */
	static void replace(Metadata metadata, Map<String, String> fields) {
		fields.forEach((name, value) -> {
			Metadata.Key<String> key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
			metadata.discardAll(key);
			metadata.put(key, value);
		});
	}

	static String encode(String pool) {
		return URLEncoder.encode(pool, StandardCharsets.UTF_8);
	}

	/**
	 * Return the pool of a call.
	 * @param value what names it
	 * @return the pool, or {@code null} if the value has another form
	 */
	static @Nullable PoolHandle decode(String value) {
		try {
			return PoolHandle.of(URLDecoder.decode(value, StandardCharsets.UTF_8));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
