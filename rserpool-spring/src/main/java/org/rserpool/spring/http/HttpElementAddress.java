package org.rserpool.spring.http;

import java.net.Inet6Address;
import java.net.URI;

import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

/**
 * The address of a web server that is a pool element.
 */
final class HttpElementAddress {

	private HttpElementAddress() {
	}

	static URI uri(String scheme, PoolHandle pool, PoolElement element) {
		String binding = element.metadata().binding();
		if (element.userTransport() instanceof Transport.Tcp tcp
				&& (binding == null || binding.equals(HttpPoolElementBinding.NAME))) {
			String address = tcp.address().getHostAddress();
			int zone = address.indexOf('%');
			String host = (zone < 0) ? address : address.substring(0, zone);
			return URI.create(scheme + "://" + ((tcp.address() instanceof Inet6Address) ? "[" + host + "]" : host) + ":"
					+ tcp.port());
		}
		throw new IllegalArgumentException("Element " + Identifiers.toString(element.identifier()) + " of pool " + pool
				+ " does not speak HTTP: its binding is " + binding + ", its transport " + element.userTransport());
	}

}
