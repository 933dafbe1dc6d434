package org.rserpool.spring.element;

import org.jspecify.annotations.Nullable;

/**
 * How the load of a pool element is reported, if its policy is one by load.
 *
 * @param reported whether it is measured; if not, it stays as the policy says
 * @param provider measures it, or {@code null} for the only bean or else the calls in
 * progress
 * @param threshold by how much the load must have changed to be reported, from 0 to 1
 * @since 0.1
 */
public record LoadSettings(boolean reported, @Nullable LoadProvider provider, double threshold) {

	/** The threshold where nothing else is said. */
	public static final double DEFAULT_THRESHOLD = 0.05;

	/** What holds where nothing else is said. */
	public static final LoadSettings DEFAULT = new LoadSettings(true, null, DEFAULT_THRESHOLD);

	public LoadSettings {
		if (!(threshold >= 0 && threshold <= 1)) {
			throw new IllegalArgumentException("A load threshold is from 0.0 to 1.0, not " + threshold);
		}
	}

}
