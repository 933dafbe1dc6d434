package org.rserpool.handlespace;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandlespaceChecksum} where a sum of 32 bits does not hold all.
 */
class HandlespaceChecksumTests {

	private static final int ELEMENTS = 30_000;

	private static final PoolHandle LONG = PoolHandle.of("a pool handle of thirty-two byte");

	private final HandlespaceChecksum checksum = new HandlespaceChecksum();

	private final List<ElementKey> keys = new ArrayList<>();

	@BeforeEach
	void addMany() {
		for (int i = 1; i <= ELEMENTS; i++) {
			ElementKey key = new ElementKey(LONG, i * 0x9e3779b9);
			this.keys.add(key);
			this.checksum.add(key);
		}
	}

	@Test
	void theSumsWrapAround() {
		long sum = this.keys.stream().mapToLong((key) -> sumOfWords(octets(key), true)).sum();
		assertThat(sum).isGreaterThan(0xffffffffL);
	}

	@Test
	@Conformance("EN52")
	void theValueOfTheRfcIsNotAffected() {
		assertThat(this.checksum.value()).isEqualTo(byTheRfc(this.keys)).isEqualTo(this.checksum.value(Dialect.RFC));
	}

	@Test
	void theOtherValueIsThatOfAnAccumulatorThatWraps() {
		assertThat(this.checksum.wrappedValue()).isEqualTo(byTheReference(this.keys))
			.isEqualTo(this.checksum.value(Dialect.RSPLIB))
			.isNotEqualTo(this.checksum.value());
	}

	@Test
	@Conformance("EN53")
	void removingIsExactOnTheWayBack() {
		while (this.keys.size() > 1) {
			this.checksum.remove(this.keys.remove(this.keys.size() - 1));
			if (this.keys.size() % 1000 == 1) {
				assertThat(this.checksum.value()).isEqualTo(byTheRfc(this.keys));
				assertThat(this.checksum.wrappedValue()).isEqualTo(byTheReference(this.keys));
			}
		}
		assertThat(this.checksum.wrappedValue()).isEqualTo(this.checksum.value());
		this.checksum.remove(this.keys.get(0));
		assertThat(this.checksum.value()).isEqualTo(HandlespaceChecksum.EMPTY);
		assertThat(this.checksum.wrappedValue()).isEqualTo(HandlespaceChecksum.EMPTY);
	}

	@Test
	void bothValuesMatchInTheDialectOfTheReferenceImplementation() {
		assertThat(this.checksum.matches(this.checksum.value(), Dialect.RSPLIB)).isTrue();
		assertThat(this.checksum.matches(this.checksum.wrappedValue(), Dialect.RSPLIB)).isTrue();
		assertThat(this.checksum.matches(this.checksum.value() ^ 1, Dialect.RSPLIB)).isFalse();
		assertThat(this.checksum.matches(this.checksum.value(), Dialect.RFC)).isTrue();
		assertThat(this.checksum.matches(this.checksum.wrappedValue(), Dialect.RFC)).isFalse();
	}

	private static int byTheRfc(List<ElementKey> keys) {
		int sum = 0;
		for (ElementKey key : keys) {
			for (long word = sumOfWords(octets(key), true); word > 0; word >>>= 16) {
				sum += (int) (word & 0xffff);
				sum = (sum & 0xffff) + (sum >>> 16);
			}
		}
		return ~sum & 0xffff;
	}

	private static int byTheReference(List<ElementKey> keys) {
		int accumulator = 0;
		for (ElementKey key : keys) {
			accumulator += (int) sumOfWords(octets(key), false);
		}
		while (accumulator >>> 16 != 0) {
			accumulator = (accumulator & 0xffff) + (accumulator >>> 16);
		}
		int value = ~accumulator & 0xffff;
		return (value & 0xff) << 8 | value >>> 8;
	}

	private static long sumOfWords(byte[] octets, boolean mostSignificantFirst) {
		long sum = 0;
		for (int i = 0; i < octets.length; i += 2) {
			int first = octets[i] & 0xff;
			int second = octets[i + 1] & 0xff;
			sum += mostSignificantFirst ? first << 8 | second : second << 8 | first;
		}
		return sum;
	}

	private static byte[] octets(ElementKey key) {
		Octets identifier = Octets.ofHex(String.format("%08x", key.identifier()));
		return Octets.ofHex(key.poolHandle().octets().toHex() + identifier.toHex()).toArray();
	}

}
