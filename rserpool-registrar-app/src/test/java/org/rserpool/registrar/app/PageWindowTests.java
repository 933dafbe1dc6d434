package org.rserpool.registrar.app;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PageWindow}.
 */
class PageWindowTests {

	@Test
	void picksWhatSortingAllWouldPick() {
		SplittableRandom random = new SplittableRandom(1);
		for (int round = 0; round < 200; round++) {
			List<Integer> numbers = random.ints(random.nextInt(60), 0, 1000).boxed().toList();
			int offset = random.nextInt(20);
			int limit = 1 + random.nextInt(20);
			PageWindow<Integer> window = new PageWindow<>(offset, limit, Comparator.<Integer>naturalOrder());
			numbers.forEach(window::add);
			assertThat(window.page()).isEqualTo(numbers.stream().sorted().skip(offset).limit(limit).toList());
			assertThat(window.count()).isEqualTo(numbers.size());
			assertThat(window.isFull()).isEqualTo(numbers.size() >= offset + limit);
		}
	}

	@Test
	void refusesAPageThatIsTooLongOrTooFar() {
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> window(0, 0));
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> window(0, PageWindow.MAX_LIMIT + 1));
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> window(-1, 1));
		assertThatExceptionOfType(InvalidQueryException.class).isThrownBy(() -> window(Integer.MAX_VALUE, 1))
			.withMessageContaining("a filter finds");
		assertThat(window(PageWindow.MAX_END - 1, 1).page()).isEmpty();
	}

	private static PageWindow<Integer> window(int offset, int limit) {
		return new PageWindow<>(offset, limit, Comparator.<Integer>naturalOrder());
	}

}
