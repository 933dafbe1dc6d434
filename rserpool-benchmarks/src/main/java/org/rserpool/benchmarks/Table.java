package org.rserpool.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * Writes what was measured. In a file that has the two marks, only what is between them
 * is replaced.
 */
final class Table {

	static final String BEGIN = "<!-- measured: begin -->";

	static final String END = "<!-- measured: end -->";

	private static final String ALLOCATION = "gc.alloc.rate.norm";

	private static final double RESOLUTION_GOAL = 1500;

	private static final double SELECTION_GOAL = 100;

	private final Arguments arguments;

	private final StringBuilder text = new StringBuilder();

	Table(Arguments arguments) {
		this.arguments = arguments;
	}

	void write(Collection<RunResult> results, List<CallUse> calls, List<HeapUse> heaps, Path file) throws IOException {
		String table = format(results, calls, heaps);
		String present = Files.exists(file) ? Files.readString(file) : "";
		int begin = present.indexOf(BEGIN);
		int end = present.indexOf(END);
		Files.createDirectories(file.toAbsolutePath().getParent());
		Files.writeString(file, (begin >= 0 && end > begin)
				? present.substring(0, begin + BEGIN.length()) + "\n\n" + table + "\n" + present.substring(end) : table,
				StandardCharsets.UTF_8);
	}

	String format(Collection<RunResult> results, List<CallUse> calls, List<HeapUse> heaps) {
		this.text.setLength(0);
		this.text.append(Machine.describe());
		line("");
		line("Processes for each row alone: %d. In each, the row was measured %d times for 200 ms after %d times 200 ms of "
				+ "warm-up, and by one thread but for calls. *Best* is the best of these times, and *median* the one in "
				+ "the middle: where they differ much, something else used the machine. Ratios and goals are taken from "
				+ "the best.", this.arguments.forks(), this.arguments.iterations(),
				Benchmarks.WARM_UP * this.arguments.iterations());
		section(results, HandlespaceBenchmarks.class, "Handlespace",
				"| Elements / pools | Policy | Operation | Best, million a second | Median | Octets allocated | rsplib | Ratio | Goal |\n"
						+ "|---|---|---|---|---|---|---|---|---|",
				this::handlespace);
		section(results, ChecksumBenchmarks.class, "Checksum of what a registrar owns",
				"| Elements | Operation | Best, ns | Median | rsplib, ns | Ratio |\n|---|---|---|---|---|---|",
				this::checksum);
		section(results, SelectionBenchmarks.class, "Cached selection at the pool user",
				"| Policy | Best, ns | Median | Octets allocated | Goal |\n|---|---|---|---|---|", this::selection);
		section(results, ResolutionBenchmarks.class, "Resolution and its answer with 3 elements, written and read",
				"| Dialect | Best, ns | Median | Octets allocated | Goal |\n|---|---|---|---|---|", this::resolution);
		section(results, CodecBenchmarks.class, "Codec",
				"| Message | Dialect | Operation | Best, ns | Median | Octets allocated |\n|---|---|---|---|---|---|",
				this::codec);
		calls(calls);
		heap(heaps);
		return this.text.toString();
	}

	private void section(Collection<RunResult> results, Class<?> benchmarks, String title, String header, Row row) {
		List<RunResult> chosen = results.stream()
			.filter((result) -> result.getParams().getBenchmark().startsWith(benchmarks.getName() + "."))
			.toList();
		if (!chosen.isEmpty()) {
			title(title, header);
			chosen.forEach(row::append);
		}
	}

	private void title(String title, String header) {
		line("");
		line("### %s", title);
		line("");
		this.text.append(header).append('\n');
	}

	private void handlespace(RunResult result) {
		HandlespaceSize size = HandlespaceSize.valueOf(parameter(result, "size"));
		PolicyFamily policy = PolicyFamily.valueOf(parameter(result, "policy"));
		String operation = operation(result);
		double millions = 1000.0 * size.elements() / best(result);
		double median = 1000.0 * size.elements() / median(result);
		Reference reference = Reference.of(size, policy);
		Double rsplib = (reference != null) ? reference.of(operation) : null;
		Double goal = (rsplib != null) ? Reference.goal(operation, policy) : null;
		line("| %,d / %,d | %s | %s | %.2f | %.2f | %.0f | %s | %s | %s |", size.elements(), size.pools(), policy,
				operation, millions, median, allocated(result) / size.elements(),
				(rsplib != null) ? number("%.2f", rsplib) : "",
				(rsplib != null) ? number("%.2f", millions / rsplib) : "",
				(rsplib != null && goal != null) ? goal(number("at least %.0f", goal), millions / rsplib >= goal) : "");
	}

