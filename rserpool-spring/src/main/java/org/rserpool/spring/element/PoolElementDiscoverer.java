package org.rserpool.spring.element;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.PayloadCodec;
import org.rserpool.spring.PoolElement;
import org.rserpool.wire.PoolHandle;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Finds the beans that are annotated with {@link PoolElement}, and makes endpoints of
 * them. Calls go to the bean as the context holds it, so that its advice applies.
 *
 * @since 0.1
 */
public class PoolElementDiscoverer {

	private static final List<String> NOT_OF_APPLICATION = List.of("java.", "javax.", "jakarta.", "jdk.",
			"org.springframework.", "kotlin.", "groovy.");

	private final ConfigurableListableBeanFactory beanFactory;

	private final PayloadCodec codec;

	private final PoolElementSettingsSource settings;

	public PoolElementDiscoverer(ConfigurableListableBeanFactory beanFactory, PayloadCodec codec,
			PoolElementSettingsSource settings) {
		this.beanFactory = beanFactory;
		this.codec = codec;
		this.settings = settings;
	}

	/**
	 * Finds the pool elements. Lazy beans are made.
	 * @return an endpoint for each
	 * @throws IllegalStateException if a bean cannot be a pool element; says which, and
	 * why
	 */
	public List<PoolElementEndpoint> discover() {
		List<PoolElementEndpoint> endpoints = new ArrayList<>();
		for (String beanName : this.beanFactory.getBeanNamesForAnnotation(PoolElement.class)) {
			PoolElement annotation = this.beanFactory.findAnnotationOnBean(beanName, PoolElement.class);
			if (annotation != null && !ScopedProxyUtils.isScopedTarget(beanName)) {
				endpoints.add(endpoint(beanName, annotation));
			}
		}
		return endpoints;
	}

	private PoolElementEndpoint endpoint(String beanName, PoolElement annotation) {
		if (!this.beanFactory.isSingleton(beanName)) {
			throw refusal(beanName, "it is not a singleton", null);
		}
		Object bean = this.beanFactory.getBean(beanName);
		try {
			List<Class<?>> services = services(bean, annotation);
			String pool = pool(annotation, services);
			return new PoolElementEndpoint(PoolHandle.of(pool), beanName, services,
					this.settings.settings(pool, resolve(annotation.policy())),
					new ServiceHandler(bean, services, this.codec));
		}
		catch (IllegalArgumentException ex) {
			throw refusal(beanName, "" + ex.getMessage(), ex);
		}
	}

	private List<Class<?>> services(Object bean, PoolElement annotation) {
		Class<?> target = AopProxyUtils.ultimateTargetClass(bean);
		List<Class<?>> services = (annotation.service().length > 0) ? List.of(annotation.service())
				: Arrays.stream(ClassUtils.getAllInterfacesForClass(target)).filter(this::isOfApplication).toList();
		if (services.isEmpty()) {
			throw new IllegalArgumentException(target.getName()
					+ " implements no interface of the application; pool users call the methods of an interface");
		}
		for (Class<?> service : services) {
			if (!service.isInstance(bean)) {
				throw new IllegalArgumentException(
						target.getName() + ", or the proxy around it, does not implement " + service.getName());
			}
		}
		return services;
	}

	private boolean isOfApplication(Class<?> type) {
		return NOT_OF_APPLICATION.stream().noneMatch((prefix) -> type.getName().startsWith(prefix));
	}

	private String pool(PoolElement annotation, List<Class<?>> services) {
		String pool = resolve(annotation.pool());
		if (StringUtils.hasText(pool)) {
			return pool;
		}
		if (services.size() > 1) {
			throw new IllegalArgumentException(
					"it offers several interfaces, " + services + ", so that its pool must be named");
		}
		return services.get(0).getName();
	}

	private String resolve(String text) {
		String resolved = this.beanFactory.resolveEmbeddedValue(text);
		return (resolved != null) ? resolved.trim() : "";
	}

	private static IllegalStateException refusal(String beanName, String reason, @Nullable Throwable cause) {
		return new IllegalStateException("The bean '" + beanName + "' cannot be a @PoolElement: " + reason, cause);
	}

}
