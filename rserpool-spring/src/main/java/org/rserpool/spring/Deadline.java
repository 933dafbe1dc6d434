package org.rserpool.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says how long calls may take, over all attempts: those of a method, or of all methods
 * of an interface. What stands at the method comes first, then what stands at the
 * interface, then what is configured for the pool user. The time that is left travels
 * with the call, and the pool element gives it up when the time is over.
 *
 * @since 0.1
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Deadline {

	/**
	 * The time, such as {@code 500ms} or {@code PT2S}; positive.
	 * @return the time as text
	 */
	String value();

}
