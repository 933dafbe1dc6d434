package org.rserpool.registrar;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.registrar.RegistrarSnapshot.State;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.EnrpMessage.HandleTableRequest;
import org.rserpool.wire.EnrpMessage.HandleTableResponse;
import org.rserpool.wire.EnrpMessage.ListRequest;
import org.rserpool.wire.EnrpMessage.ListResponse;
import org.rserpool.wire.EnrpMessage.PoolEntry;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.ServerInformation;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how a {@link RegistrarRole} starts, message by message.
 */
class StartUpTests {

	private static final int OWN = 0x80;

	private static final PoolHandle OTHER = PoolHandle.of("OtherPool");

	private static final Duration SOON = Duration.ofMillis(20);

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestPeer mentor = new TestPeer(this.network, 0x90);

	@Test
	@Conformance("EN1")
	void drawsAnIdentifierAndKeepsIt() {
		TestRegistrar one = new TestRegistrar(this.network.process(), Identifiers.NONE, List.of(),
				UnaryOperator.identity());
		TestRegistrar two = new TestRegistrar(this.network.process(), Identifiers.NONE, List.of(),
				UnaryOperator.identity());
		one.role.start();
		int drawn = one.role.identifier();
		assertThat(drawn).isNotEqualTo(Identifiers.NONE).isNotEqualTo(two.role.identifier());
		this.mentor.connect(one);
		this.mentor.present(true);
		this.network.run(Duration.ofSeconds(30));
		this.mentor.send(new ListRequest(0x90, drawn));
		this.network.run(SOON);
		assertThat(this.mentor.received).hasSizeGreaterThan(20)
			.allMatch((message) -> message.sender() == drawn)
			.hasAtLeastOneElementOfType(ListResponse.class);
	}

	@Test
	@Conformance("EN6")
	void startsServiceAtOnceAndDownloadsNothingWithoutPeers() {
		TestRegistrar alone = start(List.of());
		assertThat(alone.events).containsExactly("state RUNNING");
		this.mentor.connect(alone);
		this.mentor.present();
		this.network.run(Duration.ofSeconds(3));
		assertThat(this.mentor.received(HandleTableRequest.class)).isEmpty();
	}

	@Test
	@Conformance({ "EN4", "EN7", "EN10", "EN13", "EN15", "EN16", "EN21" })
	void asksItsMentorForTheListAndThenForTheTableUntilThereIsNoMore() {
		TestPeer other = new TestPeer(this.network, 0x91);
		TestRegistrar registrar = start(List.of(this.mentor));
		this.network.run(SOON);
		assertThat(asked(this.mentor)).containsExactly(new ListRequest(OWN, 0x90));
		this.mentor.send(list(this.mentor, other.information()));
		this.network.run(SOON);
		assertThat(registrar.peers()).containsExactly(0x90, 0x91);
		assertThat(other.probes()).as("the other registrar is met").isNotEmpty();
		HandleTableRequest request = new HandleTableRequest(false, OWN, 0x90);
		assertThat(asked(this.mentor)).containsExactly(new ListRequest(OWN, 0x90), request);

		PoolElement random = element(1, MemberSelectionPolicy.of(PolicyType.RANDOM));
		PoolElement old = element(3, MemberSelectionPolicy.ROUND_ROBIN);
		this.mentor.send(table(true, new PoolEntry(OTHER, List.of(random)),
				new PoolEntry(TestElement.POOL, List.of(element(2, MemberSelectionPolicy.ROUND_ROBIN), old))));
		this.network.run(SOON);
		assertThat(asked(this.mentor)).hasSize(3).last().isEqualTo(request);
		assertThat(registrar.role.snapshot().state()).isEqualTo(State.STARTING);

		PoolElement replaced = new PoolElement(3, 0x90, 60_000, old.userTransport(), old.policy(), old.asapTransport());
		this.mentor.send(table(false, new PoolEntry(TestElement.POOL, List.of(replaced))));
		this.network.run(SOON);
		assertThat(registrar.isRunning()).isTrue();
		assertThat(asked(this.mentor)).hasSize(3);
		assertThat(registrar.role.snapshot().pools()).containsExactly(
				new RegistrarSnapshot.Pool(TestElement.POOL, MemberSelectionPolicy.ROUND_ROBIN,
						List.of(element(2, MemberSelectionPolicy.ROUND_ROBIN), replaced)),
				new RegistrarSnapshot.Pool(OTHER, random.policy(), List.of(random)));
	}

