package org.rserpool.registrar;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.wire.TransportUse;
import org.rserpool.wire.WireCodec;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.Dialect;
import org.rserpool.runtime.Association;
import org.rserpool.wire.EnrpMessage.HandleTableRequest;
import org.rserpool.wire.EnrpMessage.HandleTableResponse;
import org.rserpool.wire.EnrpMessage.HandleUpdate;
import org.rserpool.wire.EnrpMessage.ListRequest;
import org.rserpool.wire.EnrpMessage.PoolEntry;
import org.rserpool.wire.EnrpMessage.UpdateAction;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Tables}. The handlespace has two pools: one of five elements that a
 * peer owns, and behind it one of three own elements. A page has two elements.
 */
class TablesTests {

	private static final int OWN = 0x80;

	private static final Duration SOON = Duration.ofMillis(20);

	private static final PoolHandle FIRST = PoolHandle.of("Another");

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestRegistrar mentor = new TestRegistrar(this.network.process(), OWN, List.of(),
			(settings) -> settings.tablePageElements(2));

	private final TestPeer owner = new TestPeer(this.network, 0x90);

	private final TestPeer peer = new TestPeer(this.network, 0x91);

	TablesTests() {
		this.mentor.role.start();
		this.owner.connect(this.mentor);
		for (int identifier = 1; identifier <= 5; identifier++) {
			this.owner.send(new HandleUpdate(false, 0x90, 0, UpdateAction.ADD_PE, FIRST, element(identifier)));
		}
		for (int identifier = 6; identifier <= 8; identifier++) {
			new TestElement(this.network, identifier).register(this.mentor.asap());
		}
		this.peer.connect(this.mentor);
		this.peer.present();
		this.network.run(SOON);
		assertThat(this.mentor.owners()).hasSize(8);
	}

	@Test
	@Conformance({ "EN14", "EN17" })
	void handsTheTableOutPageByPage() {
		assertThat(pages(false)).containsExactly(List.of(1, 2), List.of(3, 4), List.of(5, 6), List.of(7, 8));
		List<HandleTableResponse> responses = this.peer.received(HandleTableResponse.class);
		assertThat(responses).extracting(HandleTableResponse::more).containsExactly(true, true, true, false);
		assertThat(responses).noneMatch(HandleTableResponse::rejected);
		assertThat(responses.get(2).pools()).extracting(PoolEntry::poolHandle).containsExactly(FIRST, TestElement.POOL);
		assertThat(this.peer.octets).filteredOn((octets) -> octets.at(0) == 3)
			.as("a pool handle comes first")
			.allMatch((octets) -> octets.at(12) == 0 && octets.at(13) == 9);
		assertThat(pages(false)).as("and again").hasSize(4);
	}

	@Test
	@Conformance("EN55")
	void handsOutExactlyItsOwnElementsIfAskedForThem() {
		assertThat(pages(true)).containsExactly(List.of(6, 7), List.of(8));
	}

	@Test
	@Conformance("EN20")
	void forgetsASessionThatIsNotContinued() {
		assertThat(page(false)).containsExactly(1, 2);
		this.network.run(Duration.ofMillis(1900));
		assertThat(page(false)).as("in time").containsExactly(3, 4);
		this.network.run(Duration.ofMillis(2100));
		assertThat(page(false)).as("too late").containsExactly(1, 2);
	}

	@Test
	void keepsASessionForEachAssociation() {
		Association first = this.peer.association;
		assertThat(page(false)).containsExactly(1, 2);
		Association second = this.peer.connect(this.mentor);
		this.network.run(SOON);
		assertThat(page(false)).containsExactly(1, 2);
		assertThat(this.peer.association).as("answers come where they were asked for").isSameAs(second);
		this.peer.association = first;
		assertThat(page(false)).containsExactly(3, 4);
		second.abort();
		this.network.run(SOON);
		this.peer.association = first;
		assertThat(page(false)).as("the end of another association changes nothing").containsExactly(5, 6);
	}

	@Test
	void aSessionForOwnElementsDoesNotDisturbTheOther() {
		assertThat(page(false)).containsExactly(1, 2);
		assertThat(page(true)).containsExactly(6, 7);
		assertThat(page(false)).containsExactly(3, 4);
		assertThat(page(true)).containsExactly(8);
		assertThat(page(false)).containsExactly(5, 6);
	}

