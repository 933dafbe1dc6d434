package org.rserpool.autoconfigure.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;

/**
 * Knows where the web server of the application listens, with its real port.
 */
class RunningWebServer implements Supplier<@Nullable InetSocketAddress> {

	private final ApplicationContext context;

	private final ObjectProvider<ServerProperties> properties;

	RunningWebServer(ApplicationContext context, ObjectProvider<ServerProperties> properties) {
		this.context = context;
		this.properties = properties;
	}

	/**
	 * Return whether it speaks HTTPS.
	 */
	boolean encrypted() {
		ServerProperties configured = this.properties.getIfAvailable();
		return configured != null && Ssl.isEnabled(configured.getSsl());
	}

	@Override
	public @Nullable InetSocketAddress get() {
		WebServer server = (this.context instanceof WebServerApplicationContext web) ? web.getWebServer() : null;
		if (server == null || server.getPort() <= 0) {
			return null;
		}
		ServerProperties configured = this.properties.getIfAvailable();
		InetAddress address = (configured != null) ? configured.getAddress() : null;
		return (address != null) ? new InetSocketAddress(address, server.getPort())
				: new InetSocketAddress(server.getPort());
	}

}
