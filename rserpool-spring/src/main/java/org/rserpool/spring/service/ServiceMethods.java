package org.rserpool.spring.service;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the methods of an interface that travel: those that are neither static nor have a
 * default implementation, its inherited ones included.
 *
 * @since 0.1
 */
public final class ServiceMethods {

	private ServiceMethods() {
	}

	/**
	 * Finds the methods of an interface.
	 * @param service the interface
	 * @return its methods; those that override one of an inherited interface stand beside
	 * it
	 * @throws IllegalArgumentException if it is no interface, or a method cannot be
	 * served
	 */
	public static List<ServiceMethod> of(Class<?> service) {
		if (!service.isInterface() || service.isAnnotation()) {
			throw new IllegalArgumentException(
					"A pool is called through an interface, and " + service.getName() + " is none");
		}
		List<ServiceMethod> methods = new ArrayList<>();
		for (Class<?> type : withInherited(service)) {
			for (Method method : type.getDeclaredMethods()) {
				if (Modifier.isAbstract(method.getModifiers()) && !isOfObject(method)) {
					methods.add(ServiceMethod.of(method, service));
				}
			}
		}
		return methods;
	}

	private static Set<Class<?>> withInherited(Class<?> service) {
		Set<Class<?>> found = new LinkedHashSet<>();
		found.add(service);
		for (Class<?> inherited : service.getInterfaces()) {
			found.addAll(withInherited(inherited));
		}
		return found;
	}

	private static boolean isOfObject(Method method) {
		try {
			Object.class.getMethod(method.getName(), method.getParameterTypes());
			return true;
		}
		catch (NoSuchMethodException ex) {
			return false;
		}
	}

}
