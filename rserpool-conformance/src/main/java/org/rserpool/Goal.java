package org.rserpool;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the goals of the project that a test, or all tests of a class, prove. A test that
 * does so is found under the number in the table of goals.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface Goal {

	/**
	 * Return the numbers of the goals.
	 * @return the numbers, such as {@code G5}
	 */
	String[] value();

}
