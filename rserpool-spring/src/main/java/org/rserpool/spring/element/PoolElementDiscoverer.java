package org.rserpool.spring.element;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.session.PoolSessionBeanScope;
import org.rserpool.spring.session.PoolSessionKeysMissingException;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.PoolHandle;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Finds the beans that are annotated with {@link PoolElement}, and makes endpoints of
 * them by the first binding that supports each. Users are served by the bean as the
 * context holds it, so that its advice applies.
 *
 * @since 0.1
 */
public class PoolElementDiscoverer {

	private final ConfigurableListableBeanFactory beanFactory;

	private final List<PoolElementBinding> bindings;

	private final PoolElementSettingsSource settings;

	/**
	 * Makes a discoverer.
	 * @param beanFactory has the beans
	 * @param bindings the bindings, in the order in which they are asked
	 * @param settings knows how each element is registered
	 */
	public PoolElementDiscoverer(ConfigurableListableBeanFactory beanFactory, List<PoolElementBinding> bindings,
			PoolElementSettingsSource settings) {
		this.beanFactory = beanFactory;
		this.bindings = bindings;
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
		PoolElementDescriptor descriptor = new PoolElementDescriptor(beanName, bean,
				ClassUtils.getUserClass(AopProxyUtils.ultimateTargetClass(bean)), annotation);
		try {
			PoolElementBinding binding = binding(descriptor);
			PoolElementService service = binding.bind(descriptor);
			String named = resolve(annotation.pool());
			String pool = StringUtils.hasText(named) ? named : binding.defaultPool(descriptor);
			PoolElementSettings settings = this.settings.settings(pool, resolve(annotation.policy()));
			if (settings.state() == null && RpcPoolElementBinding.NAME.equals(binding.name())) {
				checkStateless(beanName, pool);
			}
			return new PoolElementEndpoint(PoolHandle.of(pool), beanName,
					settings.withMetadata(settings.metadata().with(ElementMetadata.BINDING, binding.name())), service);
		}
		catch (IllegalArgumentException ex) {
			throw refusal(beanName, "" + ex.getMessage(), ex);
		}
	}

	private void checkStateless(String beanName, String pool) {
		String holder = PoolSessionBeanScope.findDependency(this.beanFactory, beanName);
		if (holder != null) {
			throw new PoolSessionKeysMissingException(pool, beanName, holder);
		}
	}

	private PoolElementBinding binding(PoolElementDescriptor descriptor) {
		String chosen = resolve(descriptor.annotation().binding());
		boolean any = !StringUtils.hasText(chosen);
		return this.bindings.stream()
			.filter((binding) -> any ? binding.supports(descriptor) : binding.name().equals(chosen))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					(any ? "no binding serves " + descriptor.type().getName() : "there is no binding '" + chosen + "'")
							+ "; there are " + this.bindings.stream().map(PoolElementBinding::name).toList()
							+ " (http needs a web application)"));
	}

	private String resolve(String text) {
		String resolved = this.beanFactory.resolveEmbeddedValue(text);
		return (resolved != null) ? resolved.trim() : "";
	}

	private static IllegalStateException refusal(String beanName, String reason, @Nullable Throwable cause) {
		return new IllegalStateException("The bean '" + beanName + "' cannot be a @PoolElement: " + reason, cause);
	}

}
