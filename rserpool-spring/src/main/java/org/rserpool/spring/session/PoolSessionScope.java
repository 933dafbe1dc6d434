package org.rserpool.spring.session;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.annotation.AliasFor;

/**
 * Makes a bean hold state of the sessions that a pool element serves: there is one for
 * each session, and its fields go along when another element goes on with the session.
 * Where it is injected, there is a proxy that finds the right one in each call.
 *
 * @since 0.1
 * @see PoolSessions
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Scope(PoolSessionBeanScope.NAME)
public @interface PoolSessionScope {

	/**
	 * How the proxy is made: as a subclass of the bean's class, or for its interfaces.
	 * @return the mode
	 */
	@AliasFor(annotation = Scope.class)
	ScopedProxyMode proxyMode() default ScopedProxyMode.TARGET_CLASS;

}
