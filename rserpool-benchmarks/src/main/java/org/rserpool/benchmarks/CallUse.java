package org.rserpool.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long calls between two processes take, beside an echo that is measured in turn with
 * them.
 *
 * @param together how many calls are under way at a time
 * @param calls the nanoseconds for a call, in each time that it was measured, in their
 * order
 * @param echoes the same for an echo of as many octets as a request has
 */
record CallUse(int together, List<Double> calls, List<Double> echoes) {

	static final String NAME = "CallBenchmarks";

	static final int PAYLOAD = 64;

	/** How many times as long as an echo a call may take. */
	static final double GOAL = 2.5;

	/** How many calls a second are to be made when many are under way. */
	static final double RATE_GOAL = 60_000;

	private static final double SLICE_NANOS = 200e6;

	CallUse {
		calls = calls.stream().sorted().toList();
		echoes = echoes.stream().sorted().toList();
	}

	static List<CallUse> measure(Arguments arguments) throws IOException, InterruptedException {
		List<CallUse> measured = new ArrayList<>();
		if (arguments.matches(NAME)) {
			Process peer = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
					System.getProperty("java.class.path"), CallPeer.class.getName())
				.redirectError(Redirect.INHERIT)
				.start();
			try (BufferedReader reader = new BufferedReader(
					new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8))) {
				String line = reader.readLine();
				if (line == null || !line.matches("[0-9]+ [0-9]+")) {
					throw new IllegalStateException("The other process did not start: " + line);
				}
				String[] ports = line.split(" ");
				for (int together : new int[] { 1, 128 }) {
					measured.add(measure(together, Integer.parseInt(ports[0]), Integer.parseInt(ports[1]),
							arguments.forks() * arguments.iterations()));
				}
			}
			finally {
				peer.destroy();
			}
		}
		return measured;
	}

	private static CallUse measure(int together, int registrar, int echo, int times) throws InterruptedException {
		List<Double> calls = new ArrayList<>();
		List<Double> echoes = new ArrayList<>();
		try (Calls called = new PoolCalls(registrar, PAYLOAD, together);
				Calls echoed = Echo.connect(echo, PAYLOAD + CallPeer.REQUEST, together)) {
			for (int i = 0; i < Benchmarks.WARM_UP * times; i++) {
				slice(called);
				slice(echoed);
			}
			for (int i = 0; i < times; i++) {
				calls.add(slice(called));
				echoes.add(slice(echoed));
			}
		}
		return new CallUse(together, calls, echoes);
	}

	/**
	 * Makes calls for a while.
	 * @return the nanoseconds for each
	 */
	private static double slice(Calls calls) throws InterruptedException {
		int count = 0;
		long begin = System.nanoTime();
		double nanos = 0;
		while (nanos < SLICE_NANOS) {
			calls.make(1000);
			count += 1000;
			nanos = System.nanoTime() - begin;
		}
		return nanos / count;
	}

}
