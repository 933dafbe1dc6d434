package org.rserpool.spring.session;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Makes {@link PoolSessionScope} known to a context. To be declared by a static
 * {@code @Bean} method.
 *
 * @since 0.1
 */
public class PoolSessionScopeRegistrar implements BeanFactoryPostProcessor {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (beanFactory.getRegisteredScope(PoolSessionBeanScope.NAME) == null) {
			beanFactory.registerScope(PoolSessionBeanScope.NAME, new PoolSessionBeanScope());
		}
	}

}
