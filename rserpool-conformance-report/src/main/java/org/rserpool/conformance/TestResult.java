package org.rserpool.conformance;

/**
 * How a test ended that names a statement.
 *
 * @param statement the number of the statement
 * @param test the test: the full name of the class, {@code #}, and the method
 * @param outcome {@code passed}, {@code failed} or {@code skipped}
 */
record TestResult(String statement, String test, String outcome) {

	boolean passed() {
		return this.outcome.equals("passed");
	}

	boolean failed() {
		return this.outcome.equals("failed");
	}

	String shortName() {
		return this.test.substring(this.test.lastIndexOf('.', this.test.indexOf('#')) + 1).replace('#', '.');
	}

}
