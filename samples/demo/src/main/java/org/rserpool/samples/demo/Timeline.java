package org.rserpool.samples.demo;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Writes what happens, a line for each event, with its time since the calls began.
 */
final class Timeline {

	private final PrintStream out;

	private volatile long start = -1;

	Timeline(PrintStream out) {
		this.out = out;
	}

	void begin() {
		this.start = System.currentTimeMillis();
	}

	long elapsed() {
		return (this.start >= 0) ? System.currentTimeMillis() - this.start : 0;
	}

	long startMillis() {
		return this.start;
	}

	synchronized void event(String format, Object... arguments) {
		String time = (this.start >= 0) ? String.format(Locale.ROOT, "%7.2f s", elapsed() / 1000.0) : "         ";
		this.out.println(time + "  " + String.format(Locale.ROOT, format, arguments));
		this.out.flush();
	}

	synchronized void line(String format, Object... arguments) {
		this.out.println(String.format(Locale.ROOT, format, arguments));
		this.out.flush();
	}

}
