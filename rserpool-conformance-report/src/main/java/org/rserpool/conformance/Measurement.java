package org.rserpool.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What was measured for a goal by the clock on the wall.
 *
 * @param goal the number of the goal
 * @param subject what was measured
 * @param value what came out
 * @param bound what the goal asks for; empty where it asks for nothing
 * @param outcome {@code reached} or {@code missed}; empty where nothing is asked for
 */
record Measurement(String goal, String subject, String value, String bound, String outcome) {

	/**
	 * Read the measurements that the module rserpool-benchmarks wrote.
	 * @param file a line for each, with tab characters between its fields; lines that
	 * begin with {@code #} are comments
	 * @return the measurements in their order; none if there is no such file
	 * @throws IOException if the file cannot be read
	 */
	static List<Measurement> read(Path file) throws IOException {
		if (!Files.exists(file)) {
			return List.of();
		}
		// A line may end with fields that are empty.
		return Files.readAllLines(file)
			.stream()
			.filter((line) -> !line.isBlank() && !line.startsWith("#"))
			.map((line) -> parse(file, line))
			.toList();
	}

	/**
	 * Read what describes the machine that measured.
	 * @param file the file with the measurements
	 * @return the comments of the file
	 * @throws IOException if the file cannot be read
	 */
	static List<String> circumstances(Path file) throws IOException {
		if (!Files.exists(file)) {
			return List.of();
		}
		return Files.readAllLines(file)
			.stream()
			.filter((line) -> line.startsWith("# "))
			.map((line) -> line.substring(2))
			.toList();
	}

	boolean missed() {
		return this.outcome.equals("missed");
	}

	private static Measurement parse(Path file, String line) {
		String[] fields = line.split("\t", -1);
		if (fields.length != 5 || !fields[4].matches("|reached|missed")) {
			throw new IllegalArgumentException(
					"The file %s has a line that is no measurement: %s".formatted(file, line));
		}
		return new Measurement(fields[0], fields[1], fields[2], fields[3], fields[4]);
	}

}
