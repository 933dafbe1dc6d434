package org.rserpool.samples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * One Java process of the demo. What it writes goes to a file, and to a listener where
 * there is one.
 */
final class DemoProcess {

	private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto",
			"-Xmx160m");

	private final String name;

	private final Process process;

	private final Path log;

	private DemoProcess(String name, Process process, Path log) {
		this.name = name;
		this.process = process;
		this.log = log;
	}

	static DemoProcess start(String name, Path jar, Path logDirectory, List<String> arguments) throws IOException {
		return start(name, jar, logDirectory, arguments, null);
	}

	static DemoProcess start(String name, Path jar, Path logDirectory, List<String> arguments,
			@Nullable Consumer<String> lines) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(OPTIONS);
		command.add("-jar");
		command.add(jar.toString());
		command.addAll(arguments);
		Path log = logDirectory.resolve(name.replace(' ', '-') + ".log");
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		if (lines == null) {
			builder.redirectOutput(log.toFile());
		}
		DemoProcess started = new DemoProcess(name, builder.start(), log);
		started.process.getOutputStream().close();
		if (lines != null) {
			started.forward(lines);
		}
		return started;
	}

	private void forward(Consumer<String> lines) {
		Thread reader = new Thread(() -> {
			try (BufferedReader in = this.process.inputReader(); var out = Files.newBufferedWriter(this.log)) {
				for (String line = in.readLine(); line != null; line = in.readLine()) {
					out.write(line);
					out.newLine();
					lines.accept(line);
				}
			}
			catch (IOException ex) {
				if (this.process.isAlive()) {
					throw new UncheckedIOException(ex);
				}
			}
		}, this.name);
		reader.setDaemon(true);
		reader.start();
	}

	String name() {
		return this.name;
	}

	long pid() {
		return this.process.pid();
	}

	boolean alive() {
		return this.process.isAlive();
	}

	Path log() {
		return this.log;
	}

	boolean await(long seconds) throws InterruptedException {
		return this.process.waitFor(seconds, TimeUnit.SECONDS);
	}

	int exitValue() {
		return this.process.exitValue();
	}

	/**
	 * Ends the process as {@code kill -9} does.
	 */
	void kill() {
		this.process.destroyForcibly();
	}

	/**
	 * Stops the process where it stands, as {@code kill -STOP} does: its sockets stay
	 * open, and nobody answers.
	 */
	void hang() throws IOException, InterruptedException {
		int status = new ProcessBuilder("kill", "-STOP", Long.toString(pid())).inheritIO().start().waitFor();
		if (status != 0) {
			throw new IOException("kill -STOP " + pid() + " ended with status " + status);
		}
	}

}
