package org.rserpool.rpc.state;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * State by field.
 */
class CborStateCodecTests {

	private final CborStateCodec codec = new CborStateCodec();

	private Cart filled() {
		Cart cart = new Cart("filled");
		cart.items.add(new Item("apple", 3, new BigDecimal("1.20")));
		cart.items.add(new Item("pear", 1, null));
		cart.due = LocalDate.of(2026, 5, 4);
		cart.counts.put("z", new Counter(1));
		cart.counts.put("a", new Counter(2));
		cart.value = 7;
		cart.base = 8;
		return cart;
	}

	@Test
	void fieldsOfAnyVisibilityAreRestoredIntoAnObject() {
		Cart cart = new Cart("other");
		this.codec.restore(cart, this.codec.encode(filled()));
		assertThat(cart.items).containsExactly(new Item("apple", 3, new BigDecimal("1.20")), new Item("pear", 1, null));
		assertThat(cart.due).isEqualTo(LocalDate.of(2026, 5, 4));
		assertThat(cart.counts.keySet()).containsExactly("z", "a");
		assertThat(cart.counts.get("a").count).isEqualTo(2);
		assertThat(cart.value).isEqualTo(7);
		assertThat(cart.base).isEqualTo(8);
	}

	@Test
	void collaboratorsStayAndMethodsAreNotCalled() {
		Cart cart = new Cart("other");
		this.codec.restore(cart, this.codec.encode(filled()));
		assertThat(cart.collaborator).isEqualTo("other");
	}

	@Test
	void theSameStateHasTheSameOctets() {
		assertThat(this.codec.encode(filled())).isEqualTo(this.codec.encode(filled()));
		Cart again = new Cart("again");
		this.codec.restore(again, this.codec.encode(filled()));
		assertThat(this.codec.encode(again)).isEqualTo(this.codec.encode(filled()));
	}

	@Test
	void aClassMayChangeBetweenVersions() {
		Newer newer = new Newer();
		this.codec.restore(newer, this.codec.encode(filled()));
		assertThat(newer.value).isEqualTo(7);
		assertThat(newer.added).isEqualTo("as made");
	}

	@Test
	void whatIsNoStateIsRefusedWithItsPlace() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.restore(filled(), new byte[] { 1, 2 }))
			.withMessageContaining(Cart.class.getName());
		Broken broken = new Broken();
		broken.self = broken;
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.encode(broken))
			.withMessageContaining("self")
			.withMessageContaining("transient");
	}

	static class Base {

		int base;

	}

	static final class Cart extends Base {

		private final List<Item> items = new ArrayList<>();

		private final Map<String, Counter> counts = new LinkedHashMap<>();

		private final transient String collaborator;

		private LocalDate due;

		private int value;

		Cart(String collaborator) {
			this.collaborator = collaborator;
		}

		int getTotal() {
			throw new IllegalStateException("no state");
		}

		void setValue(int ignored) {
			throw new IllegalStateException("no state");
		}

	}

	record Item(String name, int count, BigDecimal price) {
	}

	static final class Counter {

		private int count;

		@SuppressWarnings("unused") // Made by the codec.
		Counter() {
		}

		Counter(int count) {
			this.count = count;
		}

	}

	static final class Newer {

		private int value;

		private String added = "as made";

	}

	static final class Broken {

		private Broken self;

	}

}
