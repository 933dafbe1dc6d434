package org.rserpool.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The goals of the project, in their order, by number.
 *
 * @param goals what each goal says
 */
record Goals(Map<String, String> goals) {

	private static final Set<String> AHEAD_OF_TIME = Set.of("G15", "G17");

	/**
	 * Read the goals of this project.
	 * @return the goals
	 */
	static Goals load() {
		return parse(Catalogue.lines("goals.txt"));
	}

	/**
	 * Read goals.
	 * @param lines a line for each goal: number and text, separated by {@code |};
	 * comments after {@code #}
	 * @return the goals
	 * @throws IllegalArgumentException if a line is not of this form, or a number stands
	 * twice
	 */
	static Goals parse(List<String> lines) {
		Map<String, String> goals = new LinkedHashMap<>();
		for (String line : Catalogue.content(lines)) {
			String[] fields = Catalogue.fields(line, 2);
			Catalogue.putOnce(goals, fields[0], fields[1]);
		}
		return new Goals(goals);
	}

	/**
	 * Return whether a goal is about applications that are generated ahead of time, too.
	 * @param number the number of a goal
	 * @return whether one of its tests has to pass in that mode
	 */
	static boolean isAboutAheadOfTime(String number) {
		return AHEAD_OF_TIME.contains(number);
	}

	/**
	 * Return whether a number is one of a goal, known or not.
	 * @param result the result of a test
	 * @return whether the test names a goal
	 */
	static boolean isNamedBy(TestResult result) {
		return result.statement().matches("G[0-9]+");
	}

}
