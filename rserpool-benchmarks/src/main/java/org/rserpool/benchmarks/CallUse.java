package org.rserpool.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

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
			try (CallPeer peer = CallPeer.start()) {
				AtomicLong made = new AtomicLong();
				for (int together : new int[] { 1, 128 }) {
					measured.add(measure(together, peer, arguments.forks() * arguments.iterations(), made));
				}
				long answered = peer.end();
				if (answered < made.get()) {
					throw new IllegalStateException(
							made + " calls were counted, but the other process answered " + answered);
				}
			}
		}
		return measured;
	}

	private static CallUse measure(int together, CallPeer peer, int times, AtomicLong made)
			throws InterruptedException {
		List<Double> calls = new ArrayList<>();
		List<Double> echoes = new ArrayList<>();
		AtomicLong echoed = new AtomicLong();
		try (Calls pool = new PoolCalls(peer.registrar(), PAYLOAD, together);
				Calls echo = Echo.connect(peer.echo(), PAYLOAD + CallPeer.REQUEST, together)) {
			for (int i = 0; i < Benchmarks.WARM_UP * times; i++) {
				slice(pool, made);
				slice(echo, echoed);
			}
			for (int i = 0; i < times; i++) {
				calls.add(slice(pool, made));
				echoes.add(slice(echo, echoed));
			}
		}
		return new CallUse(together, calls, echoes);
	}

	/**
	 * Makes calls for a while.
	 * @param made counts them
	 * @return the nanoseconds for each
	 */
	private static double slice(Calls calls, AtomicLong made) throws InterruptedException {
		int count = 0;
		long begin = System.nanoTime();
		double nanos = 0;
		while (nanos < SLICE_NANOS) {
			calls.make(1000);
			count += 1000;
			nanos = System.nanoTime() - begin;
		}
		made.addAndGet(count);
		return nanos / count;
	}

}
