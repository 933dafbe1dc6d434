package org.rserpool.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.rserpool.spring.element.PolicyValues;
import org.rserpool.wire.PolicyType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationMetadataTests {

	private final JsonNode metadata = read();

	@Test
	void everyPropertyHasADescription() {
		assertThat(properties()).hasSizeGreaterThan(15)
			.allSatisfy((property) -> assertThat(property.path("description").asString("")).as(property.toString())
				.endsWith("."));
	}

	@Test
	void everyPropertyIsOfThisProject() {
		assertThat(properties()).extracting((property) -> property.path("name").asString())
			.contains("rserpool.registrars", "rserpool.element.default.policy", "rserpool.user.default.deadline",
					"management.health.rserpool.enabled")
			.allMatch((name) -> name.startsWith("rserpool.") || name.startsWith("management.health.rserpool.")
					|| name.startsWith("management.endpoint.rserpool."));
	}

	@Test
	void everyPropertyOfADefaultEntryIsDescribed() {
		List<String> names = properties().map((property) -> property.path("name").asString()).toList();
		Stream<String> element = Arrays.stream(PoolElementProperties.class.getRecordComponents())
			.map((component) -> "rserpool.element.default." + dashed(component.getName()))
			.map((name) -> name.endsWith(".addresses") ? name + ".include" : name)
			.filter((name) -> !name.endsWith(".identifier") && !name.endsWith(".failover-order")
					&& !name.endsWith(".state"));
		Stream<String> state = Arrays.stream(SessionStateProperties.class.getRecordComponents())
			.map((component) -> "rserpool.element.default.state." + dashed(component.getName()));
		Stream<String> user = Arrays.stream(PoolUserProperties.class.getRecordComponents())
			.map((component) -> "rserpool.user.default." + dashed(component.getName()))
			.filter((name) -> !name.endsWith(".pool") && !name.endsWith(".binding"));
		assertThat(names).containsAll(Stream.of(element, state, user).flatMap((each) -> each).toList());
	}

	@Test
	void everySupportedPolicyIsHinted() {
		JsonNode hint = stream("hints")
			.filter((each) -> each.path("name").asString().equals("rserpool.element.default.policy"))
			.findFirst()
			.orElseThrow();
		List<String> hinted = hint.path("values").valueStream().map((value) -> value.path("value").asString()).toList();
		List<String> supported = Arrays.stream(PolicyType.values())
			.filter(ConfigurationMetadataTests::isSupported)
			.filter((type) -> type.number() >= 0)
			.map((type) -> type.name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.toList();
		assertThat(hinted).containsExactlyInAnyOrderElementsOf(supported);
	}

	@Test
	void everyPropertyStandsInTheDocumentation() throws IOException {
		String documentation = Files.readString(Path.of("..", "docs", "configuration.md"));
		assertThat(properties().filter((property) -> !property.path("type").asString("").startsWith("java.util.Map")))
			.allSatisfy((property) -> assertThat(documentation).contains("| `" + property.path("name").asString()
					+ "` | " + property.path("description").asString().replaceAll("\\s+", " ") + " | "));
	}

	@Test
	void everyDefaultStandsInTheDocumentation() throws IOException {
		String documentation = Files.readString(Path.of("..", "docs", "configuration.md"));
		assertThat(properties().filter((property) -> property.has("defaultValue")))
			.filteredOn((property) -> !text(property.path("defaultValue")).isEmpty())
			.hasSizeGreaterThan(20)
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
		if (value.isArray()) {
			return value.valueStream().map(JsonNode::asString).collect(Collectors.joining(","));
		}
		return value.isNumber() ? new BigDecimal(value.asString()).stripTrailingZeros().toPlainString()
				: value.asString();
	}

	@Test
	void whatIsSetForOneAloneStandsInTheDocumentation() throws IOException {
		String documentation = Files.readString(Path.of("..", "docs", "configuration.md"));
		assertThat(documentation).contains("| `rserpool.element.<pool>.metadata.<key>` | ");
		assertThat(own("rserpool.element.", "<pool>", PoolElementProperties.class))
			.contains("rserpool.element.<pool>.identifier", "rserpool.element.<pool>.failover-order")
			.allSatisfy((name) -> assertThat(documentation).contains("| `" + name + "` | "));
		assertThat(own("rserpool.user.", "<name>", PoolUserProperties.class)).contains("rserpool.user.<name>.pool")
			.allSatisfy((name) -> assertThat(documentation).contains("| `" + name + "` | "));
	}

	private List<String> own(String prefix, String name, Class<? extends Record> type) {
		List<String> inherited = properties().map((property) -> property.path("name").asString()).toList();
		return Arrays.stream(type.getRecordComponents())
			.map((component) -> dashed(component.getName()))
			.filter((key) -> inherited.stream()
				.noneMatch((each) -> (each + ".").startsWith(prefix + "default." + key + ".")))
			.map((key) -> prefix + name + "." + key)
			.toList();
	}

	@Test
	void theDocumentationHasNoOtherProperty() throws IOException {
		List<String> names = properties().map((property) -> property.path("name").asString()).toList();
		String documentation = Files.readString(Path.of("..", "docs", "configuration.md"));
		assertThat(Pattern.compile("^\\| `([^`<]+)` \\|", Pattern.MULTILINE)
			.matcher(documentation)
			.results()
			.map((row) -> row.group(1))
			.filter((name) -> !name.startsWith("rserpool.registrar."))).isNotEmpty().isSubsetOf(names);
	}

	private static boolean isSupported(PolicyType type) {
		try {
			PolicyValues.NONE.policy(type);
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private static String dashed(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

	private Stream<JsonNode> properties() {
		return stream("properties");
	}

	private Stream<JsonNode> stream(String name) {
		return this.metadata.path(name).valueStream();
	}

	private static JsonNode read() {
		try (InputStream stream = RSerPoolProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JsonMapper.shared().readTree(stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
