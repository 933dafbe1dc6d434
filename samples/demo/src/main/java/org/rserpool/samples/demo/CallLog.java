package org.rserpool.samples.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the calls from what the pool user writes.
 */
final class CallLog {

	private static final int SECOND = 1000;

	private int calls;

	private int failed;

	private String firstFailure = "";

	private int wrong;

	private int failedOver;

	private long lastSuccess;

	private long longestGap;

	private long longestGapStart;

	private List<Long> window = new ArrayList<>();

	private int failedInWindow;

	private int failedOverInWindow;

	/**
	 * Takes a line of the pool user.
	 * @param line such as {@code call 1795404428602 right 1234} (milliseconds since 1970,
	 * outcome, microseconds, and why it failed) or {@code failover 1795404428602 ...}
	 */
	synchronized void accept(String line) {
		String[] words = line.split(" ", 5);
		if (words[0].equals("call") && words.length >= 4) {
			call(Long.parseLong(words[1]), words[2], Long.parseLong(words[3]), (words.length > 4) ? words[4] : "");
		}
		else if (words[0].equals("failover")) {
			this.failedOver++;
			this.failedOverInWindow++;
		}
	}

	private void call(long time, String outcome, long micros, String why) {
		this.calls++;
		switch (outcome) {
			case "right" -> success(time, micros);
			case "wrong" -> this.wrong++;
			default -> {
				if (this.failed == 0) {
					this.firstFailure = why;
				}
				this.failed++;
				this.failedInWindow++;
			}
		}
	}

	private void success(long time, long micros) {
		if (this.lastSuccess > 0 && time - this.lastSuccess > this.longestGap) {
			this.longestGap = time - this.lastSuccess;
			this.longestGapStart = this.lastSuccess;
		}
		this.lastSuccess = Math.max(this.lastSuccess, time);
		this.window.add(micros);
	}

	/**
	 * Describes the calls since the last time.
	 * @param millis how long ago that was
	 * @return a line for the timeline
	 */
	synchronized String second(long millis) {
		List<Long> times = this.window;
		times.sort(null);
		String text = (times.isEmpty()) ? "no call answered"
				: String.format("%3d calls/s %s median %.1f ms, slowest %.0f ms",
						Math.round(times.size() * (double) SECOND / Math.max(1, millis)), bar(times.size()),
						times.get(times.size() / 2) / 1000.0, times.get(times.size() - 1) / 1000.0);
		if (this.failedOverInWindow > 0) {
			text += ", " + this.failedOverInWindow + " failed over";
		}
		if (this.failedInWindow > 0) {
			text += ", " + this.failedInWindow + " FAILED";
		}
		this.window = new ArrayList<>();
		this.failedInWindow = 0;
		this.failedOverInWindow = 0;
		return text;
	}

	private static String bar(int calls) {
		return "#".repeat(Math.min(20, calls / 10)) + ".".repeat(Math.max(0, 20 - calls / 10));
	}

	synchronized Summary summary() {
		return new Summary(this.calls, this.failed, this.firstFailure, this.wrong, this.failedOver, this.longestGap,
				this.longestGapStart);
	}

	/**
	 * What the calls came to.
	 *
	 * @param calls how many were made
	 * @param failed how many of them failed
	 * @param firstFailure why the first of those failed, empty if none did
	 * @param wrong how many brought a wrong digest
	 * @param failedOver how many needed more than one pool element
	 * @param longestGapMillis the longest time without a success, between two
	 * @param longestGapStart when it began, in milliseconds since 1970
	 */
	record Summary(int calls, int failed, String firstFailure, int wrong, int failedOver, long longestGapMillis,
			long longestGapStart) {
	}

}
