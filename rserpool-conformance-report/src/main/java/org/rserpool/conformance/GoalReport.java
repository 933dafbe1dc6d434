package org.rserpool.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Judges whether each goal is proved, and writes what proves it as a document. The same
 * results make the same document.
 */
final class GoalReport {

	private static final String INTRODUCTION = """
			# Goals

			What the project promises beyond the RFCs, and what proves it: tests, which are named with how they ended when this file
			was written, and measurements. A test names its goal by `@Goal("G5")`. Tests are about behaviour: they count calls, or play
			on a virtual clock. What depends on the machine is measured, and never fails a build.

			`./mvnw verify` writes this file, and fails if the test of a goal failed. The measurements are those of

			    ./mvnw -Pbenchmarks -pl rserpool-benchmarks -am -DskipTests -Djacoco.skip=true verify -Dbenchmarks=Goal -Dgoals=$PWD/docs/goals.tsv

			which starts registrars, pool elements and pool users as separate processes, kills, stops and restarts some of them, takes about
			five minutes, and says how long each part took. [benchmarks.md](benchmarks.md) has the cost of a call, and calls a second.
			""";

	private static final String EXPLANATION = """

			On a machine that is busy with other things, all times are too long.

			- G4: an element that leaves waits for nothing but the answer of its registrar, its calls in progress, and its users, who end
			  their associations. What else it takes is code that the process runs for the first time.
			- G11: the median is that of calls which come after a pause, as a first call does. A call at once after another finds all threads
			  awake, of both processes; the echo, which has none of this project's code but its measurement, shows the same difference.
			  Without preparation, a first call waits for three answers, one after the other: that of the registrar, that of the element's
			  kernel to the connection, and its own; which is as many as are asked for. One that is not idempotent waits for the element's
			  greeting, too: until then it surely was not begun, so that it is made elsewhere if the element is gone. Between processes of one
			  machine that makes no difference, as the greeting is sent while the caller is busy; where the way is long, it makes one
			  answer more. Preparation leaves only the last answer. All this is measured in a process that has made thousands of first
			  calls, so that their code is as optimised as that of later ones. Where a process has made no call at all, most of its first
			  one is the loading of code.
			""";

	private final Goals goals;

	private final List<TestResult> results;

	private final List<Measurement> measurements;

	GoalReport(Goals goals, List<TestResult> results, List<Measurement> measurements) {
		this.goals = goals;
		this.results = results.stream()
			.filter(Goals::isNamedBy)
			.sorted(Comparator.comparing(TestResult::test))
			.distinct()
			.toList();
		this.measurements = measurements;
	}

	/**
	 * Return what is wrong.
	 * @return a sentence for each problem; empty if every goal has a passed test and no
	 * failed one, and those about what is generated ahead of time a test that passed so
	 */
	List<String> problems() {
		List<String> problems = new ArrayList<>();
		Stream
			.concat(this.results.stream().map(TestResult::statement), this.measurements.stream().map(Measurement::goal))
			.distinct()
			.filter((number) -> !this.goals.goals().containsKey(number))
			.forEach((number) -> problems
				.add("%s is named by a test or a measurement, but there is no such goal".formatted(number)));
		this.goals.goals().forEach((number, text) -> {
			List<TestResult> tests = tests(number);
			tests.stream()
				.filter(TestResult::failed)
				.forEach((test) -> problems.add("%s is not proved: %s failed".formatted(number, test.described())));
			if (tests.stream().noneMatch((test) -> test.passed() || test.failed())) {
				problems.add("%s (%s) has no test that ran".formatted(number, text));
			}
			else if (Goals.isAboutAheadOfTime(number)
					&& tests.stream().noneMatch((test) -> test.aheadOfTime() && test.passed())) {
				problems.add("%s (%s) has no test that passed ahead of time".formatted(number, text));
			}
		});
		return problems;
	}

	/**
	 * Write the document.
	 * @param circumstances where and when the measurements were made
	 * @return the document
	 */
	String markdown(List<String> circumstances) {
		StringBuilder text = new StringBuilder(INTRODUCTION).append("\n## What proves them\n\n");
		row(text, "Number", "Goal", "Proof");
		row(text, "---", "---", "---");
		this.goals.goals().forEach((number, goal) -> row(text, number, goal, String.join("<br>", proofs(number))));
		if (!this.measurements.isEmpty()) {
			text.append("\n## What was measured\n\n");
			circumstances.forEach((line) -> text.append(line).append("  \n"));
			text.append('\n');
			row(text, "Goal", "What", "Measured", "Asked for", "");
			row(text, "---", "---", "---", "---", "---");
			this.measurements
				.forEach((measurement) -> row(text, measurement.goal(), measurement.subject(), measurement.value(),
						measurement.bound(), measurement.missed() ? "**missed**" : measurement.outcome()));
			text.append(EXPLANATION);
		}
		return text.toString();
	}

	private List<TestResult> tests(String number) {
		return this.results.stream().filter((result) -> result.statement().equals(number)).toList();
	}

	private List<String> proofs(String number) {
		List<String> proofs = new ArrayList<>(TestResult.cells(tests(number)));
		List<Measurement> measured = this.measurements.stream()
			.filter((measurement) -> measurement.goal().equals(number))
			.toList();
		if (!measured.isEmpty()) {
			long missed = measured.stream().filter(Measurement::missed).count();
			proofs.add((missed == 0) ? "measured" : "measured: **%d missed**".formatted(missed));
		}
		return proofs.isEmpty() ? List.of("**none**") : proofs;
	}

	private static void row(StringBuilder text, String... cells) {
		text.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

}
