package org.rserpool.rpc;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.rserpool.hunt.Home;
import org.rserpool.hunt.RegistrarHuntListener;

/**
 * Remembers when the home registrar was lost. Any thread may ask.
 */
final class HomeLoss implements RegistrarHuntListener {

	private volatile @Nullable Long sinceNanos;

	@Override
	public void homeFound(Home home) {
		this.sinceNanos = null;
	}

	@Override
	public void homeLost(Home home, String reason) {
		this.sinceNanos = System.nanoTime();
	}

	/**
	 * Return the time since it was lost.
	 * @return the time, or {@code null} if there is a home, or never was any
	 */
	@Nullable Duration duration() {
		Long since = this.sinceNanos;
		return (since != null) ? Duration.ofNanos(System.nanoTime() - since) : null;
	}

}
