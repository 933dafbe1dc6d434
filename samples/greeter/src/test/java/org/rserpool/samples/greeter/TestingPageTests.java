package org.rserpool.samples.greeter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of docs/testing.md are those that are run here.
 */
class TestingPageTests {

	private static final Path SOURCES = Path.of("src", "test", "java", "org", "rserpool", "samples", "greeter");

	@ParameterizedTest
	@ValueSource(strings = { "MockedPoolTests", "EmbeddedRegistrarTests", "FaultTests", "ContainerTests",
			"SimulatedScopeTests" })
	void showsTheTest(String test) throws IOException {
		String source = Files.readString(SOURCES.resolve(test + ".java"));
		String head = source.contains("\n@SpringBootTest") ? "\n@SpringBootTest" : "\nclass ";
		String body = source.substring(source.indexOf(head) + 1);
		assertThat(Files.readString(Path.of("..", "..", "docs", "testing.md"))).contains("```java\n" + body + "```\n");
	}

}