	private void checksum(RunResult result) {
		HandlespaceSize size = HandlespaceSize.valueOf(parameter(result, "size"));
		boolean read = operation(result).equals("read");
		double rsplib = 1000 * Reference.checksumMicros(size);
		line("| %,d | %s | %s | %s | %s |", size.elements(), operation(result), nanos(result),
				read ? number("%,.0f", rsplib) : "", read ? number("%,.0f", rsplib / best(result)) : "");
	}

	private void selection(RunResult result) {
		double allocated = allocated(result);
		line("| %s | %s | %.0f | %s |", parameter(result, "policy"), nanos(result), allocated,
				goal("under 100 ns, no allocation", best(result) < SELECTION_GOAL && allocated < 1));
	}

	private void resolution(RunResult result) {
		line("| %s | %s | %.0f | %s |", parameter(result, "dialect"), nanos(result), allocated(result),
				goal("under 1500 ns", best(result) < RESOLUTION_GOAL));
	}

	private void codec(RunResult result) {
		line("| %s | %s | %s | %s | %.0f |", parameter(result, "message"), parameter(result, "dialect"),
				operation(result), nanos(result), allocated(result));
	}

	private void calls(List<CallUse> calls) {
		if (!calls.isEmpty()) {
			title("Calls from one process to another over loopback, by one connection, with a payload of "
					+ CallUse.PAYLOAD + " octets",
					"| Calls in flight | Best, µs for a call | Median | Calls a second | Echo, best, µs | Median "
							+ "| Ratio of the best | Goal |\n|---|---|---|---|---|---|---|---|");
			calls.forEach((call) -> {
				double best = call.calls().get(0);
				double echo = call.echoes().get(0);
				line("| %d | %.1f | %.1f | %,.0f | %.1f | %.1f | %.2f | %s |", call.together(), best / 1e3,
						middle(call.calls()) / 1e3, 1e9 / best, echo / 1e3, middle(call.echoes()) / 1e3, best / echo,
						(call.together() == 1) ? goal("at most 2.5 times the echo", best <= CallUse.GOAL * echo)
								: goal("at least 60,000 a second", 1e9 / best >= CallUse.RATE_GOAL));
			});
		}
	}

	private static double middle(List<Double> sorted) {
		return sorted.get(sorted.size() / 2);
	}

	private void heap(List<HeapUse> heaps) {
		if (!heaps.isEmpty()) {
			title("Heap of a handlespace, in a process with a heap of 1 GB",
					"| Elements / pools | Policy | MB | Octets for an element | Goal |\n|---|---|---|---|---|");
			heaps.forEach((heap) -> line("| %,d / %,d | %s | %.1f | %.0f | %s |", heap.elements(), heap.pools(),
					heap.policy(), heap.octets() / 1e6, heap.octetsPerElement(),
					goal("at most 700 octets", heap.octetsPerElement() <= HeapUse.GOAL)));
		}
	}

	private static String goal(String goal, boolean reached) {
		return goal + (reached ? ": reached" : ": **missed**");
	}

	private static String nanos(RunResult result) {
		return nanos(best(result)) + " | " + nanos(median(result));
	}

	private static String nanos(double value) {
		return number((value < 10) ? "%,.1f" : "%,.0f", value);
	}

	private static double best(RunResult result) {
		return result.getPrimaryResult().getStatistics().getMin();
	}

	private static double median(RunResult result) {
		return result.getPrimaryResult().getStatistics().getPercentile(50);
	}

	private static double allocated(RunResult result) {
		Result<?> allocated = result.getSecondaryResults().get(ALLOCATION);
		return (allocated != null) ? allocated.getScore() : Double.NaN;
	}

	private static String operation(RunResult result) {
		String name = result.getParams().getBenchmark();
		return name.substring(name.lastIndexOf('.') + 1);
	}

	private static String parameter(RunResult result, String name) {
		return result.getParams().getParam(name);
	}

	private static String number(String format, double value) {
		return String.format(Locale.ROOT, format, value);
	}

	private void line(String format, @Nullable Object... arguments) {
		this.text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
	}

	/**
	 * Appends a row for a result.
	 */
	private interface Row {

		void append(RunResult result);

	}

}
