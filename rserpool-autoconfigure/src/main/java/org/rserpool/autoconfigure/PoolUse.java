package org.rserpool.autoconfigure;

import java.util.function.BooleanSupplier;

import org.rserpool.spring.PoolElement;
import org.rserpool.spring.user.PoolUserBeanDefinitions;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;

/**
 * Knows whether an application takes part in any pool.
 */
class PoolUse implements BooleanSupplier {

	private final ConfigurableListableBeanFactory beanFactory;

	PoolUse(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	@Override
	public boolean getAsBoolean() {
		return this.beanFactory.getBeanNamesForAnnotation(PoolElement.class).length > 0
				|| (this.beanFactory instanceof BeanDefinitionRegistry registry
						&& PoolUserBeanDefinitions.anyIn(registry));
	}

}
