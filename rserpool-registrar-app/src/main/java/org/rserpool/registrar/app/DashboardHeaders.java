package org.rserpool.registrar.app;

import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Tells browsers to run nothing but what the registrar itself serves, and keeps pages of
 * other sites from taking the places of readers.
 */
class DashboardHeaders implements HandlerInterceptor {

	static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
			+ "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

	private static final Set<String> OWN = Set.of("same-origin", "none");

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		response.setHeader("Content-Security-Policy", POLICY);
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader("Referrer-Policy", "no-referrer");
		response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
		response.setHeader("Cache-Control", isData(request) ? "no-store" : "no-cache");
		String site = request.getHeader("Sec-Fetch-Site");
		if (isData(request) && site != null && !OWN.contains(site)) {
			response.setStatus(HttpStatus.FORBIDDEN.value());
			return false;
		}
		return true;
	}

	private static boolean isData(HttpServletRequest request) {
		String path = request.getServletPath();
		return path.startsWith("/api/") || path.equals("/events");
	}

}
