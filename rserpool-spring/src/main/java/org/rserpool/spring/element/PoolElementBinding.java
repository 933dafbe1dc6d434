package org.rserpool.spring.element;

/**
 * A way by which a bean serves the users of its pool, such as by calls of its methods or
 * by the web server of the application. Every bean of this type is asked in its order;
 * the first that supports a pool element serves it.
 *
 * @since 0.1
 * @see org.rserpool.spring.PoolElement#binding()
 */
public interface PoolElementBinding {

	/**
	 * Return the name by which an annotation chooses this binding.
	 * @return the name, such as {@code rpc}
	 */
	String name();

	/**
	 * Return whether this binding serves a pool element that chose none.
	 * @param descriptor the pool element
	 * @return whether it does
	 */
	boolean supports(PoolElementDescriptor descriptor);

	/**
	 * Return the pool of an element that names none.
	 * @param descriptor the pool element
	 * @return the pool handle as text
	 * @throws IllegalArgumentException if the pool must be named; says why
	 */
	String defaultPool(PoolElementDescriptor descriptor);

	/**
	 * Makes what serves a pool element.
	 * @param descriptor the pool element
	 * @return what serves it; two that are equal serve one element
	 * @throws IllegalArgumentException if the bean cannot be served; says why
	 */
	PoolElementService bind(PoolElementDescriptor descriptor);

}
