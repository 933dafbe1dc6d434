package org.rserpool.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a test ended that names a statement.
 *
 * @param statement the number of the statement
 * @param test the test: the full name of the class, {@code #}, and the method
 * @param outcome {@code passed}, {@code failed} or {@code skipped}
 * @param aheadOfTime whether it ran with what was generated ahead of time
 */
record TestResult(String statement, String test, String outcome, boolean aheadOfTime) {

	TestResult(String statement, String test, String outcome) {
		this(statement, test, outcome, false);
	}

	boolean passed() {
		return this.outcome.equals("passed");
	}

	boolean failed() {
		return this.outcome.equals("failed");
	}

	String shortName() {
		return this.test.substring(this.test.lastIndexOf('.', this.test.indexOf('#')) + 1).replace('#', '.');
	}

	/**
	 * Return the test with how it ended, for readers.
	 * @return the name of class and method, and if it ran ahead of time, that too
	 */
	String described() {
		return shortName() + (this.aheadOfTime ? " (ahead of time)" : "");
	}

	/**
	 * Write results for a table.
	 * @param results results of one statement
	 * @return a text for each test, with how it ended as usual and ahead of time
	 */
	static List<String> cells(List<TestResult> results) {
		Map<String, List<TestResult>> tests = new LinkedHashMap<>();
		results.forEach((result) -> tests.computeIfAbsent(result.shortName(), (name) -> new ArrayList<>()).add(result));
		return tests.values().stream().map(TestResult::cell).toList();
	}

	private static String cell(List<TestResult> modes) {
		List<String> outcomes = modes.stream()
			.map((result) -> result.aheadOfTime() ? result.outcome() + " ahead of time" : result.outcome())
			.sorted((left, right) -> Integer.compare(left.length(), right.length()))
			.toList();
		return "`%s` %s".formatted(modes.get(0).shortName(), String.join(", ", outcomes));
	}

}
