package org.rserpool;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the conformance statements that a test covers.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface Conformance {

	/**
	 * Return the statements.
	 * @return their numbers, such as {@code PR7}
	 */
	String[] value();

}
