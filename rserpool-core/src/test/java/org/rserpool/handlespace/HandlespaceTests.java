package org.rserpool.handlespace;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.handlespace.Handlespace.Entry;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.TransportUse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Handlespace} and {@link HandlespaceChecksum}.
 */
class HandlespaceTests {

	private static final PoolHandle ECHO = PoolHandle.of("EchoPool");

	private final Handlespace handlespace = new Handlespace();

	private final Random random = new Random(815);

	@Test
	@Conformance("EN52")
	void checksumMatchesTheVectors() {
		assertThat(checksum()).isEqualTo(0xffff);
		assertThat(checksum("EchoPool", 0x12345678)).isEqualTo(0x29a5);
		assertThat(checksum("Echo1", 0x12345678)).isEqualTo(0xb880);
		assertThat(checksum("A", 1)).isEqualTo(0xbefe);
		assertThat(checksum("EchoPool", 0x12345678, "EchoPool", 0x9abcdef0)).isEqualTo(0x4249);
		assertThat(checksum("EchoPool", 0x12345678, "Echo1", 0x9abcdef0)).isEqualTo(0xd124);
		assertThat(checksum("EchoPool", 0x11223344)).isEqualTo(0x4deb);
		assertThat(checksum("EchoPool", 0x11223344, "EchoPool", 1)).isEqualTo(0xe03b);
		assertThat(checksum("EchoPool", 0x11223344, "EchoPool", 1, "abc", 0xdeadbeef)).isEqualTo(0x7e3b);
		assertThat(checksum("EchoPool", 0x11223344, "EchoPool", 1, "abc", 0xdeadbeef, "CalcAppPool", 0xffffffff))
			.isEqualTo(0x4146);
		HandlespaceChecksum ones = new HandlespaceChecksum();
		ones.add(new ElementKey(new PoolHandle(Octets.ofHex("ffffffffffffff")), 0xffffffff));
		assertThat(ones.value()).isEqualTo(0x00ff);
		HandlespaceChecksum thousand = new HandlespaceChecksum();
		for (int id = 1; id <= 1000; id++) {
			thousand.add(new ElementKey(ECHO, id));
		}
		assertThat(thousand.value()).isEqualTo(0xeb87);
	}

	@Test
	@Conformance({ "PR1", "PR2", "PR3" })
	void theFirstElementDeterminesWhatFitsIntoThePool() {
		PoolElement first = element(1, 7);
		assertThat(this.handlespace.check(ECHO, first)).isNull();
		this.handlespace.put(ECHO, first);
		assertThat(this.handlespace.check(ECHO, element(2, 7))).isNull();
		assertThat(this.handlespace.check(ECHO, first.withPolicy(MemberSelectionPolicy.of(PolicyType.RANDOM))))
			.isEqualTo(Inconsistency.POLICY);
		InetAddress address = InetAddress.getLoopbackAddress();
		assertThat(this.handlespace.check(ECHO, element(2, 7, new Transport.Udp(1, address))))
			.isEqualTo(Inconsistency.TRANSPORT_TYPE);
		assertThat(this.handlespace.check(ECHO,
				element(2, 7, new Transport.Tcp(1, TransportUse.DATA_PLUS_CONTROL, address))))
			.isEqualTo(Inconsistency.TRANSPORT_USE);
	}

	@Test
	@Conformance({ "PR4", "PR11" })
	void elementsAreReplacedAndEmptyPoolsVanish() {
		PoolElement first = element(1, 7);
		assertThat(this.handlespace.put(ECHO, first)).isNull();
		PoolElement again = element(1, 8, new Transport.Tcp(99, InetAddress.getLoopbackAddress()));
		assertThat(this.handlespace.put(ECHO, again)).isSameAs(first);
		ElementKey key = new ElementKey(ECHO, 1);
		assertThat(this.handlespace.find(key)).isSameAs(again);
		assertThat(this.handlespace.owners()).containsExactly(8);
		assertThat(this.handlespace.remove(key)).isSameAs(again);
		assertThat(this.handlespace.remove(key)).isNull();
		assertThat(this.handlespace.pools()).isEmpty();
		assertThat(this.handlespace.owners()).isEmpty();
		assertThat(this.handlespace.size()).isZero();
	}

	@Test
	void suspectsAreSelectedOnlyWhenThereIsNoOther() {
		this.handlespace.put(ECHO, element(1, 7));
		this.handlespace.put(ECHO, element(2, 7));
		ElementKey key = new ElementKey(ECHO, 1);
		this.handlespace.suspect(key);
		this.handlespace.setOwner(key, 8);
		assertThat(selected()).containsExactly(2);
		this.handlespace.suspect(new ElementKey(ECHO, 2));
		assertThat(selected()).containsExactlyInAnyOrder(1, 2);
		this.handlespace.trust(key);
		assertThat(selected()).containsExactly(1);
		this.handlespace.put(ECHO, element(2, 7));
		assertThat(selected()).containsExactlyInAnyOrder(1, 2);
	}

