package org.rserpool.spring.user;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Import;

/**
 * Defines pool users that no bean asks for by {@link org.rserpool.spring.PoolUser}, such
 * as those that only a test or a library looks up.
 *
 * @since 0.1
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(ImportPoolUsers.Container.class)
@Import(ImportPoolUsersRegistrar.class)
public @interface ImportPoolUsers {

	/**
	 * The name of the pool user.
	 * @return the name, which is the pool unless the configuration of that name says
	 * another one; if empty, the name of each type
	 */
	String pool() default "";

	/**
	 * The types by which it is called.
	 * @return the types, mostly interfaces; each becomes a bean
	 */
	Class<?>[] types();

	/**
	 * Holds several.
	 */
	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@Documented
	@Import(ImportPoolUsersRegistrar.class)
	@interface Container {

		/**
		 * The annotations.
		 * @return the annotations
		 */
		ImportPoolUsers[] value();

	}

}
