package org.rserpool.autoconfigure;

import java.util.List;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the registrars of an operation scope are.
 *
 * @since 0.1
 */
public interface RSerPoolConnectionDetails extends ConnectionDetails {

	/**
	 * Return the registrars.
	 * @return the addresses of registrars, any of which may become the home registrar
	 */
	List<Registrar> getRegistrars();

	/**
	 * Where a registrar is.
	 *
	 * @param host its name or address
	 * @param port its port for ASAP, from 1 to 65535
	 */
	record Registrar(String host, int port) {

		@Override
		public String toString() {
			return ((this.host.indexOf(':') >= 0) ? "[" + this.host + "]" : this.host) + ":" + this.port;
		}

	}

}
