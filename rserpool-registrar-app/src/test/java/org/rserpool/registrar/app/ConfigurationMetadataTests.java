package org.rserpool.registrar.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
