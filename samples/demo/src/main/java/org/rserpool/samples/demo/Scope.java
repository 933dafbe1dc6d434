package org.rserpool.samples.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The processes of the demo: two registrars, three pool elements and a pool user.
 */
final class Scope implements AutoCloseable {

	/** A pool element's identifier, as the handlespace shows it. */
	static final List<String> ELEMENTS = List.of("0x0000e001", "0x0000e002", "0x0000e003");

	private static final List<String> REGISTRARS = List.of("0x00000001", "0x00000002");

	private final Path registrarJar;

	private final Path quickstartJar;

	private final Path logs;

	private final Map<String, DemoProcess> processes = new LinkedHashMap<>();

	private final Map<String, Integer> httpPorts = new LinkedHashMap<>();

	private final List<String> asapAddresses = new ArrayList<>();

	private boolean closed;

	Scope(Path registrarJar, Path quickstartJar, Path logs) {
		this.registrarJar = registrarJar;
		this.quickstartJar = quickstartJar;
		this.logs = logs;
	}

	void startRegistrars() throws IOException {
		int[] ports = freePorts(3 * REGISTRARS.size());
		for (int i = 0; i < REGISTRARS.size(); i++) {
			String asap = "127.0.0.1:" + ports[3 * i];
			this.asapAddresses.add(asap);
			this.httpPorts.put(REGISTRARS.get(i), ports[3 * i + 2]);
			start(REGISTRARS.get(i), "registrar " + (i + 1), this.registrarJar,
					List.of("--rserpool.registrar.id=" + REGISTRARS.get(i), "--rserpool.registrar.asap.listen=" + asap,
							"--rserpool.registrar.enrp.listen=127.0.0.1:" + ports[3 * i + 1],
							"--rserpool.registrar.peers=127.0.0.1:" + ports[3 * (1 - i) + 1],
							"--rserpool.registrar.announcements.enabled=false", "--server.port=" + ports[3 * i + 2],
							"--server.address=127.0.0.1"),
					null);
		}
	}

	void startElements() throws IOException {
		for (int i = 0; i < ELEMENTS.size(); i++) {
			start(ELEMENTS.get(i), "element " + (i + 1), this.quickstartJar,
					List.of("--spring.profiles.active=element", "--rserpool.registrars=" + registrars(),
							"--rserpool.listen=127.0.0.1:0",
							"--rserpool.element.digests.identifier=" + ELEMENTS.get(i)),
					null);
		}
	}

	DemoProcess startUser(Path file, int rate, int seconds, Consumer<String> lines) throws IOException {
		return start("user", "user", this.quickstartJar,
				List.of("--spring.profiles.active=user", "--rserpool.registrars=" + registrars(),
						"--quickstart.file=" + file.toAbsolutePath(), "--quickstart.rate=" + rate,
						"--quickstart.duration=" + seconds + "s", "--quickstart.log=true"),
				lines);
	}

	private DemoProcess start(String id, String name, Path jar, List<String> arguments,
			@Nullable Consumer<String> lines) throws IOException {
		synchronized (this.processes) {
			if (this.closed) {
				throw new IOException("The demo ends; " + name + " is not started");
			}
			DemoProcess process = DemoProcess.start(name, jar, this.logs, arguments, lines);
			this.processes.put(id, process);
			return process;
		}
	}

	private String registrars() {
		return String.join(",", this.asapAddresses);
	}

	DemoProcess process(String id) {
		DemoProcess process = this.processes.get(id);
		if (process == null) {
			throw new IllegalArgumentException("No process for " + id);
		}
		return process;
	}

	/**
	 * Asks every registrar that lives.
	 * @return what those that are ready say, by their identifiers
	 */
	Map<String, Handlespace> handlespaces() throws InterruptedException {
		Map<String, Handlespace> answers = new LinkedHashMap<>();
		for (String registrar : REGISTRARS) {
			if (process(registrar).alive()) {
				Handlespace handlespace = Handlespace.ask(this.httpPorts.getOrDefault(registrar, 0));
				if (handlespace != null) {
					answers.put(registrar, handlespace);
				}
			}
		}
		return answers;
	}

	int livingRegistrars() {
		return (int) REGISTRARS.stream().filter((registrar) -> process(registrar).alive()).count();
	}

	/**
	 * Looks for a process that ended by itself.
	 * @return the process, or {@code null} if all live
	 */
	@Nullable DemoProcess firstDead() {
		synchronized (this.processes) {
			return this.processes.values().stream().filter((process) -> !process.alive()).findFirst().orElse(null);
		}
	}

	/**
	 * Kills whatever still runs, and waits until it is gone.
	 */
	@Override
	public void close() {
		synchronized (this.processes) {
			this.closed = true;
			this.processes.values().forEach(DemoProcess::kill);
			for (DemoProcess process : this.processes.values()) {
				try {
					process.await(5);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		}
	}

	private static int[] freePorts(int count) throws IOException {
		List<ServerSocket> sockets = new ArrayList<>();
		try {
			int[] ports = new int[count];
			for (int i = 0; i < count; i++) {
				ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				sockets.add(socket);
				ports[i] = socket.getLocalPort();
			}
			return ports;
		}
		finally {
			for (ServerSocket socket : sockets) {
				socket.close();
			}
		}
	}

}
