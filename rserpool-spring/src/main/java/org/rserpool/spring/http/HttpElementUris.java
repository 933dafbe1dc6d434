package org.rserpool.spring.http;

import java.net.Inet6Address;
import java.net.URI;

import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

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
	HttpElementUris PLAIN = (pool, element) -> {
		String binding = element.metadata().binding();
		if (element.userTransport() instanceof Transport.Tcp tcp
				&& (binding == null || binding.equals(HttpPoolElementBinding.NAME))) {
			String address = tcp.address().getHostAddress();
			int zone = address.indexOf('%');
			String host = (zone < 0) ? address : address.substring(0, zone);
			return URI.create(
					"http://" + ((tcp.address() instanceof Inet6Address) ? "[" + host + "]" : host) + ":" + tcp.port());
		}
		throw new IllegalArgumentException("Element " + Identifiers.toString(element.identifier()) + " of pool " + pool
				+ " does not speak HTTP: its binding is " + binding + ", its transport " + element.userTransport());
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
