package org.rserpool.registrar.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.PoolHandle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the dashboard for registrars shows, and what the documentation lists, is what a
 * registrar exports.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "rserpool.registrar.asap.listen=127.0.0.1:0", "rserpool.registrar.enrp.listen=127.0.0.1:0",
				"rserpool.registrar.announcements.enabled=false" })
@AutoConfigureRestTestClient
class GrafanaDashboardTests {

	private static final Pattern METER = Pattern.compile("rserpool_\\w+");

	@Autowired
	private RestTestClient client;

	@Autowired
	private Registrar registrar;

	@Test
	void everyMetricOfTheDashboardIsExported() throws IOException {
		JsonNode dashboard = JsonMapper.shared().readTree(Path.of("..", "deploy", "grafana", "registrars.json"));
		Set<String> used = new TreeSet<>();
		for (JsonNode panel : dashboard.path("panels")) {
			assertThat(panel.path("targets")).isNotEmpty();
			for (JsonNode target : panel.path("targets")) {
				List<String> names = METER.matcher(target.path("expr").asString())
					.results()
					.map(MatchResult::group)
					.toList();
				assertThat(names).as(panel.path("title").asString()).isNotEmpty();
				used.addAll(names);
			}
		}
		assertThat(exported()).containsAll(used);
	}

	@Test
	void everyMeterIsDocumented() throws IOException {
		String documentation = Files.readString(Path.of("..", "docs", "observability.md"));
		List<String> names = RegistrarRole.counterNames()
			.stream()
			.map((name) -> "`rserpool.registrar." + name.replace('_', '.') + "`")
			.toList();
		assertThat(names).isNotEmpty().allSatisfy((name) -> assertThat(documentation).contains(name));
		assertThat(RegistrarRole.messageTypes())
			.allSatisfy((type) -> assertThat(documentation).contains("`" + type.type() + "`"));
	}

	@Test
	void messagesAreCountedByTypeAndDirection() throws IOException {
		try (TestRegistrant registrant = new TestRegistrant(this.registrar)) {
			registrant.register(PoolHandle.of("counted"), 1, MemberSelectionPolicy.ROUND_ROBIN, ElementMetadata.NONE);
			Awaitility.await()
				.untilAsserted(() -> assertThat(scrape()).contains(messages("received", "registration") + " 1.0",
						messages("sent", "registration-response") + " 1.0"));
		}
		assertThat(scrape()).contains(messages("received", "deregistration") + " 0.0");
	}

	private static String messages(String direction, String type) {
		return "rserpool_registrar_messages_total{direction=\"" + direction + "\",protocol=\"asap\",type=\"" + type
				+ "\"}";
	}

	private Set<String> exported() {
		return scrape().lines()
			.filter((line) -> !line.startsWith("#"))
			.map((line) -> line.split("[{ ]")[0])
			.collect(Collectors.toSet());
	}

	private String scrape() {
		return this.client.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

}
