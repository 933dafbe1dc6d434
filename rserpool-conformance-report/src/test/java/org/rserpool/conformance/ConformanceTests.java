package org.rserpool.conformance;

import java.nio.file.Files;
import java.nio.file.Path;

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
		assertThat(report.problems()).as("What is wrong with docs/conformance.md").isEmpty();
	}

}
