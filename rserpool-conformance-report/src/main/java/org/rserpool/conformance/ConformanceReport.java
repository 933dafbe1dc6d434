package org.rserpool.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges whether each statement is proved.
 */
final class ConformanceReport {

	private final Catalogue catalogue;

	private final Map<String, List<TestResult>> results = new TreeMap<>();

	private final Map<String, List<String>> scenarios;

	ConformanceReport(Catalogue catalogue, List<TestResult> results, Map<String, List<String>> scenarios) {
		this.catalogue = catalogue;
		this.scenarios = scenarios;
		results.stream()
			.sorted(Comparator.comparing(TestResult::test))
			.distinct()
			.forEach((result) -> this.results.computeIfAbsent(result.statement(), (number) -> new ArrayList<>())
				.add(result));
	}

	/**
	 * Return what is wrong.
	 * @return a sentence for each problem; empty if every statement has a passed test, a
	 * scenario, or a reason why it does not apply
	 */
	List<String> problems() {
		List<String> problems = new ArrayList<>();
		this.catalogue.statements().values().forEach((statement) -> judge(statement, problems));
		this.catalogue.reasons()
			.keySet()
			.stream()
			.filter(this::isUnknown)
			.forEach((number) -> problems
				.add("%s is said not to apply, but the catalogue has no such statement".formatted(number)));
		this.results.forEach((number, tests) -> {
			if (isUnknown(number)) {
				problems
					.add("%s is named by %s, but the catalogue has no such statement".formatted(number, names(tests)));
			}
		});
		this.scenarios.forEach((number, names) -> {
			if (isUnknown(number)) {
				problems.add("%s is named by the scenarios %s, but the catalogue has no such statement"
					.formatted(number, names));
			}
		});
		return problems;
	}

	/**
	 * Return how a statement stands.
	 * @param statement a statement of the catalogue
	 * @return its state
	 */
	State state(Statement statement) {
		List<TestResult> tests = tests(statement);
		if (tests.stream().anyMatch(TestResult::failed)) {
			return State.FAILED;
		}
		if (tests.stream().anyMatch(TestResult::passed)) {
			return State.PROVED;
		}
		if (!scenarios(statement).isEmpty()) {
			return State.SHOWN;
		}
		return this.catalogue.reasons().containsKey(statement.number()) ? State.NOT_APPLICABLE : State.NOT_PROVED;
	}

	List<TestResult> tests(Statement statement) {
		return this.results.getOrDefault(statement.number(), List.of());
	}

	List<String> scenarios(Statement statement) {
		return this.scenarios.getOrDefault(statement.number(), List.of());
	}

	private void judge(Statement statement, List<String> problems) {
		String number = statement.number();
		List<TestResult> tests = tests(statement);
		boolean excused = this.catalogue.reasons().containsKey(number);
		boolean shown = !scenarios(statement).isEmpty();
		if (excused && !tests.isEmpty()) {
			problems.add("%s is said not to apply, but is named by %s".formatted(number, names(tests)));
		}
		if (excused && shown) {
			problems.add("%s is said not to apply, but is shown by the scenarios %s".formatted(number,
					scenarios(statement)));
		}
		tests.stream()
			.filter(TestResult::failed)
			.forEach((test) -> problems.add("%s is not proved: %s failed".formatted(number, test.described())));
		if (!excused && !shown && tests.isEmpty()) {
			problems.add("%s (%s: %s) has neither a test nor a reason why it does not apply".formatted(number,
					statement.level(), statement.text()));
		}
		else if (!excused && !shown && tests.stream().noneMatch((test) -> test.passed() || test.failed())) {
			problems.add("%s (%s: %s) has only tests that were skipped: %s".formatted(number, statement.level(),
					statement.text(), names(tests)));
		}
	}

	private boolean isUnknown(String number) {
		return !this.catalogue.statements().containsKey(number);
	}

	private static String names(List<TestResult> tests) {
		return String.join(", ", tests.stream().map(TestResult::shortName).distinct().toList());
	}

	/** How a statement stands. */
	enum State {

		PROVED("proved"), SHOWN("proved over SCTP"), NOT_APPLICABLE("not applicable"), NOT_PROVED("not proved"),
		FAILED("failed");

		private final String text;

		State(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

}
