package org.rserpool.policy;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.rserpool.Conformance;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every policy agrees with a naive model through random histories.
 */
class SelectionHistoryTests {

	private static final int HISTORIES = 15;

	private static final int STEPS = 300;

	/** Some that tie, and some whose sums and products leave the range. */
	private static final long[] VALUES = { 0, 1, 2, 3, 50, 0x10000, 0x10000000, 0x55555555, 0xfffffffeL, 0xffffffffL };

	@ParameterizedTest
	@EnumSource
	@Conformance({ "PO1", "PO3", "PO5", "PO6", "PO8", "PO9", "PO10", "PO11" })
	void everyPolicyAgreesWithTheModel(PolicyType type) {
		for (int seed = 0; seed < HISTORIES; seed++) {
			new History(type, seed).play();
		}
	}

	/**
	 * One pool, with all that happens to it.
	 */
	private static final class History {

		private final PolicyType type;

		private final String name;

		private final Random random;

		private final int identifiers;

		private final MemberSelection selection;

		private final NaiveSelection model;

		private final Draws draws;

		History(PolicyType type, int seed) {
			this.type = type;
			this.name = type + " with seed " + seed;
			this.random = new Random(seed);
			this.identifiers = 1 + this.random.nextInt(40);
			this.selection = MemberSelection.of(type.number());
			this.model = new NaiveSelection(type);
			this.draws = new Draws(seed);
		}

		void play() {
			for (int step = 0; step < STEPS; step++) {
				change(1 + this.random.nextInt(this.identifiers));
				assertThat(this.selection.size()).as(this.name).isEqualTo(this.model.size());
				for (int i = this.random.nextInt(4); i > 0; i--) {
					select(this.random.nextInt(this.random.nextBoolean() ? 4 : 50));
				}
			}
		}

		private void change(int identifier) {
			PoolElement known = this.model.find(identifier);
			switch (this.random.nextInt(6)) {
				case 0, 1 -> assertThat(this.selection.remove(identifier)).as(this.name)
					.isEqualTo(this.model.remove(identifier));
				case 2 -> {
					PoolElement other = ((known != null) ? known : element(identifier)).withHomeRegistrar(8);
					assertThat(this.selection.replace(other)).as(this.name).isEqualTo(known != null);
					if (known != null) {
						this.model.replace(other);
					}
				}
				default -> {
					PoolElement element = element(identifier);
					this.selection.put(element);
					this.model.put(element);
				}
			}
		}

		private PoolElement element(int identifier) {
			long[] values = this.type.fields()
				.stream()
				.mapToLong((field) -> VALUES[this.random.nextInt(VALUES.length)])
				.toArray();
			return Members.element(identifier, MemberSelectionPolicy.of(this.type, values));
		}

		private void select(int items) {
			this.draws.bounds().clear();
			List<PoolElement> answer = (items == 1 && this.random.nextBoolean()) ? selectOne()
					: this.selection.select(items, this.draws);
			assertThat(answer).as(this.name)
				.doesNotHaveDuplicates()
				.hasSize(Math.min(items, this.model.eligibleSize()))
				.allMatch((element) -> this.model.find(element.identifier()) == element);
			if (this.model.isRandom()) {
				assertThat(this.model.agrees(answer, this.draws.bounds())).as(this.name).isTrue();
			}
			else {
				assertThat(answer).as(this.name).isEqualTo(this.model.answer(items));
			}
			if (!answer.isEmpty()) {
				this.model.charge(answer.get(0));
			}
		}

		private List<PoolElement> selectOne() {
			PoolElement element = this.selection.selectOne(this.draws);
			return (element != null) ? List.of(element) : List.of();
		}

	}

}
