package org.rserpool.user;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecentIdentifiersTests {

	private final RecentIdentifiers identifiers = new RecentIdentifiers();

	@Test
	void knowsNothingAtFirst() {
		assertThat(this.identifiers.contains(0)).isFalse();
		assertThat(this.identifiers.contains(1)).isFalse();
	}

	@Test
	void knowsWhatWasAddedAndNothingElse() {
		int[] drawn = new SplittableRandom(1).ints(200).toArray();
		for (int identifier : drawn) {
			assertThat(this.identifiers.contains(identifier)).isFalse();
			this.identifiers.add(identifier);
			this.identifiers.add(identifier);
		}
		assertThat(IntStream.of(drawn)).allMatch(this.identifiers::contains);
	}

	@Test
	void knowsIdentifiersThatFollowEachOther() {
		IntStream.rangeClosed(1, 1000).forEach(this.identifiers::add);
		assertThat(IntStream.rangeClosed(1, 1000)).allMatch(this.identifiers::contains);
		assertThat(this.identifiers.contains(1001)).isFalse();
	}

	@Test
	void forgetsSomeWhenThereAreVeryMany() {
		IntStream.rangeClosed(1, 100_000).forEach(this.identifiers::add);
		assertThat(this.identifiers.contains(100_000)).isTrue();
		assertThat(IntStream.rangeClosed(1, 100_000).filter(this.identifiers::contains).count()).isBetween(1L, 4_096L);
	}

}
