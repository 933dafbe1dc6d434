package org.rserpool.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * Reads all ASAP and ENRP messages of recorded traffic of the reference implementation,
 * and writes them back octet by octet. The records are files {@code *.tsv} in the
 * directory that the system property {@code golden.dir} names, or else in
 * {@code shared/golden} beside the repository.
 */
class GoldenTrafficTests {

	private static final String PROPERTY = "golden.dir";

	@TestFactory
	List<DynamicTest> recordedTrafficIsReadAndWrittenBack() throws IOException {
		Path directory = directory();
		if (directory == null) {
			// As a test of its own it shows up as skipped in every report.
			return List.of(DynamicTest.dynamicTest("no recorded traffic", () -> abort(
					"No recorded traffic: neither the system property golden.dir nor ../shared/golden names a directory")));
		}
		List<DynamicTest> tests = new ArrayList<>();
		try (Stream<Path> files = Files.list(directory)) {
			files.filter((file) -> file.toString().endsWith(".tsv"))
				.sorted()
				.forEach(
						(file) -> tests.add(DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file))));
		}
		assertThat(tests).as("records in " + directory).isNotEmpty();
		return tests;
	}

	private static @Nullable Path directory() {
		String named = System.getProperty(PROPERTY);
		if (named != null && !named.isBlank()) {
			assertThat(Path.of(named)).isDirectory();
			return Path.of(named);
		}
		Path root = Path.of("").toAbsolutePath();
		while (root != null && !Files.exists(root.resolve("mvnw"))) {
			root = root.getParent();
		}
		Path beside = (root != null) ? root.resolveSibling("shared").resolve("golden") : null;
		return (beside != null && Files.isDirectory(beside)) ? beside : null;
	}

	private static void check(Path file) throws IOException {
		Probe probe = new Probe();
		int number = 0;
		int checked = 0;
		for (String line : Files.readAllLines(file)) {
			number++;
			if (line.startsWith("#")) {
				probe.step(line);
				continue;
			}
			String[] columns = line.split("\t", -1);
			probe.line(columns);
			boolean enrp = columns[7].equals("ENRP");
			if ((enrp || columns[7].equals("ASAP")) && !columns[10].isEmpty()) {
				String where = file.getFileName() + ", line " + number + ": " + columns[9];
				if (probe.sent(columns)) {
					checkOdd(columns[10], enrp, where);
				}
				else {
					checkWhole(columns[10], enrp, where);
				}
				checked++;
			}
		}
		assertThat(checked).as("messages of ASAP and ENRP in " + file.getFileName()).isPositive();
	}

	private static void checkWhole(String hex, boolean enrp, String where) {
		Decoded<? extends Message> decoded = decode(hex, enrp);
		assertThat(decoded).as(where).isInstanceOf(Decoded.Success.class);
		Decoded.Success<? extends Message> success = (Decoded.Success<? extends Message>) decoded;
		assertThat(success.report()).as(where).isEmpty();
		assertThat(Wire.hex(Wire.RSPLIB.encode(success.message()))).as(where).isEqualTo(hex);
	}

	private static void checkOdd(String hex, boolean enrp, String where) {
		if (decode(hex, enrp) instanceof Decoded.Failure<?> failure) {
			assertThat(failure.reason()).as(where).isNotBlank();
		}
	}

	private static Decoded<? extends Message> decode(String hex, boolean enrp) {
		ByteBuffer octets = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
		return enrp ? Wire.RSPLIB.decodeEnrp(octets) : Wire.RSPLIB.decodeAsap(octets);
	}

	/**
	 * Tells the odd messages that a probe sends from the answers: the first SCTP line
	 * after the first step gives away the probe's host, and the first line from that host
	 * after each step the socket.
	 */
	private static final class Probe {

		private final Set<String> sockets = new HashSet<>();

		private boolean announced;

		private @Nullable String host;

		void step(String line) {
			this.announced |= line.contains(" probe: ");
		}

		void line(String[] columns) {
			if (this.announced && columns[5].equals("SCTP")) {
				String source = columns[3].substring(0, columns[3].lastIndexOf(':'));
				if (this.host == null) {
					this.host = source;
				}
				if (source.equals(this.host)) {
					this.sockets.add(columns[3]);
					this.announced = false;
				}
			}
		}

		boolean sent(String[] columns) {
			return this.sockets.contains(columns[3]);
		}

	}

}
