package org.rserpool.rpc;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.hunt.Home;
import org.rserpool.user.ResolutionFailure;
import org.rserpool.user.ResolutionListener;
import org.rserpool.wire.PoolHandle;

/**
 * Keeps what a listener throws from the pool user.
 *
 * @param listener the listener
 */
record GuardedResolutionListener(ResolutionListener listener) implements ResolutionListener {

	private static final Logger logger = LoggerFactory.getLogger(GuardedResolutionListener.class);

	@Override
	public void resolutionBegun(PoolHandle pool) {
		tell(() -> this.listener.resolutionBegun(pool));
	}

	@Override
	public void resolutionEnded(PoolHandle pool, @Nullable Home registrar, @Nullable ResolutionFailure failure) {
		tell(() -> this.listener.resolutionEnded(pool, registrar, failure));
	}

	@Override
	public void resolutionAbandoned(PoolHandle pool) {
		tell(() -> this.listener.resolutionAbandoned(pool));
	}

	private static void tell(Runnable event) {
		try {
			event.run();
		}
		catch (RuntimeException ex) {
			logger.warn("A resolution listener failed", ex);
		}
	}

}
