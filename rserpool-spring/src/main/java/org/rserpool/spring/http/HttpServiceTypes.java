package org.rserpool.spring.http;

import java.lang.reflect.Method;

import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ReflectionUtils;

/**
 * Tells which interfaces describe requests.
 *
 * @since 0.1
 */
public final class HttpServiceTypes {

	private static final String EXCHANGE = "org.springframework.web.service.annotation.HttpExchange";

	private HttpServiceTypes() {
	}

	/**
	 * Return whether a type or one of its methods has the annotation {@code HttpExchange}
	 * or one of its kind, itself or by an interface.
	 * @param type the type
	 * @return whether it has
	 */
	public static boolean isExchange(Class<?> type) {
		if (has(MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY))) {
			return true;
		}
		for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type)) {
			if (has(MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY))) {
				return true;
			}
		}
		return false;
	}

	private static boolean has(MergedAnnotations annotations) {
		return annotations.isPresent(EXCHANGE);
	}

	/**
	 * Return whether a method of an interface returns its result later.
	 * @param type the interface
	 * @return whether there is one
	 */
	static boolean isReactive(Class<?> type) {
		ReactiveAdapterRegistry registry = ReactiveAdapterRegistry.getSharedInstance();
		for (Method method : type.getMethods()) {
			if (registry.getAdapter(method.getReturnType()) != null) {
				return true;
			}
		}
		return false;
	}

}
