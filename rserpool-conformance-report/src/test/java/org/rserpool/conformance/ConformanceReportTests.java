package org.rserpool.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ConformanceReportTests {

	private static final List<String> STATEMENTS = List.of("[C All roles]",
			"C1 | MUST | RFC 5354, section 2 | All fields are big-endian",
			"C2 | MAY | RFC 5354, section 3 | Something may be done");

	private static final TestResult C1_PASSED = new TestResult("C1", "org.rserpool.wire.SomeTests#one", "passed");

	private static final TestResult C2_PASSED = new TestResult("C2", "org.rserpool.wire.SomeTests#two", "passed");

	@Test
	void everythingProvedIsNoProblem() {
		assertThat(problems(List.of(), C1_PASSED, C2_PASSED)).isEmpty();
	}

	@Test
	void aReasonStandsForATest() {
		assertThat(problems(List.of("C2 | nobody asks for it"), C1_PASSED)).isEmpty();
	}

	@Test
	void aLostTestIsAProblem() {
		assertThat(problems(List.of(), C2_PASSED)).containsExactly(
				"C1 (MUST: All fields are big-endian) has neither a test nor a reason why it does not apply");
	}

	@Test
	void aLostTestOfAnOptionalStatementIsAProblem() {
		assertThat(problems(List.of(), C1_PASSED))
			.containsExactly("C2 (MAY: Something may be done) has neither a test nor a reason why it does not apply");
	}

	@Test
	void aSkippedTestProvesNothing() {
		assertThat(problems(List.of(), new TestResult("C1", "org.rserpool.wire.SomeTests#one", "skipped"), C2_PASSED))
			.containsExactly("C1 (MUST: All fields are big-endian) has only tests that were skipped: SomeTests.one");
	}

	@Test
	void aSkippedTestBesideAPassedOneIsNoProblem() {
		assertThat(problems(List.of(), new TestResult("C1", "org.rserpool.wire.SomeTests#other", "skipped"), C1_PASSED,
				C2_PASSED))
			.isEmpty();
	}

	@Test
	void aFailedTestIsAProblemBesideAPassedOne() {
		assertThat(problems(List.of(), new TestResult("C1", "org.rserpool.wire.SomeTests#other", "failed"), C1_PASSED,
				C2_PASSED))
			.containsExactly("C1 is not proved: SomeTests.other failed");
	}

	@Test
	void anUnknownStatementIsAProblem() {
		assertThat(problems(List.of(), C1_PASSED, C2_PASSED,
				new TestResult("C3", "org.rserpool.wire.SomeTests#three", "passed")))
			.containsExactly("C3 is named by SomeTests.three, but the catalogue has no such statement");
	}

	@Test
	void aReasonForAnUnknownStatementIsAProblem() {
		assertThat(problems(List.of("C3 | there is none"), C1_PASSED, C2_PASSED))
			.containsExactly("C3 is said not to apply, but the catalogue has no such statement");
	}

	@Test
	void aReasonBesideATestIsAProblem() {
		assertThat(problems(List.of("C2 | nobody asks for it"), C1_PASSED, C2_PASSED))
			.containsExactly("C2 is said not to apply, but is named by SomeTests.two");
	}

	@Test
	void theTableSaysWhatProvesEachStatement() {
		Catalogue catalogue = Catalogue.parse(STATEMENTS, List.of("C2 | nobody asks for it"));
		String table = new ConformanceTable(catalogue, new ConformanceReport(catalogue, List.of(C1_PASSED), Map.of()))
			.markdown();
		assertThat(table).contains("| MUST | 1 | 1 | 0 | 0 | 0 |", "| MAY | 1 | 0 | 0 | 1 | 0 |",
				"| all | 2 | 1 | 0 | 1 | 0 |", "## All roles",
				"| C1 | MUST | RFC 5354, section 2 | All fields are big-endian | proved | `SomeTests.one` passed |",
				"| C2 | MAY | RFC 5354, section 3 | Something may be done | not applicable | nobody asks for it |");
	}

	@Test
	void theTableShowsWhatIsNotProved() {
		Catalogue catalogue = Catalogue.parse(STATEMENTS, List.of());
		TestResult failed = new TestResult("C1", "org.rserpool.wire.SomeTests#one", "failed");
		String table = new ConformanceTable(catalogue, new ConformanceReport(catalogue, List.of(failed), Map.of()))
			.markdown();
		assertThat(table).contains("| all | 2 | 0 | 0 | 0 | 2 |", "| failed | `SomeTests.one` failed |",
				"| not proved |  |");
	}

	@Test
	void theTableDoesNotDependOnTheOrderOfTheRecords() {
		Catalogue catalogue = Catalogue.parse(STATEMENTS, List.of());
		TestResult other = new TestResult("C1", "org.rserpool.wire.SomeTests#other", "passed");
		assertThat(new ConformanceTable(catalogue,
				new ConformanceReport(catalogue, List.of(C1_PASSED, other, C2_PASSED), Map.of()))
			.markdown())
			.isEqualTo(new ConformanceTable(catalogue,
					new ConformanceReport(catalogue, List.of(C2_PASSED, other, C1_PASSED), Map.of()))
				.markdown());
	}

	@Test
	void aScenarioStandsForATestThatNeedsSctp() {
		Catalogue catalogue = Catalogue.parse(STATEMENTS, List.of());
		ConformanceReport report = new ConformanceReport(catalogue, List.of(C1_PASSED),
				Map.of("C2", List.of("4-join", "7-L1")));
		assertThat(report.problems()).isEmpty();
		assertThat(new ConformanceTable(catalogue, report).markdown()).contains("| all | 2 | 1 | 1 | 0 | 0 |",
				"| Something may be done | proved over SCTP | `interop/run 4-join 7-L1` |");
	}

	@Test
	void aScenarioBesideAReasonAndOneForAnUnknownStatementAreProblems() {
		Catalogue catalogue = Catalogue.parse(STATEMENTS, List.of("C2 | nobody asks for it"));
		assertThat(new ConformanceReport(catalogue, List.of(C1_PASSED),
				Map.of("C2", List.of("7-L1"), "C3", List.of("7-L1")))
			.problems()).containsExactly("C2 is said not to apply, but is shown by the scenarios [7-L1]",
					"C3 is named by the scenarios [7-L1], but the catalogue has no such statement");
	}

	@Test
	void scenariosSayWhatTheyProve(@TempDir Path directory) throws Exception {
		Files.writeString(directory.resolve("7-L1"), "# net 4 1\n# what it shows\n# proves C1 C2\nscenario() { :; }\n");
		Files.writeString(directory.resolve("4-join"), "# net 4 1\n# proves C2\n");
		Files.writeString(directory.resolve("5-other"), "# net 4 1\n");
		assertThat(Scenarios.read(directory)).isEqualTo(Map.of("C1", List.of("7-L1"), "C2", List.of("4-join", "7-L1")));
	}

	private static List<String> problems(List<String> reasons, TestResult... results) {
		return new ConformanceReport(Catalogue.parse(STATEMENTS, reasons), List.of(results), Map.of()).problems();
	}

}
