package org.rserpool.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The conformance checklist, and why some statements do not apply.
 *
 * @param statements the statements in the order of the checklist, by number
 * @param reasons why a statement does not apply, by its number
 */
record Catalogue(Map<String, Statement> statements, Map<String, String> reasons) {

	private static final Pattern SEPARATOR = Pattern.compile(" \\| ");

	/**
	 * Read the catalogue of this project.
	 * @return the catalogue
	 */
	static Catalogue load() {
		return parse(lines("statements.txt"), lines("not-applicable.txt"));
	}

	/**
	 * Read a catalogue.
	 * @param statements a line for each statement: number, level, section and text,
	 * separated by {@code |}; headings in brackets; comments after {@code #}
	 * @param reasons a line for each statement that does not apply: number and reason
	 * @return the catalogue
	 * @throws IllegalArgumentException if a line is not of this form, or a number stands
	 * twice
	 */
	static Catalogue parse(List<String> statements, List<String> reasons) {
		Map<String, Statement> parsed = new LinkedHashMap<>();
		String group = "";
		for (String line : content(statements)) {
			if (line.startsWith("[")) {
				group = line.substring(line.indexOf(' ') + 1, line.length() - 1);
			}
			else {
				String[] fields = fields(line, 4);
				putOnce(parsed, fields[0],
						new Statement(fields[0], Level.valueOf(fields[1]), fields[2], fields[3], group));
			}
		}
		Map<String, String> why = new TreeMap<>();
		for (String line : content(reasons)) {
			String[] fields = fields(line, 2);
			putOnce(why, fields[0], fields[1]);
		}
		return new Catalogue(parsed, why);
	}

	static List<String> content(List<String> lines) {
		return lines.stream().map(String::strip).filter((line) -> !line.isEmpty() && !line.startsWith("#")).toList();
	}

	static String[] fields(String line, int count) {
		String[] fields = SEPARATOR.split(line, count);
		if (fields.length != count) {
			throw new IllegalArgumentException(
					"The catalogue's line \"%s\" should have %d fields, with \" | \" between them".formatted(line,
							count));
		}
		return fields;
	}

	static <T> void putOnce(Map<String, T> map, String number, T value) {
		if (map.putIfAbsent(number, value) != null) {
			throw new IllegalArgumentException("The catalogue has %s twice".formatted(number));
		}
	}

	static List<String> lines(String resource) {
		InputStream stream = Catalogue.class.getResourceAsStream(resource);
		if (stream == null) {
			throw new IllegalStateException("The catalogue lacks its resource " + resource);
		}
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
			return reader.lines().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The catalogue's resource %s cannot be read".formatted(resource), ex);
		}
	}

}
