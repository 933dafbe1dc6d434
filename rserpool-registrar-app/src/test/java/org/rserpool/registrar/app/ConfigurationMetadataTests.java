package org.rserpool.registrar.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationMetadataTests {

	@Test
	void everyPropertyIsDescribedAndStandsInTheDocumentation() throws IOException {
		String documentation = Files.readString(Path.of("..", "docs", "configuration.md"));
		assertThat(properties()).hasSizeGreaterThan(10)
			.allSatisfy((property) -> assertThat(documentation).contains("| `" + property.path("name").asString()
					+ "` | " + property.path("description").asString().replaceAll("\\s+", " ") + " | "));
	}

	@Test
	void everyPropertyHasADescription() throws IOException {
		assertThat(properties())
			.allSatisfy((property) -> assertThat(property.path("description").asString("")).as(property.toString())
				.endsWith("."));
	}

	@Test
	void everyDefaultStandsInTheDocumentation() throws IOException {
		String documentation = Files.readString(Path.of("..", "docs", "configuration.md"));
		assertThat(properties().stream().filter((property) -> property.has("defaultValue")))
			.filteredOn((property) -> !text(property.path("defaultValue")).isEmpty())
			.hasSizeGreaterThan(10)
			.allSatisfy((property) -> {
				String row = documentation.lines()
					.filter((line) -> line.startsWith("| `" + property.path("name").asString() + "` |"))
					.findFirst()
					.orElseThrow();
				assertThat(row)
					.containsPattern("\\| `" + Pattern.quote(text(property.path("defaultValue"))) + "`[^|]* \\|$");
			});
	}

	private static String text(JsonNode value) {
		return value.isArray() ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
				: value.asString();
	}

	@Test
	void theDocumentationHasNoOtherProperty() throws IOException {
		List<String> names = properties().stream().map((property) -> property.path("name").asString()).toList();
		String documentation = Files.readString(Path.of("..", "docs", "configuration.md"));
		assertThat(Pattern.compile("^\\| `(rserpool\\.registrar\\.[^`]+)` \\|", Pattern.MULTILINE)
			.matcher(documentation)
			.results()
			.map((row) -> row.group(1))).isNotEmpty().isSubsetOf(names);
	}

	private static List<JsonNode> properties() throws IOException {
		try (InputStream stream = RegistrarProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JsonMapper.shared()
				.readTree(stream)
				.path("properties")
				.valueStream()
				.filter((property) -> property.path("name").asString().startsWith("rserpool."))
				.toList();
		}
	}

}
