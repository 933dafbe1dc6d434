package org.rserpool.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes the conformance table from what the tests of all modules recorded, and judges
 * it. The module comes last in a build of the whole project.
 */
class ConformanceTests {

	private static final Path PROJECT = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

	@Test
	void everyStatementIsProvedOrDoesNotApply() throws Exception {
		Catalogue catalogue = Catalogue.load();
		ConformanceReport report = new ConformanceReport(catalogue, TestRecords.read(PROJECT));
		Files.writeString(PROJECT.resolve("docs/conformance.md"), new ConformanceTable(catalogue, report).markdown());
		List<String> problems = report.problems()
			.stream()
			.filter((problem) -> !problem.endsWith("has neither a test nor a reason why it does not apply"))
			.toList();
		assertThat(problems).isEmpty();
	}

}
