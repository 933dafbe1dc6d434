package org.rserpool.autoconfigure.http;

import java.util.Arrays;

import org.rserpool.spring.PoolElement;
import org.rserpool.spring.http.PoolRequestFilter;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;

/**
 * Puts the filter for the requests of pool users before all others, if the application
 * has a pool element at all.
 */
class PoolRequestFilterRegistration extends FilterRegistrationBean<PoolRequestFilter> {

	PoolRequestFilterRegistration(ListableBeanFactory beanFactory, PoolRequestFilter filter) {
		super(filter);
		setOrder(Ordered.HIGHEST_PRECEDENCE);
		setAsyncSupported(true);
		setEnabled(Arrays.stream(beanFactory.getBeanDefinitionNames())
			.anyMatch((name) -> beanFactory.findAnnotationOnBean(name, PoolElement.class, false) != null));
	}

}
