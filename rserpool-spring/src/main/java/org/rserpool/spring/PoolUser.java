package org.rserpool.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Injects a pool user: an implementation of an interface whose calls are served by the
 * elements of a pool, and fail over between them. Stands at a parameter of a constructor,
 * of a {@code @Bean} method or of an injected method, or at an {@code @Autowired} field.
 * The declared type is the interface, or an {@code ObjectProvider} or {@code Optional} of
 * it. With Spring's HTTP clients on the class path, it may also be an interface with
 * {@code @HttpExchange} methods, {@code RestClient} or {@code WebClient}, or a builder of
 * one of these, whose requests go to the web servers of the pool; with gRPC, a stub. And
 * it may be {@link org.rserpool.spring.session.PoolSessions} of such an interface, whose
 * sessions keep state at an element of the pool, or
 * {@link org.rserpool.spring.message.PoolSessionFactory}, which opens sessions of
 * messages.
 *
 * @since 0.1
 * @see Idempotent
 */
@Target({ ElementType.FIELD, ElementType.PARAMETER })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Qualifier
public @interface PoolUser {

	/**
	 * The name of the pool user. This is the pool it calls, unless the configuration of
	 * that name says another one. May hold placeholders such as <code>${...}</code>.
	 * @return the name; if empty, the name of the declared type
	 */
	String value() default "";

	/**
	 * Whether the pool is meant. Leave it as it is. A qualifier with nothing but a name
	 * also matches a local bean of that name; with this one it does not.
	 * @return always {@code true}
	 */
	boolean pooled() default true;

}
