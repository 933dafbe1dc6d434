package org.rserpool.registrar.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files that run the registrar in containers can be read, and fit the registrar.
 */
class DeploymentFilesTests {

	private static final Path DEPLOY = Path.of("..", "deploy");

	@Test
	void composeRunsThreeRegistrarsThatKnowEachOther() throws IOException {
		Map<String, Object> compose = documents("compose.yaml").get(0);
		Map<String, Map<String, Object>> services = child(compose, "services");
		assertThat(services).hasSize(3).allSatisfy((name, service) -> {
			assertThat(service).containsEntry("image", "rserpool-registrar");
			assertThat(String.valueOf(child(service, "environment").get("RSERPOOL_REGISTRAR_PEERS")))
				.contains(name + ":9901");
			assertThat(service.get("ports").toString()).contains(":3863").contains(":8080");
		});
		List<Object> ports = services.values()
			.stream()
			.flatMap((service) -> ((List<?>) service.get("ports")).stream())
			.map((port) -> (Object) port.toString().split(":")[0])
			.toList();
		assertThat(ports).doesNotHaveDuplicates();
	}

	@Test
	void kubernetesRunsThreeRegistrarsWithoutRights() throws IOException {
		List<Map<String, Object>> documents = documents("kubernetes/registrar.yaml");
		assertThat(documents).extracting((document) -> document.get("kind"))
			.containsExactly("Service", "Service", "StatefulSet", "PodDisruptionBudget");
		Map<String, Object> set = child(documents.get(2), "spec");
		assertThat(set).containsEntry("replicas", 3);
		assertThat(documents.get(1)).extractingByKey("metadata").asString().contains(set.get("serviceName").toString());
		Map<String, Object> pod = child(child(set, "template"), "spec");
		assertThat(child(pod, "securityContext")).containsEntry("runAsNonRoot", true);
	}

	@Test
	@SuppressWarnings("unchecked")
	void theKustomizationHasAllFilesAndTheirImage() throws IOException {
		Map<String, Object> kustomization = documents("kubernetes/kustomization.yaml").get(0);
		List<String> files;
		try (Stream<Path> found = Files.list(DEPLOY.resolve("kubernetes"))) {
			files = found.map((file) -> file.getFileName().toString())
				.filter((file) -> !file.equals("kustomization.yaml"))
				.toList();
		}
		assertThat((List<String>) kustomization.get("resources")).containsExactlyInAnyOrderElementsOf(files);
		String image = ((List<Map<String, String>>) kustomization.get("images")).get(0).get("name");
		assertThat(Files.readString(DEPLOY.resolve("kubernetes/registrar.yaml"))).contains("image: " + image + "\n");
	}

	@Test
	void everyVariableIsAProperty() throws IOException {
		List<String> properties = variables();
		for (String file : List.of("compose.yaml", "kubernetes/registrar.yaml")) {
			assertThat(Pattern.compile("RSERPOOL_[A-Z_]+")
				.matcher(Files.readString(DEPLOY.resolve(file)))
				.results()
				.map((found) -> found.group())).isNotEmpty().isSubsetOf(properties);
		}
	}

	@Test
	void theImageRunsWithoutRightsAndIsWatched() throws IOException {
		String dockerfile = Files.readString(Path.of("Dockerfile"));
		assertThat(dockerfile.lines().filter((line) -> line.startsWith("USER "))).containsExactly("USER 10001:10001");
		assertThat(dockerfile).contains("HEALTHCHECK ")
			.contains("/actuator/health/readiness")
			.contains("-XX:AOTCacheOutput=registrar.aot ")
			.contains("ENTRYPOINT [\"java\", \"-XX:AOTCache=registrar.aot\", ");
	}

	private static List<String> variables() throws IOException {
		try (InputStream stream = RegistrarProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JsonMapper.shared()
				.readTree(stream)
				.path("properties")
				.valueStream()
				.map((property) -> property.path("name")
					.asString()
					.toUpperCase(java.util.Locale.ROOT)
					.replace("-", "")
					.replace('.', '_'))
				.toList();
		}
	}

	@SuppressWarnings("unchecked")
	private static <T> Map<String, T> child(Map<String, ?> parent, String name) {
		return (Map<String, T>) parent.get(name);
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> documents(String file) throws IOException {
		List<Map<String, Object>> documents = new ArrayList<>();
		try (Stream<String> lines = Files.lines(DEPLOY.resolve(file))) {
			assertThat(lines.noneMatch((line) -> line.contains("\t"))).isTrue();
		}
		new Yaml().loadAll(Files.readString(DEPLOY.resolve(file)))
			.forEach((document) -> documents.add((Map<String, Object>) document));
		return documents;
	}

}
