package org.rserpool.conformance;

import java.util.List;

import org.rserpool.conformance.ConformanceReport.State;

/**
 * Writes the report as a document. The same results make the same document.
 */
final class ConformanceTable {

	private static final String INTRODUCTION = """
			# Conformance to RFC 5352 to 5356

			Each line of the tables is one statement of the RFCs in short words, the tests that prove it, and how they ended when this
			file was written. A test names its statements by `@Conformance("PE17")`; so you find it, and what it does, by its name.
			DERIVED statements follow from a format or a procedure without one of the keywords of RFC 2119.

			`./mvnw verify` writes this file, and fails if a statement has neither a passed test nor a reason why it does not apply, if
			it has both, or if a test names a statement that is unknown. Statements that need the kernel's SCTP are proved by scenarios of
			`interop/run`, which say so (`# proves C29`), where there is no test of the build. Reasons stand in
			`rserpool-conformance-report/src/main/resources/org/rserpool/conformance/not-applicable.txt`, the statements beside it.
			""";

	private final Catalogue catalogue;

	private final ConformanceReport report;

	ConformanceTable(Catalogue catalogue, ConformanceReport report) {
		this.catalogue = catalogue;
		this.report = report;
	}

	String markdown() {
		StringBuilder text = new StringBuilder(INTRODUCTION);
		summarize(text);
		String group = "";
		for (Statement statement : this.catalogue.statements().values()) {
			if (!statement.group().equals(group)) {
				group = statement.group();
				text.append("\n## ").append(group).append("\n\n");
				row(text, "Number", "Level", "Section", "Statement", "State", "Proof, or reason");
				row(text, "---", "---", "---", "---", "---", "---");
			}
			row(text, statement.number(), statement.level().name(), statement.section(), statement.text(),
					this.report.state(statement).toString(), proof(statement));
		}
		return text.toString();
	}

	private void summarize(StringBuilder text) {
		text.append("\n## Summary\n\n");
		row(text, "Level", "Statements", "Proved", "Proved over SCTP", "Not applicable", "Not proved");
		row(text, "---", "---:", "---:", "---:", "---:", "---:");
		for (Level level : Level.values()) {
			summarize(text, level.name(),
					this.catalogue.statements()
						.values()
						.stream()
						.filter((statement) -> statement.level() == level)
						.toList());
		}
		summarize(text, "all", List.copyOf(this.catalogue.statements().values()));
	}

	private void summarize(StringBuilder text, String name, List<Statement> statements) {
		long proved = count(statements, State.PROVED);
		long shown = count(statements, State.SHOWN);
		long notApplicable = count(statements, State.NOT_APPLICABLE);
		row(text, name, Integer.toString(statements.size()), Long.toString(proved), Long.toString(shown),
				Long.toString(notApplicable), Long.toString(statements.size() - proved - shown - notApplicable));
	}

	private long count(List<Statement> statements, State state) {
		return statements.stream().filter((statement) -> this.report.state(statement) == state).count();
	}

	private String proof(Statement statement) {
		List<TestResult> tests = this.report.tests(statement);
		List<String> scenarios = this.report.scenarios(statement);
		if (tests.isEmpty() && !scenarios.isEmpty()) {
			return "`interop/run " + String.join(" ", scenarios) + "`";
		}
		if (tests.isEmpty()) {
			return this.catalogue.reasons().getOrDefault(statement.number(), "");
		}
		return String.join("<br>", TestResult.cells(tests));
	}

	private static void row(StringBuilder text, String... cells) {
		text.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

}
