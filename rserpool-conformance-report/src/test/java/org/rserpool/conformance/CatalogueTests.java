package org.rserpool.conformance;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CatalogueTests {

	@Test
	void holdsTheWholeChecklist() {
		Catalogue catalogue = Catalogue.load();
		assertThat(catalogue.statements()).hasSize(233);
		assertThat(catalogue.statements().get("PE17")).satisfies((statement) -> {
			assertThat(statement.level()).isEqualTo(Level.MUST);
			assertThat(statement.section()).isEqualTo("RFC 5352, sections 3.1 and 7.1");
			assertThat(statement.group()).isEqualTo("Pool element");
		});
	}

	@Test
	void numbersRunOnWithoutAGap() {
		Catalogue catalogue = Catalogue.load();
		assertThat(catalogue.statements().keySet()).containsAll(numbers("C", 32))
			.containsAll(numbers("PE", 45))
			.containsAll(numbers("PU", 50))
			.containsAll(numbers("PR", 37))
			.containsAll(numbers("PO", 11))
			.containsAll(numbers("EN", 58));
	}

	@Test
	void aStatementThatStandsTwiceIsAnError() {
		String line = "C1 | MUST | RFC 5354, section 2 | All fields are big-endian";
		assertThatIllegalArgumentException().isThrownBy(() -> Catalogue.parse(List.of(line, line), List.of()))
			.withMessage("The catalogue has C1 twice");
	}

	@Test
	void aReasonWithoutWordsIsAnError() {
		assertThatIllegalArgumentException().isThrownBy(() -> Catalogue.parse(List.of(), List.of("C1 |")))
			.withMessageContaining("\"C1 |\" should have 2 fields");
	}

	private static List<String> numbers(String prefix, int last) {
		return IntStream.rangeClosed(1, last).mapToObj((number) -> prefix + number).toList();
	}

}
