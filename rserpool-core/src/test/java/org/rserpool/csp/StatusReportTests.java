package org.rserpool.csp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.rserpool.runtime.TransportProtocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Encodes reports as the reference implementation does.
 */
class StatusReportTests {

	private static final ComponentIdentifier REGISTRAR = ComponentIdentifier.registrar(0x11111111);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final Pattern REPORT = Pattern.compile("Report\\(1\\) flags=(\\d+) .*sender=(\\p{XDigit}+) "
			+ "time=(\\d+) interval=(\\d+) location=\"(.*)\" status=\"(.*)\" workload=(\\p{XDigit}+)(.*)");

	private static final Pattern ASSOCIATION = Pattern
		.compile("Assoc\\{receiver=(\\p{XDigit}+) duration=(\\d+) flags=0 protocol=132 ppid=(\\d+)}");

	@ParameterizedTest
	@MethodSource("recorded")
	void reportIsEncodedAsTheReferenceImplementationDoes(String described, String hex) {
		assertThat(HexFormat.of().formatHex(report(described).encode())).isEqualTo(hex);
	}

	static Stream<String[]> recorded() throws IOException {
		try (InputStream in = StatusReportTests.class.getResourceAsStream("reports.tsv")) {
			assertThat(in).isNotNull();
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.startsWith("#"))
				.map((line) -> line.split("\t"));
		}
	}

	private static StatusReport report(String described) {
		Matcher matcher = REPORT.matcher(described);
		assertThat(matcher.matches()).as(described).isTrue();
		int workload = Integer.parseInt(matcher.group(7), 16);
		List<ComponentAssociation> associations = new ArrayList<>();
		ASSOCIATION.matcher(matcher.group(8))
			.results()
			.forEach((found) -> associations.add(new ComponentAssociation(component(found.group(1)),
					micros(found.group(2)), TransportProtocol.SCTP, Integer.parseInt(found.group(3)))));
		return new StatusReport(component(matcher.group(2)), matcher.group(1).equals("01"), micros(matcher.group(3)),
				micros(matcher.group(4)), matcher.group(5), matcher.group(6),
				(workload != 0xffff) ? workload / (double) 0xfffe : null, associations);
	}

	private static ComponentIdentifier component(String hex) {
		return new ComponentIdentifier(ComponentType.values()[Integer.parseInt(hex.substring(0, 2)) - 1],
				Long.parseLong(hex.substring(2), 16));
	}

	private static Duration micros(String text) {
		return Duration.ofNanos(1000 * Long.parseLong(text));
	}

	@Test
	void associationOfUnknownAgeAndOverTcpIsEncoded() {
		byte[] octets = StatusReport
			.of("host",
					status("ok", List.of(new ComponentAssociation(ComponentIdentifier.registrar(0xf2222222), null,
							TransportProtocol.TCP, 12))),
					SECOND, SECOND)
			.encode();
		assertThat(HexFormat.of().formatHex(octets, 288, 312))
			.isEqualTo("01000000f2222222ffffffffffffffff000000060000000c");
	}

	@Test
	void locationNamesHostAndAddresses() {
		ComponentStatus status = new ComponentStatus(REGISTRAR,
				List.of(new InetSocketAddress("10.1.0.1", 3863), new InetSocketAddress("fd00::1", 3863)), "", null,
				List.of());
		assertThat(StatusReport.of("host", status, SECOND, SECOND).location())
			.isEqualTo("host: 10.1.0.1:3863, [fd00::1]:3863");
		assertThat(StatusReport.of("host", status("", List.of()), SECOND, SECOND).location()).isEqualTo("host");
	}

	@Test
	void textThatIsTooLongIsCutBetweenCharacters() {
		byte[] octets = StatusReport.of("h", status("a" + "\u00fc".repeat(100), List.of()), SECOND, SECOND).encode();
		assertThat(new String(octets, 156, 127, StandardCharsets.UTF_8)).isEqualTo("a" + "\u00fc".repeat(63));
		assertThat(octets[283]).isZero();
		octets = StatusReport.of("h", status("\u00fc".repeat(100), List.of()), SECOND, SECOND).encode();
		assertThat(new String(octets, 156, 126, StandardCharsets.UTF_8)).isEqualTo("\u00fc".repeat(63));
		assertThat(octets[282]).isZero();
		assertThat(octets[283]).isZero();
	}

	@Test
	void terminalOfTheMonitorHasNothingToObey() {
		byte[] octets = StatusReport.of("h", status("a\u001b[2J\nb", List.of()), SECOND, SECOND).encode();
		assertThat(new String(octets, 156, 7, StandardCharsets.UTF_8)).isEqualTo("a?[2J?b");
	}

	@Test
	void datagramIsNotTakenApart() {
		ComponentAssociation association = new ComponentAssociation(REGISTRAR, SECOND, TransportProtocol.SCTP, 12);
		byte[] octets = StatusReport.of("h", status("", Collections.nCopies(1000, association)), SECOND, SECOND)
			.encode();
		assertThat(octets).hasSizeLessThanOrEqualTo(1400);
		assertThat(HexFormat.of().formatHex(octets, 2, 4)).isEqualTo("0570");
		assertThat(octets[287]).isEqualTo((byte) 46);
	}

	@Test
	void nonsenseIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ComponentStatus(REGISTRAR, List.of(), "", 1.5, List.of()))
			.withMessageContaining("1.5");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ComponentIdentifier(ComponentType.POOL_USER, 1L << 56))
			.withMessageContaining("2^56");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new StatusReportSettings(new InetSocketAddress("10.1.0.1", 0), SECOND))
			.withMessageContaining("10.1.0.1");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new StatusReportSettings(new InetSocketAddress("10.1.0.1", 1), Duration.ofHours(2)))
			.withMessageContaining("PT2H");
	}

	private static ComponentStatus status(String text, List<ComponentAssociation> associations) {
		return new ComponentStatus(REGISTRAR, List.of(), text, null, associations);
	}

}
