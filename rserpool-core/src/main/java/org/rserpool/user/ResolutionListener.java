package org.rserpool.user;

import org.jspecify.annotations.Nullable;

import org.rserpool.hunt.Home;
import org.rserpool.wire.PoolHandle;

/**
 * Is told of handle resolutions for which a registrar is asked. There is at most one of a
 * pool at a time, and each that began ends. Runs where the pool user runs, so it must
 * neither block nor take long.
 *
 * @since 0.1
 */
public interface ResolutionListener {

	/** Is told, and does nothing. */
	ResolutionListener NONE = new ResolutionListener() {
	};

	/**
	 * A resolution begins.
	 * @param pool the pool
	 */
	default void resolutionBegun(PoolHandle pool) {
	}

	/**
	 * A resolution ended.
	 * @param pool the pool
	 * @param registrar the home registrar, or {@code null} if there is none
	 * @param failure why nothing was found, or {@code null} if elements were
	 */
	default void resolutionEnded(PoolHandle pool, @Nullable Home registrar, @Nullable ResolutionFailure failure) {
	}

	/**
	 * The pool user ended before a resolution did.
	 * @param pool the pool
	 */
	default void resolutionAbandoned(PoolHandle pool) {
	}

}
