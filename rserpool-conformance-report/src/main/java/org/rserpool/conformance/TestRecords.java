package org.rserpool.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads what the tests of the modules recorded.
 */
final class TestRecords {

	private static final Path RECORD = Path.of("target", "conformance.tsv");

	private static final String AHEAD_OF_TIME = "aot";

	private static final Set<String> MODES = Set.of("jvm", AHEAD_OF_TIME);

	private static final int DEPTH_OF_MODULES = 2;

	private TestRecords() {
	}

	/**
	 * Read the records of all modules.
	 * @param project the directory of the project
	 * @return how each test ended
	 * @throws IOException if a record cannot be read
	 */
	static List<TestResult> read(Path project) throws IOException {
		List<TestResult> results = new ArrayList<>();
		for (Path module : modules(project)) {
			Path record = module.resolve(RECORD);
			if (Files.exists(record)) {
				for (String line : Files.readAllLines(record)) {
					results.add(parse(record, line));
				}
			}
		}
		return results;
	}

	private static List<Path> modules(Path project) throws IOException {
		try (Stream<Path> files = Files.find(project, DEPTH_OF_MODULES + 1,
				(file, attributes) -> file.endsWith("pom.xml"))) {
			return files.map(Path::getParent).sorted().toList();
		}
	}

	private static TestResult parse(Path record, String line) {
		String[] fields = line.split("\t");
		if (fields.length != 4 || !MODES.contains(fields[3])) {
			throw new IllegalArgumentException("The record %s has a line that is none: %s".formatted(record, line));
		}
		return new TestResult(fields[0], fields[1], fields[2], fields[3].equals(AHEAD_OF_TIME));
	}

}
