package org.rserpool.spring.aot;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

import org.rserpool.spring.http.HttpServiceTypes;
import org.rserpool.spring.service.ServiceMethod;
import org.rserpool.spring.service.ServiceMethods;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/**
 * Says what is done by reflection with interfaces that are called through a pool.
 */
final class ServiceHints {

	private static final Logger logger = LoggerFactory.getLogger(ServiceHints.class);

	private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

	private final ReflectiveRuntimeHintsRegistrar reflective = new ReflectiveRuntimeHintsRegistrar();

	private final RuntimeHints hints;

	ServiceHints(RuntimeHints hints) {
		this.hints = hints;
	}

	/**
	 * Adds what a pool user of an interface needs.
	 * @param service the interface
	 */
	void addPoolUser(Class<?> service) {
		if (HttpServiceTypes.isExchange(service)) {
			this.hints.proxies().registerJdkProxy(AopProxyUtils.completeJdkProxyInterfaces(service));
			this.reflective.registerRuntimeHints(this.hints, service);
		}
		this.hints.proxies().registerJdkProxy(service);
		addService(service);
	}

	/**
	 * Adds what both sides of calls need: the methods of the interface, and the types
	 * that are encoded and decoded.
	 * @param service the interface
	 */
	void addService(Class<?> service) {
		List<ServiceMethod> methods;
		try {
			methods = ServiceMethods.of(service);
		}
		catch (IllegalArgumentException ex) {
			logger.debug("{} is not called through a pool, or fails at the start", service.getName(), ex);
			return;
		}
		for (ServiceMethod method : methods) {
			this.hints.reflection()
				.registerType(method.method().getDeclaringClass(), MemberCategory.INVOKE_PUBLIC_METHODS,
						MemberCategory.INVOKE_DECLARED_METHODS);
			List<Type> types = new ArrayList<>(method.argumentTypes());
			types.add(method.resultType());
			this.bindings.registerReflectionHints(this.hints.reflection(), types.toArray(Type[]::new));
			types.forEach(this::addMessage);
			for (Class<?> exception : method.method().getExceptionTypes()) {
				this.hints.reflection().registerType(exception, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
			}
		}
		this.hints.reflection().registerType(service, MemberCategory.INVOKE_PUBLIC_METHODS);
	}

	/**
	 * Adds what makes a message of Protocol Buffers.
	 */
	private void addMessage(Type type) {
		if (type instanceof Class<?> message) {
			Method instance = ClassUtils.getMethodIfAvailable(message, "getDefaultInstance");
			if (instance != null && Modifier.isStatic(instance.getModifiers())) {
				this.hints.reflection().registerMethod(instance, ExecutableMode.INVOKE);
			}
		}
	}

}
