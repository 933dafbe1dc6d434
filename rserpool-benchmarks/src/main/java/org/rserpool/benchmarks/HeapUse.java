package org.rserpool.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The heap that the elements of a handlespace take.
 *
 * @param policy the policy of all pools
 * @param elements how many elements there are
 * @param pools in how many pools
 * @param octets how much they take together
 */
record HeapUse(PolicyFamily policy, int elements, int pools, long octets) {

	static final String NAME = "HeapBenchmarks";

	/** The heap of the process in which it is measured. */
	static final String HEAP = "1g";

	/** The heap that an element may take. */
	static final double GOAL = 700;

	double octetsPerElement() {
		return (double) this.octets / this.elements;
	}

	static List<HeapUse> measure(Arguments arguments) throws IOException {
		List<HeapUse> measured = new ArrayList<>();
		if (arguments.matches(NAME)) {
			for (PolicyFamily policy : PolicyFamily.values()) {
				measured.add(measure(policy, 100_000, 1_000));
			}
			measured.add(measure(PolicyFamily.RR, 1_000_000, 10_000));
			measured.add(measure(PolicyFamily.WRAND, 1_000_000, 10_000));
		}
		return measured;
	}

	private static HeapUse measure(PolicyFamily policy, int elements, int pools) throws IOException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx" + HEAP, "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				HeapBenchmarks.class.getName(), policy.name(), Integer.toString(elements), Integer.toString(pools))
			.redirectError(Redirect.INHERIT)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		if (!output.matches("[0-9]+")) {
			throw new IllegalStateException(
					elements + " elements of policy " + policy + " were not measured: " + output);
		}
		return new HeapUse(policy, elements, pools, Long.parseLong(output));
	}

}
