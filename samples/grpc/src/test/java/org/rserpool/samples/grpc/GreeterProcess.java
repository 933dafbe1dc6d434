package org.rserpool.samples.grpc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The application in a process of its own, which can be killed.
 */
final class GreeterProcess implements AutoCloseable {

	private final Process process;

	GreeterProcess(int registrarPort, Path directory) throws IOException {
		this.process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp", System.getProperty("java.class.path"),
				GreeterApplication.class.getName(), "--server.port=0", "--rserpool.listen=127.0.0.1:0",
				"--spring.grpc.server.address=127.0.0.1", "--rserpool.registrars=127.0.0.1:" + registrarPort))
			.redirectErrorStream(true)
			.redirectOutput(directory.resolve("greeter-" + System.nanoTime() + ".log").toFile())
			.start();
	}

	String greeting(String name) {
		return "Hello " + name + " from process " + this.process.pid();
	}

	boolean alive() {
		return this.process.isAlive();
	}

	/**
	 * Kills it as the operating system does.
	 */
	void kill() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	/**
	 * Ends it in order.
	 */
	void stop() {
		this.process.destroy();
	}

	@Override
	public void close() throws InterruptedException {
		kill();
	}

}
