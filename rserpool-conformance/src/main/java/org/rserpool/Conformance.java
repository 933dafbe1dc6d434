package org.rserpool;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the statements of the conformance checklist that a test, or all tests of a class,
 * prove. A test that does so is found under the number in the conformance table.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.METHOD, ElementType.TYPE })
public @interface Conformance {

	/**
	 * Return the numbers of the statements.
	 * @return the numbers, such as {@code C5}
	 */
	String[] value();

}
