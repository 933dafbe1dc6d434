package org.rserpool.spring.user;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.rserpool.spring.PoolUser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.util.ClassUtils;

/**
 * Looks for {@link PoolUser} at the constructors, fields and methods of all beans, and
 * defines a bean for each pool user that is asked for. To be declared by a static
 * {@code @Bean} method.
 *
 * @since 0.1
 */
public class PoolUserScanner implements BeanDefinitionRegistryPostProcessor {

	private static final Logger logger = LoggerFactory.getLogger(PoolUserScanner.class);

	private final Set<Class<?>> seen = new LinkedHashSet<>();

	@Override
	public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
		if (AotDetector.useGeneratedArtifacts()) {
			return;
		}
		for (String beanName : registry.getBeanDefinitionNames()) {
			BeanDefinition definition = registry.getBeanDefinition(beanName);
			if (registry instanceof ConfigurableListableBeanFactory beanFactory) {
				scan(registry, beanFactory, beanName, definition);
			}
		}
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
	}

	private void scan(BeanDefinitionRegistry registry, ConfigurableListableBeanFactory beanFactory, String beanName,
			BeanDefinition definition) {
		try {
			Class<?> factory = factoryClass(beanFactory, definition);
			String factoryMethod = definition.getFactoryMethodName();
			if (factory != null && factoryMethod != null && isOfApplication(factory)) {
				for (Method method : factory.getDeclaredMethods()) {
					if (method.getName().equals(factoryMethod)) {
						scanParameters(registry, method);
					}
				}
			}
			Class<?> type = beanFactory.getType(beanName, false);
			if (type != null) {
				scan(registry, ClassUtils.getUserClass(type));
			}
		}
		catch (LinkageError | TypeNotPresentException | ArrayStoreException ex) {
			logger.debug("The bean '{}' is not looked through for @PoolUser, as not all of its classes are there",
					beanName, ex);
		}
	}

	private static @Nullable Class<?> factoryClass(ConfigurableListableBeanFactory beanFactory,
			BeanDefinition definition) {
		String factoryBean = definition.getFactoryBeanName();
		if (factoryBean != null) {
			Class<?> type = beanFactory.containsBean(factoryBean)
					? beanFactory.getType(BeanFactoryUtils.transformedBeanName(factoryBean), false) : null;
			return (type != null) ? ClassUtils.getUserClass(type) : null;
		}
		String name = definition.getBeanClassName();
		if (definition.getFactoryMethodName() == null || name == null) {
			return null;
		}
		return ClassUtils.resolveClassName(name, beanFactory.getBeanClassLoader());
	}

	private void scan(BeanDefinitionRegistry registry, Class<?> type) {
		for (Class<?> current = type; current != null && isOfApplication(current); current = current.getSuperclass()) {
			if (!this.seen.add(current)) {
				return;
			}
			for (Constructor<?> constructor : current.getDeclaredConstructors()) {
				for (int i = 0; i < constructor.getParameterCount(); i++) {
					scan(registry, MethodParameter.forExecutable(constructor, i));
				}
			}
			for (Field field : current.getDeclaredFields()) {
				PoolUser annotation = field.getAnnotation(PoolUser.class);
				if (annotation != null) {
					register(registry, annotation, ResolvableType.forField(field), field);
				}
			}
			for (Method method : current.getDeclaredMethods()) {
				if (!AnnotatedElementUtils.hasAnnotation(method, Bean.class)) {
					scanParameters(registry, method);
				}
			}
		}
	}

	private static boolean isOfApplication(Class<?> type) {
		return !type.getName().startsWith("java.") && !type.getName().startsWith("org.springframework.");
	}

	private void scanParameters(BeanDefinitionRegistry registry, Method method) {
		for (int i = 0; i < method.getParameterCount(); i++) {
			scan(registry, MethodParameter.forExecutable(method, i));
		}
	}

	private void scan(BeanDefinitionRegistry registry, MethodParameter parameter) {
		PoolUser annotation = parameter.getParameterAnnotation(PoolUser.class);
		if (annotation != null) {
			AnnotatedElement where = parameter.getAnnotatedElement();
			register(registry, annotation, ResolvableType.forMethodParameter(parameter), where);
		}
	}

	private static void register(BeanDefinitionRegistry registry, PoolUser annotation, ResolvableType declared,
			Object where) {
		Class<?> raw = declared.toClass();
		boolean wrapped = ObjectFactory.class.isAssignableFrom(raw) || raw == Optional.class
				|| raw.getName().equals("jakarta.inject.Provider");
		ResolvableType type = wrapped ? declared.getGeneric(0) : declared;
		PoolUserBeanDefinitions.register(registry, annotation.value(), type, where);
	}

}
