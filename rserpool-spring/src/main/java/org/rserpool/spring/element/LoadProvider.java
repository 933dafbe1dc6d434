package org.rserpool.spring.element;

/**
 * Measures the load of a pool element, for policies by load. Where the application has
 * one bean of this type, it measures all elements that do not name another one.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface LoadProvider {

	/**
	 * Measures the load. Called about ten times a second, on a thread of its own; it must
	 * not block.
	 * @param activity what the element is doing
	 * @return the load, from 0.0 to 1.0; what is more or less counts as 1.0 or 0.0
	 */
	double load(ElementActivity activity);

}
