package org.rserpool.benchmarks;

import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What to run.
 *
 * @param benchmarks part of the names of the benchmarks to run, as a regular expression
 * @param forks in how many processes each is measured
 * @param iterations how often each is measured in a process
 * @param table where the table goes
 * @param goals where goes what was measured for goals
 */
record Arguments(String benchmarks, int forks, int iterations, Path table, Path goals) {

	static Arguments parse(String[] args) {
		String benchmarks = "";
		int forks = 1;
		int iterations = 3;
		Path table = Path.of("benchmarks.md");
		Path goals = Path.of("goals.tsv");
		for (String arg : args) {
			String value = arg.substring(arg.indexOf('=') + 1);
			if (arg.startsWith("--benchmarks=")) {
				benchmarks = pattern(value);
			}
			else if (arg.startsWith("--iterations=")) {
				iterations = positive("iterations", value);
			}
			else if (arg.startsWith("--forks=")) {
				forks = positive("forks", value);
			}
			else if (arg.startsWith("--table=")) {
				table = Path.of(value);
			}
			else if (arg.startsWith("--goals=")) {
				goals = Path.of(value);
			}
			else {
				throw new IllegalArgumentException("Unknown argument " + arg
						+ ": expected --benchmarks=PART_OF_NAME, --forks=NUMBER, --iterations=NUMBER, --table=FILE or --goals=FILE");
			}
		}
		return new Arguments(benchmarks, forks, iterations, table.toAbsolutePath(), goals.toAbsolutePath());
	}

	private static String pattern(String value) {
		try {
			return Pattern.compile(value).pattern();
		}
		catch (PatternSyntaxException ex) {
			throw new IllegalArgumentException("--benchmarks=" + value + " is no regular expression", ex);
		}
	}

	private static int positive(String name, String value) {
		if (!value.matches("[1-9][0-9]{0,3}")) {
			throw new IllegalArgumentException("--" + name + "=" + value + " is not a number from 1 to 9999");
		}
		return Integer.parseInt(value);
	}

	boolean matches(String name) {
		return Pattern.compile(this.benchmarks).matcher(name).find();
	}

}
