package org.rserpool.spring.session;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.CallContext;
import org.rserpool.rpc.CallSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.Scope;

/**
 * The scope of {@link PoolSessionScope}. A bean is made for each call that uses it, and
 * gets the state that the calls before left; when the call ends, its state is saved.
 *
 * @since 0.1
 */
public class PoolSessionBeanScope implements Scope {

	/** The name of the scope. */
	public static final String NAME = "poolSession";

	private static final Logger logger = LoggerFactory.getLogger(PoolSessionBeanScope.class);

	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	@Override
	public Object get(String name, ObjectFactory<?> objectFactory) {
		return PoolSessionContext.session().state(name, objectFactory::getObject, PoolSessionBeanScope::target);
	}

	private static Object target(Object bean) {
		Object target = AopProxyUtils.getSingletonTarget(bean);
		return (target != null) ? target : bean;
	}

	@Override
	public @Nullable Object remove(String name) {
		return PoolSessionContext.session().remove(name);
	}

	@Override
	public void registerDestructionCallback(String name, Runnable callback) {
		if (this.warned.add(name)) {
			logger.warn("The bean '{}' is told of no end: sessions move from element to element, and those that are"
					+ " not closed just expire", name);
		}
	}

	@Override
	public @Nullable String getConversationId() {
		CallContext call = CallContext.current();
		CallSession session = (call != null) ? call.session() : null;
		return (session != null) ? session.id().toString() : null;
	}

	/**
	 * Looks for a bean of the scope among those that a bean depends on.
	 * @param beanFactory has the beans; those that matter are made
	 * @param beanName the bean
	 * @return the name of a bean of the scope, or {@code null} if there is none
	 */
	public static @Nullable String findDependency(ConfigurableListableBeanFactory beanFactory, String beanName) {
		Set<String> seen = new HashSet<>();
		ArrayDeque<String> next = new ArrayDeque<>(List.of(beanName));
		while (!next.isEmpty()) {
			String name = next.remove();
			if (isOfScope(beanFactory, name) || isOfScope(beanFactory, ScopedProxyUtils.getTargetBeanName(name))) {
				return name;
			}
			for (String dependency : beanFactory.getDependenciesForBean(name)) {
				if (seen.add(dependency)) {
					next.add(dependency);
				}
			}
		}
		return null;
	}

	private static boolean isOfScope(ConfigurableListableBeanFactory beanFactory, String name) {
		return beanFactory.containsBeanDefinition(name)
				&& NAME.equals(beanFactory.getMergedBeanDefinition(name).getScope());
	}

}
