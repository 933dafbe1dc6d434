package org.rserpool.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * Makes a bean an element of a pool: the methods of its interfaces can be called by every
 * {@link PoolUser} of the pool. On a controller, or on the class of a web application, it
 * makes the running web server the element, so that pool users send HTTP requests; on a
 * {@code BindableService}, the gRPC server. Stands on a class, or on a {@code @Bean}
 * method. Advice on the bean, such as transactions, applies to these calls too.
 *
 * @since 0.1
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface PoolElement {

	/**
	 * The pool, as {@link #pool()}.
	 * @return the pool handle as text
	 */
	@AliasFor("pool")
	String value() default "";

	/**
	 * The pool that the bean joins. May hold placeholders such as <code>${...}</code>.
	 * @return the pool handle as text; if empty, the name of the only interface that the
	 * bean offers, or for HTTP and gRPC the name of the application
	 */
	@AliasFor("value")
	String pool() default "";

	/**
	 * The interfaces whose methods can be called.
	 * @return interfaces that the bean implements; if empty, all of its interfaces that
	 * are neither of Java nor of Spring
	 */
	Class<?>[] service() default {};

	/**
	 * How pool users are served: {@code rpc} by calls of the bean's methods, {@code http}
	 * by the web server of the application, {@code grpc} by its gRPC server,
	 * {@code session} by sessions of messages.
	 * @return the binding; if empty, {@code session} for beans that implement
	 * {@link org.rserpool.rpc.session.PoolSessionHandler}, {@code grpc} for those that
	 * are {@code BindableService}s, {@code http} for controllers, for beans with
	 * {@code @HttpExchange} methods and for configuration classes, and {@code rpc} for
	 * all others
	 */
	String binding() default "";

	/**
	 * The policy by which pool users choose between the elements of the pool, such as
	 * {@code WEIGHTED_ROUND_ROBIN}. All elements of a pool must agree on it. What is
	 * configured for this very pool comes first.
	 * @return the policy; if empty, what is configured for all pools, or else
	 * {@code ROUND_ROBIN}
	 */
	String policy() default "";

}
