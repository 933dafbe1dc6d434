package org.rserpool.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * The machine that measures.
 */
final class Machine {

	private Machine() {
	}

	/**
	 * Describes the machine as rows of a table.
	 */
	static String describe() {
		Runtime runtime = Runtime.getRuntime();
		StringBuilder rows = new StringBuilder("| Machine | |\n|---|---|\n");
		row(rows, "Processor", processor());
		row(rows, "Cores", Integer.toString(runtime.availableProcessors()));
		row(rows, "Load average at the end", String.format(Locale.ROOT, "%.1f, of which the benchmarks make 1",
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
		row(rows, "Operating system", property("os.name") + " " + property("os.version") + ", " + property("os.arch"));
		row(rows, "JDK", property("java.vm.name") + " " + property("java.runtime.version"));
		row(rows, "Date", LocalDate.now(ZoneOffset.UTC).toString());
		return rows.toString();
	}

	private static void row(StringBuilder rows, String name, String value) {
		rows.append("| ").append(name).append(" | ").append(value).append(" |\n");
	}

	private static String property(String name) {
		return System.getProperty(name, "unknown");
	}

	private static String processor() {
		Path information = Path.of("/proc/cpuinfo");
		if (Files.isReadable(information)) {
			try (var lines = Files.lines(information)) {
				return lines.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
					.map((line) -> line.substring(line.indexOf(':') + 1).strip())
					.findFirst()
					.orElse("unknown");
			}
			catch (IOException ex) {
				return "unknown: " + ex.getMessage();
			}
		}
		return "unknown";
	}

}
