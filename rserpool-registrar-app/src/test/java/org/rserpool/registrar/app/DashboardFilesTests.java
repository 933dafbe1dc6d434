package org.rserpool.registrar.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files of the page keep to its policy: no script or style within it, nothing from
 * elsewhere, and no markup made of texts.
 */
class DashboardFilesTests {

	private static final Path FILES = Path.of("src", "main", "resources", "dashboard");

	@Test
	void scriptsMakeNoMarkupOfTexts() throws IOException {
		List<Path> scripts;
		try (Stream<Path> files = Files.list(FILES)) {
			scripts = files.filter((file) -> file.toString().endsWith(".js")).toList();
		}
		assertThat(scripts).hasSizeGreaterThan(2)
			.allSatisfy((script) -> assertThat(Files.readString(script)).doesNotContainPattern(
					"innerHTML|outerHTML|insertAdjacentHTML|document\\.write|DOMParser|srcdoc|\\beval\\b|new Function"));
	}

	@Test
	void thePageHasNothingInlineAndNothingFromElsewhere() throws IOException {
		String page = Files.readString(FILES.resolve("index.html"));
		assertThat(page).doesNotContainPattern("(?i)<style|\\sstyle=|\\son[a-z]+=|javascript:")
			.doesNotContainPattern("(?i)(src|href)=\"(https?:|/)");
		assertThat(
				Pattern.compile("<script[^>]*>(.*?)</script>").matcher(page).results().map((found) -> found.group(1)))
			.isNotEmpty()
			.allMatch(String::isEmpty);
		assertThat(Pattern.compile("(?:src|href)=\"dashboard/([^\"]+)\"")
			.matcher(page)
			.results()
			.map((found) -> found.group(1))).isNotEmpty()
			.allSatisfy((file) -> assertThat(FILES.resolve(file)).exists());
		assertThat(Files.readString(FILES.resolve("dashboard.css"))).doesNotContain("@import").doesNotContain("url(");
	}

}
