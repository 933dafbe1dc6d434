package org.rserpool.conformance;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Writes the tables of conformance and of goals from what the tests of all modules
 * recorded, and judges them. The module comes last in a build of the whole project.
 */
class ConformanceTests {

	private static final Path PROJECT = Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

	@Test
	void everyStatementIsProvedOrDoesNotApply() throws Exception {
		Catalogue catalogue = Catalogue.load();
		ConformanceReport report = new ConformanceReport(catalogue,
				TestRecords.read(PROJECT).stream().filter((result) -> !Goals.isNamedBy(result)).toList(),
				Scenarios.read(PROJECT.resolve("interop/scenarios")));
		Files.writeString(PROJECT.resolve("docs/conformance.md"), new ConformanceTable(catalogue, report).markdown());
		assertThat(report.problems()).as("What is wrong with docs/conformance.md").isEmpty();
	}

	@Test
	void everyGoalIsProved() throws Exception {
		Path measured = PROJECT.resolve("docs/goals.tsv");
		GoalReport report = new GoalReport(Goals.load(), TestRecords.read(PROJECT), Measurement.read(measured));
		Files.writeString(PROJECT.resolve("docs/goals.md"), report.markdown(Measurement.circumstances(measured)));
		assertThat(report.problems()).as("What is wrong with docs/goals.md").isEmpty();
	}

}
