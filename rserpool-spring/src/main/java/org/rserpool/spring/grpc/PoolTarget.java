package org.rserpool.spring.grpc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

import org.springframework.util.StringUtils;

/**
 * Targets such as {@code rserpool:///greeter}, whose path is the name of a pool user.
 */
final class PoolTarget {

	static final String SCHEME = "rserpool";

	private PoolTarget() {
	}

	static boolean isPool(String target) {
		return target.toLowerCase(Locale.ROOT).startsWith(SCHEME + ":");
	}

	/**
	 * Return whose calls go to a target.
	 * @param target a target of a pool
	 * @return the name of the pool user
	 * @throws IllegalArgumentException if there is none
	 */
	static String user(String target) {
		try {
			return user(new URI(target));
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("'" + target + "' is no target: " + ex.getMessage(), ex);
		}
	}

	static String user(URI target) {
		String path = target.isOpaque() ? target.getSchemeSpecificPart() : target.getPath();
		String name = (path != null && path.startsWith("/")) ? path.substring(1) : path;
		if (!StringUtils.hasText(name) || target.getAuthority() != null) {
			throw new IllegalArgumentException("'" + target + "' names no pool; write " + SCHEME + ":///POOL");
		}
		return name;
	}

	/**
	 * Return the target of a pool user.
	 * @param user the name of the pool user
	 * @return the target
	 */
	static String of(String user) {
		try {
			return SCHEME + "://" + new URI(null, null, "/" + user, null).getRawPath();
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException("'" + user + "' cannot stand in a target", ex);
		}
	}

}
