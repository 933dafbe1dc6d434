package org.rserpool.samples.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The handlespace as one registrar shows it.
 *
 * @param registrar the identifier of the registrar
 * @param owners the home registrar of each pool element
 */
record Handlespace(String registrar, Map<String, String> owners) {

	private static final HttpClient HTTP = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofMillis(500))
		.build();

	private static final JsonMapper JSON = new JsonMapper();

	/**
	 * Asks a registrar that is ready.
	 * @return the handlespace, or {@code null} if the registrar does not answer, or is
	 * not ready
	 */
	static @Nullable Handlespace ask(int port) throws InterruptedException {
		try {
			if (get(port, "health/readiness").statusCode() != 200) {
				return null;
			}
			HttpResponse<String> response = get(port, "handlespace");
			return (response.statusCode() == 200) ? parse(response.body()) : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	static Handlespace parse(String json) {
		JsonNode root = JSON.readTree(json);
		Map<String, String> owners = new LinkedHashMap<>();
		for (JsonNode pool : root.path("pools")) {
			for (JsonNode element : pool.path("elements")) {
				owners.put(element.path("identifier").asString(), element.path("home").asString());
			}
		}
		return new Handlespace(root.path("registrar").asString(), owners);
	}

	private static HttpResponse<String> get(int port, String endpoint) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/" + endpoint))
			.timeout(Duration.ofSeconds(1))
			.build();
		return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
	}

}
