package org.rserpool.registrar.app;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rserpool.registrar.RegistrarOverview;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolHandle;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard of a registrar, by its web server.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "rserpool.registrar.id=0x0a0b0c0d", "rserpool.registrar.asap.listen=127.0.0.1:0",
				"rserpool.registrar.enrp.listen=127.0.0.1:0", "rserpool.registrar.announcements.enabled=false",
				"rserpool.registrar.keep-alive.interval=10h", "rserpool.registrar.keep-alive.timeout=1h",
				"logging.level.org.rserpool.registrar.app.RegistrarLog=warn" })
@AutoConfigureRestTestClient
@DirtiesContext
class DashboardTests {

	private static final String EVIL = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";

	private static final PoolHandle POOL = PoolHandle.of("echo");

	@Autowired
	private RestTestClient client;

	@Autowired
	private Registrar registrar;

	private TestRegistrant elements;

	@BeforeEach
	void connect() throws IOException {
		Awaitility.await().until(() -> overview().state().name().equals("RUNNING"));
		this.elements = new TestRegistrant(this.registrar);
	}

	@AfterEach
	void disconnect() throws IOException {
		for (int identifier = 1; identifier <= 10; identifier++) {
			this.elements.deregister(POOL, identifier);
		}
		Awaitility.await().until(() -> this.registrar.ask((role) -> role.pool(POOL)) == null);
		this.elements.close();
	}

