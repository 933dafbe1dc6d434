package org.rserpool.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which scenarios of {@code interop/run} show statements that need the kernel's SCTP, as
 * each says in a line of its own: {@code # proves C29 PE1}.
 */
final class Scenarios {

	private static final String PROVES = "# proves ";

	private Scenarios() {
	}

	/**
	 * Read the scenarios.
	 * @param directory where they are, a file for each
	 * @return the names of scenarios, in order, by the number of the statement
	 */
	static Map<String, List<String>> read(Path directory) {
		Map<String, List<String>> scenarios = new TreeMap<>();
		try (Stream<Path> files = Files.list(directory)) {
			for (Path file : files.sorted(Comparator.comparing(Path::getFileName)).toList()) {
				Files.readAllLines(file)
					.stream()
					.filter((line) -> line.startsWith(PROVES))
					.flatMap((line) -> Stream.of(line.substring(PROVES.length()).strip().split(" +")))
					.forEach((number) -> scenarios.computeIfAbsent(number, (key) -> new ArrayList<>())
						.add(file.getFileName().toString()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The scenarios in %s cannot be read".formatted(directory), ex);
		}
		return scenarios;
	}

}
