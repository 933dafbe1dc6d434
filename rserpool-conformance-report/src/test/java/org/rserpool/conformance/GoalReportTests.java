package org.rserpool.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GoalReportTests {

	private static final Goals GOALS = Goals.parse(List.of("# two", "G1 | Nothing fails", "G2 | It is quick"));

	private static final TestResult G1_PASSED = new TestResult("G1", "org.rserpool.SomeTests#one", "passed");

	private static final TestResult G2_PASSED = new TestResult("G2", "org.rserpool.SomeTests#two", "passed");

	@Test
	void holdsAllGoals() {
		assertThat(Goals.load().goals()).hasSize(20).containsKeys("G1", "G20");
	}

	@Test
	void goalsWithPassedTestsAreNoProblem() {
		assertThat(problems(List.of(G1_PASSED, G2_PASSED, new TestResult("C1", "org.rserpool.ATests#x", "failed"))))
			.isEmpty();
	}

	@Test
	void aGoalWithoutATestIsAProblem() {
		assertThat(problems(List.of(G1_PASSED))).containsExactly("G2 (It is quick) has no test that ran");
	}

	@Test
	void aGoalWhoseTestsWereSkippedIsAProblem() {
		assertThat(problems(List.of(G1_PASSED, new TestResult("G2", "org.rserpool.SomeTests#two", "skipped"))))
			.containsExactly("G2 (It is quick) has no test that ran");
	}

	@Test
	void aFailedTestIsAProblemBesideAPassedOne() {
		assertThat(
				problems(List.of(G1_PASSED, G2_PASSED, new TestResult("G1", "org.rserpool.SomeTests#three", "failed"))))
			.containsExactly("G1 is not proved: SomeTests.three failed");
	}

	@Test
	void aGoalAboutAheadOfTimeNeedsATestThatPassedSo() {
		Goals goals = Goals.parse(List.of("G17 | Also ahead of time"));
		TestResult usual = new TestResult("G17", "org.rserpool.SomeTests#one", "passed");
		TestResult ahead = new TestResult("G17", "org.rserpool.SomeTests#one", "passed", true);
		TestResult failed = new TestResult("G17", "org.rserpool.SomeTests#two", "failed", true);
		assertThat(new GoalReport(goals, List.of(usual), List.of()).problems())
			.containsExactly("G17 (Also ahead of time) has no test that passed ahead of time");
		assertThat(new GoalReport(goals, List.of(usual, ahead), List.of()).problems()).isEmpty();
		assertThat(new GoalReport(goals, List.of(usual, ahead, failed), List.of()).problems())
			.containsExactly("G17 is not proved: SomeTests.two (ahead of time) failed");
		assertThat(new GoalReport(goals, List.of(ahead, failed, usual), List.of()).markdown(List.of())).contains(
				"| G17 | Also ahead of time | `SomeTests.one` passed, passed ahead of time<br>`SomeTests.two` failed ahead of time |");
	}

	@Test
	void anUnknownGoalIsAProblem() {
		assertThat(
				problems(List.of(G1_PASSED, G2_PASSED, new TestResult("G3", "org.rserpool.SomeTests#one", "passed"))))
			.containsExactly("G3 is named by a test or a measurement, but there is no such goal");
	}

	@Test
	void theDocumentNamesTestsAndMeasurements(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("goals.tsv");
		Files.writeString(file,
				"# Machine: one with two cores\nG1\tfailed calls\t0 of 100\t0\treached\nG2\ttime\t9 ms\tat most 8 ms\tmissed\n");
		String text = new GoalReport(GOALS, List.of(G1_PASSED), Measurement.read(file))
			.markdown(Measurement.circumstances(file));
		assertThat(text).contains("| G1 | Nothing fails | `SomeTests.one` passed<br>measured |",
				"| G2 | It is quick | measured: **1 missed** |", "Machine: one with two cores",
				"| G1 | failed calls | 0 of 100 | 0 | reached |", "| G2 | time | 9 ms | at most 8 ms | **missed** |");
	}

	@Test
	void aMeasurementMayAskForNothing(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("goals.tsv");
		Files.writeString(file, "G1\tcalls that failed over\t19\t\t\n");
		assertThat(Measurement.read(file))
			.containsExactly(new Measurement("G1", "calls that failed over", "19", "", ""));
	}

	@Test
	void aDamagedMeasurementIsAnErrorThatNamesIt(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("goals.tsv");
		Files.writeString(file, "G1\tfailed calls\t0\n");
		assertThatIllegalArgumentException().isThrownBy(() -> Measurement.read(file))
			.withMessageContaining("goals.tsv")
			.withMessageContaining("failed calls");
	}

	@Test
	void thereMayBeNoMeasurements(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("goals.tsv");
		assertThat(Measurement.read(file)).isEmpty();
		assertThat(new GoalReport(GOALS, List.of(), List.of()).markdown(Measurement.circumstances(file)))
			.contains("| G1 | Nothing fails | **none** |")
			.doesNotContain("What was measured");
	}

	private static List<String> problems(List<TestResult> results) {
		return new GoalReport(GOALS, results, List.of()).problems();
	}

}