	@Test
	void meetsNobodyOfAListWhoHasNoIdentifierOrItsOwn() {
		TestPeer nobody = new TestPeer(this.network, Identifiers.NONE);
		TestPeer itself = new TestPeer(this.network, OWN);
		TestRegistrar registrar = start(List.of(this.mentor));
		this.network.run(SOON);
		this.mentor.send(list(this.mentor, nobody.information(), itself.information(), this.mentor.information()));
		this.network.run(SOON);
		assertThat(registrar.peers()).containsExactly(0x90);
		assertThat(nobody.received).isEmpty();
		assertThat(itself.received).isEmpty();
		assertThat(asked(this.mentor)).as("the rest of the list counts").hasSize(2);
	}

	@Test
	@Conformance("EN15")
	void anEmptyHandlespaceEndsTheDownload() {
		TestRegistrar registrar = start(List.of(this.mentor));
		this.network.run(SOON);
		this.mentor.send(list(this.mentor));
		this.network.run(SOON);
		this.mentor.send(table(false));
		this.network.run(SOON);
		assertThat(registrar.isRunning()).isTrue();
	}

	@Test
	@Conformance({ "EN5", "EN8" })
	void asksABackupWhenTheMentorDoesNotSendItsList() {
		TestPeer backup = new TestPeer(this.network, 0x91);
		start(List.of(this.mentor, backup));
		this.network.run(Duration.ofMillis(990));
		assertThat(asked(this.mentor)).hasSize(1);
		assertThat(asked(backup)).as("one mentor at a time").isEmpty();
		this.network.run(Duration.ofMillis(50));
		assertThat(asked(backup)).containsExactly(new ListRequest(OWN, 0x91));
		this.mentor.send(list(this.mentor));
		this.network.run(SOON);
		assertThat(asked(this.mentor)).as("the mentor is too late").hasSize(1);
	}

	@Test
	@Conformance("EN19")
	void startsAgainWithABackupWhenThePageDoesNotCome() {
		TestPeer backup = new TestPeer(this.network, 0x91);
		TestRegistrar registrar = start(List.of(this.mentor, backup));
		this.network.run(SOON);
		this.mentor.send(list(this.mentor));
		this.network.run(SOON);
		this.mentor
			.send(table(true, new PoolEntry(TestElement.POOL, List.of(element(2, MemberSelectionPolicy.ROUND_ROBIN)))));
		this.network.run(Duration.ofMillis(990));
		assertThat(asked(backup)).isEmpty();
		this.network.run(Duration.ofMillis(50));
		assertThat(asked(backup)).containsExactly(new ListRequest(OWN, 0x91));
		this.mentor.send(table(false));
		this.network.run(SOON);
		assertThat(registrar.isRunning()).as("the mentor is too late").isFalse();
		backup.send(list(backup));
		this.network.run(SOON);
		backup.send(new HandleTableResponse(false, false, 0x91, OWN, List.of()));
		this.network.run(SOON);
		assertThat(registrar.isRunning()).isTrue();
	}

	@Test
	@Conformance("EN12")
	void waitsAndAsksAgainWhenTheOnlyMentorRefuses() {
		TestRegistrar registrar = start(List.of(this.mentor));
		this.network.run(SOON);
		this.mentor.send(new ListResponse(true, 0x90, OWN, List.of()));
		this.network.run(Duration.ofMillis(970));
		assertThat(asked(this.mentor)).hasSize(1);
		this.network.run(Duration.ofMillis(50));
		assertThat(asked(this.mentor)).hasSize(2).last().isEqualTo(new ListRequest(OWN, 0x90));
		assertThat(registrar.isRunning()).isFalse();
	}

