package org.rserpool.autoconfigure;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * An address in a property.
 *
 * @param host its host, without brackets
 * @param port its port
 */
record HostAndPort(String host, int port) {

	private static final Pattern FORM = Pattern.compile("(?:\\[([0-9a-fA-F:.%\\w]+)]|([^\\s:\\[\\]]+)):(\\d{1,5})");

	/** The name of a service in the DNS (RFC 2782). */
	private static final Pattern SERVICE = Pattern.compile("_[^\\s:\\[\\]]+\\._[^\\s:\\[\\]]+");

	private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

	private static final int MAX_PORT = 65535;

	/**
	 * Reads an address, or the name of a service, which has port 0.
	 * @param property the name of the property, for messages
	 * @param value its value
	 * @return the address
	 * @throws InvalidConfigurationPropertyValueException if it is neither
	 */
	static HostAndPort parseRegistrar(String property, String value) {
		String trimmed = value.trim();
		return SERVICE.matcher(trimmed).matches() ? new HostAndPort(trimmed, 0) : parse(property, value, 1);
	}

	/**
	 * Reads an address.
	 * @param property the name of the property, for messages
	 * @param value its value
	 * @param minPort the lowest port that makes sense
	 * @return the address
	 * @throws InvalidConfigurationPropertyValueException if it is none
	 */
	static HostAndPort parse(String property, String value, int minPort) {
		Matcher matcher = FORM.matcher(value.trim());
		int port = matcher.matches() ? Integer.parseInt(matcher.group(3)) : -1;
		if (port < minPort || port > MAX_PORT) {
			throw new InvalidConfigurationPropertyValueException(property, value,
					"An address has the form host:port, such as registrar1:3863 or [2001:db8::1]:3863, with a port from "
							+ minPort + " to " + MAX_PORT + ".");
		}
		return new HostAndPort((matcher.group(1) != null) ? matcher.group(1) : matcher.group(2), port);
	}

	/**
	 * Return the address as a socket takes it. A name is not resolved.
	 */
	InetSocketAddress socketAddress() {
		return LITERAL.matcher(this.host).matches() ? new InetSocketAddress(this.host, this.port)
				: InetSocketAddress.createUnresolved(this.host, this.port);
	}

}
