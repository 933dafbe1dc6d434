package org.rserpool.policy;

import java.util.Arrays;

/**
 * The chi-square test of goodness of fit.
 */
final class ChiSquare {

	/**
	 * Upper critical values for 1 to 9 degrees of freedom: what is right exceeds them
	 * with a probability of 0.001. From the NIST/SEMATECH e-Handbook of Statistical
	 * Methods, section 1.3.6.7.4.
	 */
	private static final double[] CRITICAL_0_001 = { 10.828, 13.816, 16.266, 18.467, 20.515, 22.458, 24.322, 26.125,
			27.877 };

	private ChiSquare() {
	}

	/**
	 * Tells whether counts agree with shares.
	 * @param counts how often each case was seen
	 * @param shares the share of each case, in proportion
	 */
	static boolean agrees(double[] counts, double... shares) {
		double perShare = Arrays.stream(counts).sum() / Arrays.stream(shares).sum();
		double sum = 0;
		for (int i = 0; i < shares.length; i++) {
			double expected = perShare * shares[i];
			sum += (counts[i] - expected) * (counts[i] - expected) / expected;
		}
		return counts.length == shares.length && sum < CRITICAL_0_001[counts.length - 2];
	}

}
