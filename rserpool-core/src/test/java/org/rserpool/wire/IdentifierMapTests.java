package org.rserpool.wire;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link IdentifierMap}.
 */
class IdentifierMapTests {

	private final IdentifierMap<String> map = new IdentifierMap<>();

	private final NavigableMap<Integer, String> model = new TreeMap<>(Integer::compareUnsigned);

	@Test
	void agreesWithATreeThroughRandomHistories() {
		for (int seed = 0; seed < 20; seed++) {
			Random random = new Random(seed);
			int identifiers = 1 << random.nextInt(13);
			for (int step = 0; step < 4000; step++) {
				// Grows at first, and shrinks to nothing at last
				change(random.nextInt(identifiers) * 0x12345679, random.nextInt(4000) > step);
			}
			agrees(random.nextInt());
			List.copyOf(this.model.keySet()).forEach((identifier) -> change(identifier, false));
			agrees(0);
		}
	}

	private void change(int identifier, boolean add) {
		if (add) {
			String value = "value " + this.model.size();
			assertThat(this.map.put(identifier, value)).isEqualTo(this.model.put(identifier, value));
		}
		else {
			assertThat(this.map.remove(identifier)).isEqualTo(this.model.remove(identifier));
		}
		assertThat(this.map.get(identifier)).isEqualTo(this.model.get(identifier));
		assertThat(this.map.get(identifier + 1)).isEqualTo(this.model.get(identifier + 1));
		assertThat(this.map.size()).isEqualTo(this.model.size());
		assertThat(this.map.isEmpty()).isEqualTo(this.model.isEmpty());
	}

	private void agrees(int after) {
		assertThat(this.map.values()).containsExactlyElementsOf(this.model.values());
		assertThat(this.map.values()).hasSize(this.model.size());
		assertThat(list(this.map.identifiersAfter(null))).containsExactlyElementsOf(this.model.keySet());
		assertThat(list(this.map.identifiersAfter(after)))
			.containsExactlyElementsOf(this.model.tailMap(after, false).keySet());
		for (int identifier : this.model.keySet()) {
			assertThat(list(this.map.valuesAfter(identifier)).size())
				.isEqualTo(this.model.tailMap(identifier, false).size());
		}
	}

	private static <T> List<T> list(Iterator<T> iterator) {
		List<T> list = new ArrayList<>();
		iterator.forEachRemaining(list::add);
		return list;
	}

	@Test
	void ordersIdentifiersAsUnsignedNumbers() {
		this.map.put(-1, "last");
		this.map.put(1, "first");
		this.map.put(Integer.MIN_VALUE, "in the middle");
		assertThat(this.map.values()).containsExactly("first", "in the middle", "last");
		assertThat(list(this.map.identifiersAfter(1))).containsExactly(Integer.MIN_VALUE, -1);
		assertThat(list(this.map.valuesAfter(-1))).isEmpty();
		assertThat(list(this.map.valuesAfter(0))).hasSize(3);
	}

	@Test
	void anIteratorEndsAndNoticesChanges() {
		assertThat(this.map.values()).isEmpty();
		for (int identifier = 1; identifier <= 100; identifier++) {
			this.map.put(identifier, "value");
		}
		Iterator<String> changed = this.map.valuesAfter(1);
		this.map.put(50, "replaced");
		changed.next();
		this.map.remove(50);
		assertThatExceptionOfType(ConcurrentModificationException.class).isThrownBy(changed::next);
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(this.map.valuesAfter(100)::next);
	}

}
