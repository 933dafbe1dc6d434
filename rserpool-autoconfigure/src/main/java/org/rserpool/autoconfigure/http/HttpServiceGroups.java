package org.rserpool.autoconfigure.http;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Tells which groups of HTTP services are pool users: those whose base URL is like
 * {@code rserpool://shop}, and those that have no base URL, but are configured as pool
 * users by their name. Where Spring Cloud's load balancer is, groups without a base URL
 * are left to it.
 */
class HttpServiceGroups {

	static final int ORDER = 10;

	private static final String SCHEME = "rserpool://";

	private static final boolean LOAD_BALANCER = ClassUtils
		.isPresent("org.springframework.cloud.client.loadbalancer.LoadBalancerClient", null);

	private final Map<String, Group> groups;

	private final boolean loadBalanced;

	private final Set<String> users;

	HttpServiceGroups(Environment environment, Set<String> users) {
		this.groups = Binder.get(environment)
			.bind("spring.http.serviceclient", Bindable.mapOf(String.class, Group.class))
			.orElse(Map.of());
		this.users = users;
		this.loadBalanced = LOAD_BALANCER
				&& environment.getProperty("spring.cloud.loadbalancer.enabled", Boolean.class, true);
	}

	/**
	 * Return how the requests of a group find their pool.
	 * @param group the name of the group
	 * @return its base URL, or {@code null} if it is no pool user
	 */
	@Nullable String baseUrl(String group) {
		Group configured = this.groups.get(group);
		String baseUrl = (configured != null) ? configured.baseUrl() : null;
		if (baseUrl == null) {
			return (!this.loadBalanced && this.users.contains(group) && !group.equals("default")) ? SCHEME + group
					: null;
		}
		return baseUrl.toLowerCase(Locale.ROOT).startsWith(SCHEME) ? baseUrl : null;
	}

	/**
	 * What is configured for a group.
	 *
	 * @param baseUrl its base URL
	 */
	record Group(@Nullable String baseUrl) {

	}

}
