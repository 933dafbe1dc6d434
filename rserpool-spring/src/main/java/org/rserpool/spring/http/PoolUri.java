package org.rserpool.spring.http;

import java.net.URI;

import org.springframework.util.StringUtils;

/**
 * URIs of pools, such as {@code rserpool://shop/items}: what stands in the place of the
 * host is the name of a pool user.
 */
final class PoolUri {

	static final String SCHEME = "rserpool";

	private PoolUri() {
	}

	static boolean isPool(URI uri) {
		return SCHEME.equalsIgnoreCase(uri.getScheme());
	}

	/**
	 * Return whose request it is.
	 * @param uri a URI of a pool
	 * @return the name of the pool user
	 * @throws IllegalArgumentException if there is none
	 */
	static String user(URI uri) {
		String authority = uri.getAuthority();
		if (!StringUtils.hasText(authority)) {
			throw new IllegalArgumentException(uri + " names no pool; write " + SCHEME + "://POOL/PATH");
		}
		return authority;
	}

	/**
	 * Return the URI of a pool.
	 * @param user the name of the pool user
	 * @return the URI as text, without a path
	 * @throws IllegalArgumentException if a name of that form cannot stand in a URI
	 */
	static String base(String user) {
		String base = SCHEME + "://" + user;
		if (!user.matches("[\\w.$~!*()+,;=&'-]+")) {
			throw new IllegalArgumentException("'" + user + "' cannot stand in a URI; use another name, and say"
					+ " rserpool.user.<name>.pool=" + user);
		}
		return base;
	}

	/**
	 * Return the URI of a request at an element.
	 * @param request the URI at the pool
	 * @param element the URI of the element
	 * @return the URI to send to
	 */
	static URI at(URI request, URI element) {
		StringBuilder text = new StringBuilder(element.getScheme()).append("://").append(element.getRawAuthority());
		if (request.getRawPath() != null) {
			text.append(request.getRawPath());
		}
		if (request.getRawQuery() != null) {
			text.append('?').append(request.getRawQuery());
		}
		return URI.create(text.toString());
	}

}
