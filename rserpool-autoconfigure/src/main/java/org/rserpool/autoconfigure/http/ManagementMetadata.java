package org.rserpool.autoconfigure.http;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.server.Ssl;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;
import org.springframework.web.context.WebApplicationContext;

/**
 * Says where the actuator of the application is, as far as that differs from
 * {@code /actuator} at the address of the application, by the keys that Spring Boot Admin
 * and others look for.
 */
class ManagementMetadata implements Supplier<Map<String, String>> {

	static final String SCHEME = "management.scheme";

	static final String ADDRESS = "management.address";

	static final String PORT = "management.port";

	static final String PATH = "management.context-path";

	static final String HEALTH_PATH = "health.path";

	private static final String USUAL_PATH = "/actuator";

	private final ApplicationContext context;

	private final RunningWebServer webServer;

	private final ObjectProvider<ManagementServerProperties> server;

	private final ObjectProvider<WebEndpointProperties> endpoints;

	ManagementMetadata(ApplicationContext context, RunningWebServer webServer,
			ObjectProvider<ManagementServerProperties> server, ObjectProvider<WebEndpointProperties> endpoints) {
		this.context = context;
		this.webServer = webServer;
		this.server = server;
		this.endpoints = endpoints;
	}

	@Override
	public Map<String, String> get() {
		ManagementServerProperties managed = this.server.getIfAvailable();
		WebEndpointProperties exposed = this.endpoints.getIfAvailable();
		return (managed != null && exposed != null) ? metadata(managed, exposed) : Map.of();
	}

	private Map<String, String> metadata(ManagementServerProperties managed, WebEndpointProperties exposed) {
		Environment environment = this.context.getEnvironment();
		Map<String, String> metadata = new LinkedHashMap<>();
		switch (ManagementPortType.get(environment)) {
			case DISABLED -> {
				return metadata;
			}
			case SAME -> path(metadata, applicationPath(environment), exposed);
			case DIFFERENT -> {
				Integer port = port(environment, managed);
				if (port == null) {
					return metadata;
				}
				metadata.put(PORT, port.toString());
				address(metadata, managed.getAddress());
				boolean encrypted = Ssl.isEnabled(managed.getSsl());
				if (encrypted != this.webServer.encrypted()) {
					metadata.put(SCHEME, encrypted ? "https" : "http");
				}
				path(metadata, text(managed.getBasePath()), exposed);
			}
		}
		String health = exposed.getPathMapping().get("health");
		if (StringUtils.hasText(health)) {
			metadata.put(HEALTH_PATH, health);
		}
		return metadata;
	}

	/**
	 * Return the real port of the actuator, or the configured one before it listens.
	 */
	private static @Nullable Integer port(Environment environment, ManagementServerProperties managed) {
		Integer configured = managed.getPort();
		Integer known = (configured != null && configured > 0) ? configured : null;
		return (known != null) ? environment.getProperty("local.management.port", Integer.class, known)
				: environment.getProperty("local.management.port", Integer.class);
	}

	private static void address(Map<String, String> metadata, @Nullable InetAddress address) {
		if (address != null && !address.isAnyLocalAddress()) {
			metadata.put(ADDRESS, address.getHostAddress());
		}
	}

	private static void path(Map<String, String> metadata, String parent, WebEndpointProperties exposed) {
		String path = parent + exposed.getBasePath();
		if (!path.equals(USUAL_PATH)) {
			metadata.put(PATH, path.isEmpty() ? "/" : path);
		}
	}

	private String applicationPath(Environment environment) {
		if (this.context instanceof WebApplicationContext) {
			String servlet = text(environment.getProperty("spring.mvc.servlet.path"));
			return text(environment.getProperty("server.servlet.context-path")) + (servlet.equals("/") ? "" : servlet);
		}
		return text(environment.getProperty("spring.webflux.base-path"));
	}

	private static String text(@Nullable String text) {
		return (text != null) ? text : "";
	}

}
