package org.rserpool.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was measured for a goal.
 *
 * @param goal its number
 * @param subject what was measured
 * @param value what came out
 * @param bound what is asked for; empty if nothing is
 * @param outcome {@code reached} or {@code missed}; empty if nothing is asked for
 */
record GoalUse(String goal, String subject, String value, String bound, String outcome) {

	static final String NAME = "GoalBenchmarks";

	static GoalUse atMost(String goal, String subject, double millis, double bound) {
		return new GoalUse(goal, subject, millis(millis), "at most " + millis(bound),
				(millis <= bound) ? "reached" : "missed");
	}

	static GoalUse none(String goal, String subject, long count, long of) {
		return new GoalUse(goal, subject, String.format(Locale.ROOT, "%,d of %,d", count, of), "0",
				(count == 0) ? "reached" : "missed");
	}

	static GoalUse beside(String goal, String subject, String value) {
		return new GoalUse(goal, subject, value, "", "");
	}

	static String millis(double millis) {
		return String.format(Locale.ROOT, (millis < 10) ? "%,.2f ms" : "%,.0f ms", millis);
	}

	static void write(List<GoalUse> measured, Path file) throws IOException {
		List<String> lines = new ArrayList<>();
		for (String row : Machine.describe().split("\n")) {
			String[] cells = row.split("\\|");
			if (cells.length > 2 && !cells[2].isBlank() && !cells[1].contains("---")) {
				lines.add("# " + cells[1].strip() + ": " + cells[2].strip());
			}
		}
		measured.forEach((each) -> lines
			.add(String.join("\t", each.goal(), each.subject(), each.value(), each.bound(), each.outcome())));
		Files.createDirectories(file.toAbsolutePath().getParent());
		Files.write(file, lines, StandardCharsets.UTF_8);
	}

}
