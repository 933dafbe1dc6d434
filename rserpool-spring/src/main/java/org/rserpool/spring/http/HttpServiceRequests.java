package org.rserpool.spring.http;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.rserpool.spring.Idempotent;
import org.rserpool.spring.user.PoolUserSettings;

import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.service.invoker.HttpRequestValues;

/**
 * Says with each request of an interface which method it is, and whether that is
 * idempotent.
 */
class HttpServiceRequests implements HttpRequestValues.Processor {

	private final Class<?> service;

	private final PoolUserSettings settings;

	HttpServiceRequests(Class<?> service, PoolUserSettings settings) {
		this.service = service;
		this.settings = settings;
	}

	@Override
	public void process(Method method, MethodParameter[] parameters, @Nullable Object[] arguments,
			HttpRequestValues.Builder builder) {
		builder.addAttribute(PoolHttpCalls.METHOD_ATTRIBUTE, this.service.getName() + "/" + method.getName());
		if (this.settings.idempotentMethods().contains(method.getName())
				|| AnnotatedElementUtils.hasAnnotation(method, Idempotent.class)
				|| AnnotatedElementUtils.hasAnnotation(method.getDeclaringClass(), Idempotent.class)
				|| AnnotatedElementUtils.hasAnnotation(this.service, Idempotent.class)) {
			builder.addAttribute(PoolHttpCalls.IDEMPOTENT_ATTRIBUTE, true);
		}
	}

}
