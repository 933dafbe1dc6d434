package org.rserpool.autoconfigure;

import java.util.List;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

import java.net.InetSocketAddress;
import org.rserpool.runtime.SocketAddresses;

/**
 * Where the registrars of an operation scope are.
 *
 * @since 0.1
 */
public interface RSerPoolConnectionDetails extends ConnectionDetails {

	/**
	 * Return the registrars.
	 * @return the addresses of registrars, any of which may become the home registrar;
	 * none to rely on announcements
	 */
	List<Registrar> getRegistrars();

	/**
	 * Where a registrar is.
	 *
	 * @param host its name or address, or the name of a service in the DNS, such as
	 * {@code _asap-tcp._tcp.example.org}
	 * @param port its port for ASAP, from 1 to 65535; 0 for the name of a service
	 */
	record Registrar(String host, int port) {

		@Override
		public String toString() {
			return SocketAddresses.text(InetSocketAddress.createUnresolved(this.host, this.port));
		}

	}

}