	@Test
	@Conformance({ "EN12", "EN18" })
	void asksABackupAtOnceWhenTheMentorRefusesTheTable() {
		TestPeer backup = new TestPeer(this.network, 0x91);
		start(List.of(this.mentor, backup));
		this.network.run(SOON);
		this.mentor.send(list(this.mentor));
		this.network.run(SOON);
		this.mentor.send(new HandleTableResponse(true, false, 0x90, OWN, List.of()));
		this.network.run(SOON);
		assertThat(asked(backup)).containsExactly(new ListRequest(OWN, 0x91));
	}

	@Test
	@Conformance({ "EN11", "EN17", "EN18" })
	void refusesToBeAMentorBeforeItRuns() {
		TestRegistrar starting = start(List.of(this.mentor));
		this.network.run(SOON);
		assertThat(starting.isRunning()).isFalse();
		TestPeer other = new TestPeer(this.network, 0x91);
		other.connect(starting);
		other.present();
		other.send(new ListRequest(0x91, OWN));
		other.send(new HandleTableRequest(false, 0x91, OWN));
		this.network.run(SOON);
		assertThat(other.last(ListResponse.class)).isEqualTo(new ListResponse(true, OWN, 0x91, List.of()));
		assertThat(other.last(HandleTableResponse.class))
			.isEqualTo(new HandleTableResponse(true, false, OWN, 0x91, List.of()));
		assertThat(other.octets).as("no parameters")
			.filteredOn((octets) -> octets.at(0) == 3 || octets.at(0) == 6)
			.hasSize(2)
			.allMatch((octets) -> octets.length() == 12 && octets.at(1) == 1);
	}

	@Test
	@Conformance("EN9")
	void aMentorNamesItselfAndAllItsPeers() {
		TestRegistrar registrar = start(List.of());
		List<TestPeer> peers = new ArrayList<>(List.of(this.mentor));
		for (int i = 0; i < 3; i++) {
			peers.add(new TestPeer(this.network, 0xa0 + i));
		}
		peers.forEach((peer) -> {
			peer.connect(registrar);
			peer.present();
		});
		this.network.run(SOON);
		this.mentor.send(new ListRequest(0x90, OWN));
		this.network.run(SOON);
		ListResponse response = this.mentor.last(ListResponse.class);
		assertThat(response.rejected()).isFalse();
		assertThat(response.servers()).containsExactlyInAnyOrder(
				new ServerInformation(OWN, new Transport.Tcp(9901, registrar.process().address())),
				peers.get(1).information(), peers.get(2).information(), peers.get(3).information());
	}

	private TestRegistrar start(List<TestPeer> peers) {
		TestRegistrar registrar = new TestRegistrar(this.network.process(), OWN,
				peers.stream().map(TestPeer::process).toList(),
				(settings) -> settings.mentorTimeout(Duration.ofSeconds(60)));
		registrar.role.start();
		return registrar;
	}

	/**
	 * Return what a peer was asked for.
	 */
	private static List<EnrpMessage> asked(TestPeer peer) {
		return peer.received.stream()
			.filter((message) -> message instanceof ListRequest || message instanceof HandleTableRequest)
			.toList();
	}

	private static ListResponse list(TestPeer peer, ServerInformation... servers) {
		return new ListResponse(false, peer.identifier(), OWN, List.of(servers));
	}

	private static HandleTableResponse table(boolean more, PoolEntry... pools) {
		return new HandleTableResponse(false, more, 0x90, OWN, List.of(pools));
	}

	private PoolElement element(int identifier, MemberSelectionPolicy policy) {
		Transport transport = new Transport.Tcp(7, this.mentor.process().address());
		return new PoolElement(identifier, 0x90, 30_000, transport, policy, transport);
	}

}