	@Test
	@Conformance("PO8")
	void onlyARegistrationSetsTheDegradationToZero() {
		MemberSelectionPolicy policy = MemberSelectionPolicy.of(PolicyType.LEAST_USED_DEGRADATION, 0, 1);
		PoolElement first = element(1, 7).withPolicy(policy);
		this.handlespace.put(ECHO, first);
		assertThat(selected()).containsExactly(1);
		assertThat(selected()).containsExactly(1);
		this.handlespace.put(ECHO, element(2, 7).withPolicy(policy));
		this.handlespace.setOwner(new ElementKey(ECHO, 1), 8);
		this.handlespace.trust(new ElementKey(ECHO, 1));
		assertThat(selected()).containsExactly(2, 1);
		assertThat(selected()).containsExactly(2, 1);
		this.handlespace.put(ECHO, element(2, 7).withPolicy(policy));
		this.handlespace.put(ECHO, first);
		assertThat(selected()).containsExactly(1, 2);
	}

	@Test
	void pagesGoOnBehindTheCursorInOrder() {
		for (String pool : List.of("b", "a", "c")) {
			for (int id : List.of(0xffffffff, 3, 1, 2)) {
				this.handlespace.put(PoolHandle.of(pool), element(id, (id == 3) ? 8 : 7));
			}
		}
		assertThat(pages(null, 5)).hasToString("[[a/1, a/2, a/3, a/-1, b/1], [b/2, b/3, b/-1, c/1, c/2], [c/3, c/-1]]");
		assertThat(pages(7, 4)).hasToString("[[a/1, a/2, a/-1, b/1], [b/2, b/-1, c/1, c/2], [c/-1]]");
		assertThat(this.handlespace.elementsOf(9, null, 5)).isEmpty();
		assertThat(this.handlespace.elements(new ElementKey(PoolHandle.of("a"), 0xffffffff), 1).get(0).key())
			.isEqualTo(new ElementKey(PoolHandle.of("b"), 1));
	}

	@Test
	@Conformance("EN53")
	void agreesWithAModelUnderRandomChanges() {
		Map<ElementKey, Integer> model = new TreeMap<>();
		for (int step = 0; step < 4000; step++) {
			ElementKey key = new ElementKey(PoolHandle.of("pool" + this.random.nextInt(4)),
					1 + this.random.nextInt(40));
			int owner = 1 + this.random.nextInt(3);
			switch (this.random.nextInt(4)) {
				case 0 -> {
					assertThat(this.handlespace.remove(key) != null).isEqualTo(model.remove(key) != null);
				}
				case 1 -> {
					boolean there = model.computeIfPresent(key, (k, old) -> owner) != null;
					assertThat(this.handlespace.setOwner(key, owner) != null).isEqualTo(there);
				}
				default -> {
					boolean replaced = this.handlespace.put(key.poolHandle(), element(key.identifier(), owner)) != null;
					assertThat(replaced).isEqualTo(model.put(key, owner) != null);
				}
			}
			assertThat(this.handlespace.size()).isEqualTo(model.size());
		}
		for (int owner = 1; owner <= 3; owner++) {
			HandlespaceChecksum expected = new HandlespaceChecksum();
			List<ElementKey> keys = new ArrayList<>();
			for (Map.Entry<ElementKey, Integer> entry : model.entrySet()) {
				if (entry.getValue() == owner) {
					expected.add(entry.getKey());
					keys.add(entry.getKey());
				}
			}
			assertThat(this.handlespace.checksum(owner)).isEqualTo(expected.value());
			assertThat(this.handlespace.owned(owner)).isEqualTo(keys.size());
			assertThat(this.handlespace.elementsOf(owner, null, 1000)).extracting(Entry::key)
				.containsExactlyElementsOf(keys);
		}
	}

	private List<Integer> selected() {
		return this.handlespace.select(ECHO, 5, this.random).stream().map(PoolElement::identifier).toList();
	}

	private List<List<String>> pages(@Nullable Integer owner, int limit) {
		List<List<String>> pages = new ArrayList<>();
		ElementKey after = null;
		while (true) {
			List<Entry> page = (owner != null) ? this.handlespace.elementsOf(owner, after, limit)
					: this.handlespace.elements(after, limit);
			if (page.isEmpty()) {
				return pages;
			}
			after = page.get(page.size() - 1).key();
			pages.add(page.stream().map((e) -> e.key().poolHandle() + "/" + e.key().identifier()).toList());
		}
	}

	private static int checksum(Object... handlesAndIdentifiers) {
		HandlespaceChecksum checksum = new HandlespaceChecksum();
		ElementKey other = new ElementKey(PoolHandle.of("removed"), 0xfedcba98);
		checksum.add(other);
		for (int i = 0; i < handlesAndIdentifiers.length; i += 2) {
			checksum.add(new ElementKey(PoolHandle.of((String) handlesAndIdentifiers[i]),
					(Integer) handlesAndIdentifiers[i + 1]));
		}
		checksum.remove(other);
		return checksum.value();
	}

	private static PoolElement element(int identifier, int home) {
		return element(identifier, home, new Transport.Tcp(80, InetAddress.getLoopbackAddress()));
	}

	private static PoolElement element(int identifier, int home, Transport transport) {
		return new PoolElement(identifier, home, 1000, transport, MemberSelectionPolicy.ROUND_ROBIN, null);
	}

}
