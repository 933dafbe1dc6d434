package org.rserpool.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * What the handlespace structures of the reference implementation rsplib, in C, reached
 * on another machine: millions of elements a second, where a range was measured its upper
 * end. A figure is {@code null} where there is none.
 *
 * @param register registrations
 * @param reregister registrations of known elements
 * @param resolve3 resolutions of 3 elements
 * @param deregister deregistrations
 */
record Reference(double register, double reregister, double resolve3, double deregister) {

	/** How many times as fast as the reference the random policies are to resolve. */
	private static final double RANDOM_GOAL = 10;

	static @Nullable Reference of(HandlespaceSize size, PolicyFamily policy) {
		return switch (size) {
			case SMALL -> switch (policy) {
				case RR -> new Reference(1.1, 2.5, 4.5, 5);
				case LUD -> new Reference(1.6, 1.8, 4.4, 2.5);
				case RAND, WRAND -> new Reference(2.5, 2.4, 0.56, 6);
				case WRR, LU -> null;
			};
			case ONE_POOL -> switch (policy) {
				case RR -> new Reference(1.2, 1.4, 2.8, 5.4);
				case LU -> new Reference(1.2, 1.4, 6.4, 5.4);
				case LUD -> new Reference(1.2, 1.4, 3.9, 5.4);
				case RAND, WRAND -> new Reference(1.3, 1.8, 0.30, 4);
				case WRR -> null;
			};
			case MANY_POOLS -> switch (policy) {
				case RR, LU, LUD -> new Reference(0.57, 0.66, 0.80, 0.72);
				case RAND, WRAND -> new Reference(0.72, 0.72, 0.13, 0.87);
				case WRR -> null;
			};
		};
	}

	@Nullable Double of(String operation) {
		return switch (operation) {
			case "register" -> this.register;
			case "reregister" -> this.reregister;
			case "resolve3" -> this.resolve3;
			case "deregister" -> this.deregister;
			default -> null;
		};
	}

	/**
	 * The ratio to reach.
	 */
	static @Nullable Double goal(String operation, PolicyFamily policy) {
		return switch (operation) {
			case "register" -> 1.0;
			case "resolve3" -> (policy == PolicyFamily.RAND || policy == PolicyFamily.WRAND) ? RANDOM_GOAL : 1.0;
			default -> null;
		};
	}

	/**
	 * The microseconds that the reference takes to compute the checksum of what a
	 * registrar owns, where a range was measured its lower end.
	 */
	static double checksumMicros(HandlespaceSize size) {
		return switch (size) {
			case SMALL -> 17;
			case ONE_POOL -> 350;
			case MANY_POOLS -> 10_000;
		};
	}

}