	@Test
	void aRegistrarThatAsksForTheListBeginsItsDownloadAgain() {
		assertThat(page(false)).containsExactly(1, 2);
		this.peer.send(new ListRequest(0x91, OWN));
		assertThat(page(false)).containsExactly(1, 2);
	}

	@Test
	void aRequestForTheListDoesNotEndADownloadInTheRsplibDialect() {
		TestRegistrar other = new TestRegistrar(this.network.process(), 0x81, List.of(),
				(settings) -> settings.tablePageElements(2)
					.dialect(Dialect.RSPLIB)
					.protocols(List.of(TransportProtocol.SCTP)));
		other.role.start();
		TestPeer viewer = new TestPeer(this.network.process(), 0x92, TransportProtocol.SCTP);
		viewer.codec = new WireCodec(Dialect.RSPLIB);
		viewer.connect(other);
		viewer.present();
		Transport transport = new Transport.Sctp(7, TransportUse.DATA_ONLY, List.of(viewer.process().address()));
		for (int identifier = 1; identifier <= 5; identifier++) {
			viewer.send(new HandleUpdate(false, 0x92, 0, UpdateAction.ADD_PE, FIRST, new PoolElement(identifier, 0x92,
					30_000, transport, MemberSelectionPolicy.ROUND_ROBIN, transport)));
		}
		List<Integer> seen = new ArrayList<>();
		for (int page = 0; page < 3; page++) {
			viewer.send(new ListRequest(0x92, 0));
			viewer.send(new HandleTableRequest(false, 0x92, 0));
			this.network.run(SOON);
			viewer.last(HandleTableResponse.class)
				.pools()
				.forEach((pool) -> pool.elements().forEach((element) -> seen.add(element.identifier())));
		}
		assertThat(seen).containsExactly(1, 2, 3, 4, 5);
		assertThat(viewer.last(HandleTableResponse.class).more()).isFalse();
	}

	@Test
	@Conformance({ "EN17", "EN18" })
	void refusesMoreSessionsThanItMayHave() {
		for (int i = 0; i < Tables.MAX_SESSIONS; i++) {
			this.peer.connect(this.mentor);
			assertThat(page(false)).containsExactly(1, 2);
		}
		this.owner.send(new HandleTableRequest(false, 0x90, OWN));
		this.network.run(SOON);
		assertThat(this.owner.last(HandleTableResponse.class))
			.isEqualTo(new HandleTableResponse(true, false, OWN, 0x90, List.of()));
		assertThat(page(false)).as("a session goes on").containsExactly(3, 4);
		this.network.run(Duration.ofMillis(2100));
		this.owner.send(new HandleTableRequest(false, 0x90, OWN));
		this.network.run(SOON);
		assertThat(this.owner.last(HandleTableResponse.class).rejected()).isFalse();
	}

	@Test
	void goesOnBehindAnElementThatIsGone() {
		assertThat(page(false)).containsExactly(1, 2);
		for (int identifier : List.of(2, 3)) {
			this.owner.send(new HandleUpdate(false, 0x90, 0, UpdateAction.DEL_PE, FIRST, element(identifier)));
		}
		this.network.run(SOON);
		assertThat(page(false)).containsExactly(4, 5);
		assertThat(page(false)).containsExactly(6, 7);
	}

	private List<List<Integer>> pages(boolean ownOnly) {
		List<List<Integer>> pages = new ArrayList<>();
		do {
			pages.add(page(ownOnly));
		}
		while (this.peer.last(HandleTableResponse.class).more());
		return pages;
	}

	private List<Integer> page(boolean ownOnly) {
		int before = this.peer.received(HandleTableResponse.class).size();
		this.peer.send(new HandleTableRequest(ownOnly, 0x91, OWN));
		this.network.run(SOON);
		assertThat(this.peer.received(HandleTableResponse.class)).hasSize(before + 1);
		return this.peer.last(HandleTableResponse.class)
			.pools()
			.stream()
			.flatMap((pool) -> pool.elements().stream())
			.map(PoolElement::identifier)
			.toList();
	}

	private PoolElement element(int identifier) {
		Transport transport = new Transport.Tcp(7, this.owner.process().address());
		return new PoolElement(identifier, 0x90, 30_000, transport, MemberSelectionPolicy.ROUND_ROBIN, transport);
	}

}
