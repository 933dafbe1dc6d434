package org.rserpool.spring.user;

import java.time.Duration;

import org.rserpool.spring.Deadline;
import org.rserpool.spring.service.ServiceMethod;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * Finds how long the calls of a method may take.
 */
final class CallDeadline {

	private CallDeadline() {
	}

	/**
	 * Finds the deadline of a method.
	 * @param method the method
	 * @param service the interface in whose place it is called
	 * @param fallback what holds if no annotation says something
	 * @return the deadline
	 * @throws IllegalArgumentException if an annotation says what is no positive time
	 */
	static Duration of(ServiceMethod method, Class<?> service, Duration fallback) {
		Deadline annotation = AnnotatedElementUtils.findMergedAnnotation(method.method(), Deadline.class);
		if (annotation == null) {
			annotation = AnnotatedElementUtils.findMergedAnnotation(method.method().getDeclaringClass(),
					Deadline.class);
		}
		if (annotation == null) {
			annotation = AnnotatedElementUtils.findMergedAnnotation(service, Deadline.class);
		}
		return (annotation != null) ? parse(annotation.value(), method) : fallback;
	}

	private static Duration parse(String value, ServiceMethod method) {
		Duration deadline;
		try {
			deadline = DurationFormatterUtils.detectAndParse(value);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"@Deadline(\"" + value + "\") of " + method + " is no time such as 500ms: " + ex.getMessage(), ex);
		}
		if (deadline.isNegative() || deadline.isZero()) {
			throw new IllegalArgumentException("@Deadline(\"" + value + "\") of " + method + " is not positive");
		}
		return deadline;
	}

}
