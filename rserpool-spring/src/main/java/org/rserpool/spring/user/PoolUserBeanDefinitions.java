package org.rserpool.spring.user;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.rserpool.spring.PoolUser;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConstructorArgumentValues;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionValidationException;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

/**
 * Defines the beans that stand for pool users. A name and a type make one bean, which is
 * injected only where {@link PoolUser} asks for it.
 *
 * @since 0.1
 */
public final class PoolUserBeanDefinitions {

	private static final String PREFIX = "poolUser.";

	private PoolUserBeanDefinitions() {
	}

	/**
	 * Defines a pool user, unless it is defined already. Builders are made anew for each
	 * that asks for one.
	 * @param registry gets the definition
	 * @param name the name of the pool user, as the annotation says it
	 * @param type the type that is injected
	 * @param where who asks for it, for messages
	 * @throws BeanDefinitionValidationException if the type can be no pool user
	 */
	static void register(BeanDefinitionRegistry registry, String name, ResolvableType type, Object where) {
		check(name, type, where);
		String beanName = PREFIX + (name.isEmpty() ? "" : name + ".") + type;
		if (registry.containsBeanDefinition(beanName)) {
			return;
		}
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(type);
		definition.setFactoryBeanName(PoolUserProxyFactory.BEAN_NAME);
		definition.setFactoryMethodName("poolUser");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
		definition.getConstructorArgumentValues().addIndexedArgumentValue(1, type);
		definition.setLazyInit(true);
		definition.setDefaultCandidate(false);
		definition.setFallback(true);
		definition.addQualifier(new AutowireCandidateQualifier(PoolUser.class, name));
		if (type.toClass().getSimpleName().endsWith("Builder")) {
			definition.setScope(BeanDefinition.SCOPE_PROTOTYPE);
		}
		registry.registerBeanDefinition(beanName, definition);
	}

	/**
	 * Tells whether a pool user is defined.
	 * @param registry has the definitions
	 * @return whether there is at least one
	 */
	public static boolean anyIn(BeanDefinitionRegistry registry) {
		for (String beanName : registry.getBeanDefinitionNames()) {
			if (beanName.startsWith(PREFIX) && isPoolUser(registry.getBeanDefinition(beanName))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return the pool users that are defined.
	 * @param registry has the definitions
	 * @return their names, which may hold placeholders; the name of the type where there
	 * is none
	 */
	public static Set<String> names(BeanDefinitionRegistry registry) {
		Set<String> names = new LinkedHashSet<>();
		for (String beanName : registry.getBeanDefinitionNames()) {
			BeanDefinition definition = beanName.startsWith(PREFIX) ? registry.getBeanDefinition(beanName) : null;
			if (definition == null || !isPoolUser(definition)) {
				continue;
			}
			if (argument(definition, 0) instanceof String name && !name.isEmpty()) {
				names.add(name);
			}
			else if (argument(definition, 1) instanceof ResolvableType type) {
				names.add(type.toClass().getName());
			}
		}
		return names;
	}

	private static @Nullable Object argument(BeanDefinition definition, int index) {
		ConstructorArgumentValues.ValueHolder value = definition.getConstructorArgumentValues()
			.getIndexedArgumentValue(index, null);
		return (value != null) ? value.getValue() : null;
	}

	/**
	 * Tells whether a bean is a pool user.
	 * @param definition the definition of the bean
	 * @return whether it is
	 */
	public static boolean isPoolUser(BeanDefinition definition) {
		return PoolUserProxyFactory.BEAN_NAME.equals(definition.getFactoryBeanName());
	}

	private static void check(String name, ResolvableType type, Object where) {
		Class<?> raw = type.toClass();
		if (raw.isPrimitive() || raw.isArray() || raw.getName().startsWith("java.")) {
			throw new BeanDefinitionValidationException("@PoolUser(\"" + name + "\") at " + where + ": " + raw.getName()
					+ " is not an interface of the application");
		}
		if (type.hasUnresolvableGenerics()) {
			throw new BeanDefinitionValidationException("@PoolUser(\"" + name + "\") at " + where + ": " + raw.getName()
					+ " is generic; extend it by an interface that says the types");
		}
	}

}