	@Test
	void servesThePageWithAStrictPolicy() {
		this.client.get()
			.uri("/")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_HTML)
			.expectHeader()
			.valueEquals("Content-Security-Policy", DashboardHeaders.POLICY)
			.expectHeader()
			.valueEquals("X-Content-Type-Options", "nosniff")
			.expectBody(String.class)
			.value((page) -> assertThat(page).contains("<caption", "aria-live", "dashboard/dashboard.js"));
		assertThat(DashboardHeaders.POLICY).contains("default-src 'none'", "script-src 'self'")
			.doesNotContain("unsafe")
			.doesNotContain("*");
		this.client.get()
			.uri("/dashboard/dashboard.js")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith("text/javascript");
		this.client.get().uri("/dashboard/dashboard.css").exchange().expectStatus().isOk();
	}

	@Test
	void showsTheRegistrar() {
		JsonNode view = get("/api/registrar");
		assertThat(view.path("registrar").asString()).isEqualTo("0x0a0b0c0d");
		assertThat(view.path("state").asString()).isEqualTo("RUNNING");
		assertThat(view.path("dialect").asString()).isEqualTo("RFC");
		assertThat(view.path("profile").asString()).isEqualTo("FAST");
		assertThat(view.path("asap").path(0).asString()).matches("127\\.0\\.0\\.1:[1-9]\\d*");
		assertThat(view.path("uptimeMillis").asLong()).isPositive();
		assertThat(view.path("peers").isArray()).isTrue();
	}

	@Test
	void showsElementsAndHowTheyAreWatched() throws IOException {
		MemberSelectionPolicy policy = MemberSelectionPolicy.of(PolicyType.WEIGHTED_ROUND_ROBIN, 7);
		this.elements.register(POOL, 1, policy, ElementMetadata.of(Map.of("zone", "north")));
		awaitElements(POOL, 1);
		JsonNode pools = get("/api/pools?filter=ECH");
		assertThat(pools.path("matching").asInt()).isOne();
		JsonNode pool = pools.path("pools").path(0);
		assertThat(pool.path("handle").asString()).isEqualTo("echo");
		assertThat(pool.path("policy").asString()).isEqualTo("WEIGHTED_ROUND_ROBIN");
		assertThat(pool.path("ownElements").asInt()).isOne();
		JsonNode page = get("/api/pools/" + pool.path("key").asString() + "/elements");
		assertThat(page.path("pool")).isEqualTo(pool);
		JsonNode element = page.path("elements").path(0);
		assertThat(element.path("identifier").asString()).isEqualTo("0x00000001");
		assertThat(element.path("home").asString()).isEqualTo("0x0a0b0c0d");
		assertThat(element.path("policyValues").properties()).singleElement()
			.satisfies((value) -> assertThat(value.getValue().asLong()).isEqualTo(7));
		assertThat(element.path("userTransport").asString()).isEqualTo("tcp 127.0.0.1:1025");
		assertThat(element.path("metadata").path("zone").asString()).isEqualTo("north");
		assertThat(element.path("lifetimeMillis").asLong()).isEqualTo(600_000);
		assertThat(element.path("status").path("remainingMillis").asLong()).isBetween(1L, 600_000L);
		assertThat(element.path("status").path("knownMillis").isNumber()).isTrue();
		assertThat(element.path("status").path("unreachableReports").asInt()).isZero();
		assertThat(element.path("status").path("suspected").asBoolean(true)).isFalse();
		JsonNode whole = get("/actuator/handlespace").path("pools").path(0).path("elements").path(0);
		assertThat(whole.path("identifier")).isEqualTo(element.path("identifier"));
		assertThat(whole.has("status")).isFalse();
	}

	@Test
	void findsAndSortsElements() throws IOException {
		for (int identifier = 1; identifier <= 9; identifier++) {
			this.elements.register(POOL, identifier,
					MemberSelectionPolicy.of(PolicyType.WEIGHTED_ROUND_ROBIN, identifier % 5),
					ElementMetadata.of(Map.of("zone", (identifier % 2 == 0) ? "even" : "odd")));
		}
		awaitElements(POOL, 9);
		String path = "/api/pools/" + PoolKeys.key(POOL) + "/elements";
		assertThat(identifiers(get(path + "?limit=3"))).containsExactly(1, 2, 3);
		assertThat(identifiers(get(path + "?limit=3&offset=7"))).containsExactly(8, 9);
		assertThat(identifiers(get(path + "?descending=true&limit=2&offset=1"))).containsExactly(8, 7);
		assertThat(identifiers(get(path + "?sort=policy&limit=4"))).containsExactly(5, 1, 6, 2);
		JsonNode found = get(path + "?filter=ZONE=Even&limit=2");
		assertThat(identifiers(found)).containsExactly(2, 4);
		assertThat(found.path("matching").asInt()).isEqualTo(4);
		assertThat(found.path("pool").path("elements").asInt()).isEqualTo(9);
		assertThat(identifiers(get(path + "?filter=00000007"))).containsExactly(7);
		assertThat(identifiers(get(path + "?filter=127.0.0.1:1030"))).containsExactly(6);
		for (String order : List.of("home", "known", "remaining", "reports")) {
			assertThat(identifiers(get(path + "?sort=" + order))).as(order).hasSize(9);
		}
	}

	@Test
	void whatAStrangerWroteStaysText() throws IOException {
		PoolHandle evil = PoolHandle.of(EVIL);
		this.elements.register(evil, 1, MemberSelectionPolicy.ROUND_ROBIN, ElementMetadata.of(Map.of(EVIL, EVIL)));
		awaitElements(evil, 1);
		String path = "/api/pools/" + PoolKeys.key(evil) + "/elements";
		this.client.get()
			.uri(path)
			.accept(MediaType.TEXT_HTML, MediaType.ALL)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.APPLICATION_JSON)
			.expectHeader()
			.valueEquals("X-Content-Type-Options", "nosniff")
			.expectHeader()
			.valueEquals("Content-Security-Policy", DashboardHeaders.POLICY);
		JsonNode page = get(path);
		assertThat(page.path("pool").path("handle").asString()).isEqualTo(EVIL);
		assertThat(page.path("elements").path(0).path("metadata").path(EVIL).asString()).isEqualTo(EVIL);
		this.elements.deregister(evil, 1);
	}

	@Test
	void namesPoolsWhoseHandlesAreLongOrNoText() throws IOException {
		PoolHandle octets = new PoolHandle(Octets.of((byte) 0, (byte) 0xff, (byte) 0x3c));
		PoolHandle huge = PoolHandle.of("h".repeat(60_000));
		for (PoolHandle pool : List.of(octets, huge)) {
			this.elements.register(pool, 1, MemberSelectionPolicy.ROUND_ROBIN, ElementMetadata.NONE);
			awaitElements(pool, 1);
			JsonNode page = get("/api/pools/" + PoolKeys.key(pool) + "/elements");
			assertThat(identifiers(page)).containsExactly(1);
			assertThat(page.toString()).hasSizeLessThan(2000);
			this.elements.deregister(pool, 1);
		}
		assertThat(PoolKeys.key(octets)).isEqualTo("00ff3c");
		assertThat(PoolKeys.text(octets)).isEqualTo("0x00ff3c");
	}

	@Test
	void aPoolOfManyElementsIsShownInPages() throws IOException {
		PoolHandle crowd = PoolHandle.of("crowd");
		for (int identifier = 1; identifier <= 100_000; identifier++) {
			this.elements.register(crowd, identifier, MemberSelectionPolicy.ROUND_ROBIN, ElementMetadata.NONE);
		}
		awaitElements(crowd, 100_000);
		String path = "/api/pools/" + PoolKeys.key(crowd) + "/elements";
		JsonNode page = get(path + "?limit=200");
		assertThat(page.path("matching").asInt()).isEqualTo(100_000);
		assertThat(identifiers(page)).hasSize(200).startsWith(1);
		assertThat(page.toString()).hasSizeLessThan(200_000);
		assertThat(identifiers(get(path + "?descending=true&limit=2"))).containsExactly(100_000, 99_999);
		JsonNode found = get(path + "?filter=000186a0");
		assertThat(found.path("matching").asInt()).isOne();
		assertThat(identifiers(found)).containsExactly(100_000);
		assertThat(identifiers(get(path + "?offset=9800&limit=200"))).hasSize(200).endsWith(10_000);
		for (int identifier = 1; identifier <= 100_000; identifier++) {
			this.elements.deregister(crowd, identifier);
		}
		Awaitility.await()
			.atMost(Duration.ofMinutes(1))
			.until(() -> this.registrar.ask((role) -> role.pool(crowd)) == null);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/pools?limit=0", "/api/pools?limit=201", "/api/pools?offset=-1",
			"/api/pools?offset=2147483647", "/api/pools?offset=9951", "/api/pools?offset=x",
			"/api/pools/6563686f/elements?sort=nonsense", "/api/pools/6563686f/elements?offset=10000",
			"/api/pools/6563686f/elements?descending=perhaps", "/api/pools/656/elements" })
	void refusesWhatItDoesNotShow(String path) {
		this.client.get().uri(path).exchange().expectStatus().isBadRequest();
	}

	@Test
	void refusesAFilterThatIsTooLong() {
		this.client.get().uri("/api/pools?filter=" + "x".repeat(200)).exchange().expectStatus().isOk();
		this.client.get()
			.uri("/api/pools?filter=" + "x".repeat(201))
			.exchange()
			.expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("The filter has at most 200 characters");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/pools/6e6f6e65/elements", "/api/pools/none/elements",
			"/api/pools/sha256-0000000000000000000000000000000000000000000000000000000000000000/elements",
			"/dashboard/../application.properties", "/dashboard/none.js" })
	void knowsWhatThereIsNot(String path) {
		this.client.get().uri(path).exchange().expectStatus().isNotFound();
	}

	@Test
	void answersNoPageOfAnotherSite() {
		for (String path : List.of("/api/registrar", "/api/pools", "/events")) {
			this.client.get().uri(path).header("Sec-Fetch-Site", "cross-site").exchange().expectStatus().isForbidden();
		}
		this.client.get().uri("/").header("Sec-Fetch-Site", "cross-site").exchange().expectStatus().isOk();
		this.client.get().uri("/api/pools").header("Sec-Fetch-Site", "same-origin").exchange().expectStatus().isOk();
	}

	@Test
	void showsWhatStandsBetweenRegistrars() {
		JsonNode view = get("/actuator/enrp");
		assertThat(view.path("registrar").asString()).isEqualTo("0x0a0b0c0d");
		assertThat(view.path("enrp").path(0).asString()).startsWith("127.0.0.1:");
		assertThat(view.path("peers").isArray()).isTrue();
		assertThat(view.path("takeovers").isEmpty()).isTrue();
		assertThat(view.path("pastTakeovers").isEmpty()).isTrue();
		assertThat(view.path("counters").path("takeovers_won").asInt(-1)).isZero();
		assertThat(view.path("counters").size()).isEqualTo(9);
	}

	private JsonNode get(String path) {
		return Objects.requireNonNull(this.client.get()
			.uri(path)
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(JsonNode.class)
			.getResponseBody());
	}

	private static List<Integer> identifiers(JsonNode page) {
		return page.path("elements")
			.valueStream()
			.map((element) -> HexFormat.fromHexDigits(element.path("identifier").asString().substring(2)))
			.toList();
	}

	private void awaitElements(PoolHandle pool, int count) {
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
			var found = this.registrar.ask((role) -> role.pool(pool));
			return found != null && found.elements() == count;
		});
	}

	private RegistrarOverview overview() {
		return Objects.requireNonNull(this.registrar.ask((role) -> role.overview()));
	}

}
