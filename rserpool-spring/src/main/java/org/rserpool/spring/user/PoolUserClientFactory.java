package org.rserpool.spring.user;

import org.springframework.core.ResolvableType;

/**
 * Makes pool users of some types. Every bean of this type is asked in its order; the
 * first that supports a type makes it.
 *
 * @since 0.1
 * @see org.rserpool.spring.PoolUser
 */
public interface PoolUserClientFactory {

	/**
	 * Return the binding by which the pool users call, which
	 * {@link PoolUserSettings#binding()} can choose.
	 * @return the name of the binding, or an empty text if it cannot be chosen
	 */
	default String binding() {
		return "";
	}

	/**
	 * Return whether this factory makes pool users of a type.
	 * @param type the type that is injected
	 * @return whether it does
	 */
	boolean supports(ResolvableType type);

	/**
	 * Makes a pool user.
	 * @param spec its name and settings
	 * @param type a type that this factory supports
	 * @return the pool user, an instance of the type; any thread may use it, unless it is
	 * a builder
	 * @throws IllegalArgumentException if it cannot be made; says why
	 */
	Object create(PoolUserSpec spec, ResolvableType type);

}
