package org.rserpool.registrar.app;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.diagnostics.FailureAnalysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A property with a value outside of its range is named, with what is allowed.
 */
class PropertyRangeTests {

	private static final Set<String> RANGED = Set.of("java.time.Duration", "java.lang.Integer");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			rserpool.registrar.announcements.interval     | 0s    | 0ms    | more than 0s to 24h
			rserpool.registrar.announcements.time-to-live | 256   | 256    | from 0 to 255
			rserpool.registrar.csp.interval               | 2h    | 7200000ms | from 10ms to 1h
			rserpool.registrar.keep-alive.interval        | -1s   | -1000ms | more than 0s to 24h
			rserpool.registrar.keep-alive.timeout         | 0s    | 0ms    | more than 0s to 24h
			rserpool.registrar.max-bad-pe-reports         | -1    | -1     | from 0 to 2147483647
			rserpool.registrar.max-pool-elements          | 0     | 0      | from 1 to 2147483647
			rserpool.registrar.mentor.retry-delay         | 0s    | 0ms    | more than 0s to 24h
			rserpool.registrar.mentor.timeout             | 2d    | 172800000ms | more than 0s to 24h
			rserpool.registrar.peer.heartbeat-cycle       | 0s    | 0ms    | more than 0s to 24h
			rserpool.registrar.peer.max-time-last-heard   | 0s    | 0ms    | more than 0s to 24h
			rserpool.registrar.peer.max-time-no-response  | 0s    | 0ms    | more than 0s to 24h
			rserpool.registrar.presences.time-to-live     | -1    | -1     | from 0 to 255
			rserpool.registrar.resolve-interval           | 0s    | 0ms    | more than 0s to 24h
			rserpool.registrar.snapshot-interval          | 0s    | 0ms    | more than 0s to 24h
			rserpool.registrar.stop-timeout               | -1s   | -1000ms | from 0s to 24h
			rserpool.registrar.takeover.timeout           | 0s    | 0ms    | more than 0s to 24h
			""")
	void thePropertyAndItsRangeAreNamed(String property, String value, String text, String range) {
		assertNamed(property, value, text, range);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			rserpool.registrar.id                       | 0                           | is not an identifier
			rserpool.registrar.peers                    | 192.0.2.1:0                 | not a port from 1 to 65535
			rserpool.registrar.asap.listen              | 127.0.0.1:1,127.0.0.2:2     | not one port
			rserpool.registrar.enrp.listen              | 127.0.0.1:1,127.0.0.2:2     | not one port
			rserpool.registrar.announcements.groups     | 192.0.2.1:3863              | no multicast group
			rserpool.registrar.presences.groups         | 224.0.1.185:0               | no multicast group
			rserpool.registrar.announcements.interfaces | ''                          | no interface
			""")
	void anAddressIsNamed(String property, String value, String reason) {
		assertNamed(property, value, value, reason);
	}

	private static void assertNamed(String property, String value, String text, String reason) {
		RegistrarProperties properties = new Binder(
				new MapConfigurationPropertySource(Map.of("rserpool.registrar.csp.server", "192.0.2.1:2960",
						"rserpool.registrar.presences.enabled", "true", property, value)))
			.bindOrCreate("rserpool.registrar", RegistrarProperties.class);
		Throwable failure = catchThrowable(() -> {
			RegistrarSettingsFactory.settings(properties);
			RegistrarSettingsFactory.statusReports(properties);
			RegistrarSettingsFactory.snapshotInterval(properties);
		});
		FailureAnalysis analysis = new RegistrarFailureAnalyzer().analyze(failure);
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).startsWith("Property " + property + " has the value \"" + text + "\": ")
			.contains(reason);
	}

	@Test
	void allPropertiesWithRangesAreTried() throws Exception {
		String tried = PropertyRangeTests.class
			.getDeclaredMethod("thePropertyAndItsRangeAreNamed", String.class, String.class, String.class, String.class)
			.getAnnotation(CsvSource.class)
			.textBlock();
		Set<String> names = new TreeSet<>();
		tried.lines().forEach((line) -> names.add(line.substring(0, line.indexOf('|')).trim()));
		assertThat(names).isEqualTo(ranged());
	}

	private static Set<String> ranged() throws IOException {
		Set<String> ranged = new TreeSet<>();
		try (InputStream json = PropertyRangeTests.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			JsonMapper.shared().readTree(json).path("properties").valueStream().forEach((property) -> {
				if (property.path("name").asString().startsWith("rserpool.")
						&& RANGED.contains(property.path("type").asString())) {
					ranged.add(property.path("name").asString());
				}
			});
		}
		return ranged;
	}

}
