package org.rserpool.spring.http;

import java.net.URI;

import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Knows how the web server of a pool element is addressed.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HttpElementUris {

	/**
	 * HTTP without encryption, at the address and port of the element's User Transport,
	 * which is TCP. An element that says in its metadata that it speaks something else is
	 * refused.
	 */
	HttpElementUris PLAIN = (pool, element) -> HttpElementAddress.uri("http", pool, element);

	/**
	 * As {@link #PLAIN}, but with encryption where the element says so in its metadata:
	 * by {@code https} under {@link HttpPoolElementBinding#SCHEME}.
	 */
	HttpElementUris DECLARED = (pool, element) -> {
		boolean encrypted = "https".equals(element.metadata().get(HttpPoolElementBinding.SCHEME));
		return HttpElementAddress.uri(encrypted ? "https" : "http", pool, element);
	};

	/**
	 * Return where requests to an element go.
	 * @param pool the pool
	 * @param element the element
	 * @return a URI with scheme, host and port, and nothing else
	 * @throws IllegalArgumentException if the element does not speak HTTP
	 */
	URI uri(PoolHandle pool, PoolElement element);

}
