package org.rserpool.test;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.discovery.MulticastGroups;
import org.rserpool.hunt.AnnouncementSettings;
import org.rserpool.registrar.MulticastSettings;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.runtime.MulticastSpecification;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.ServerAnnounce;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.EnrpMessage.Presence;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.ServerInformation;
import org.rserpool.wire.Transport;
import org.rserpool.wire.WireCodec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Registrars that make themselves known by multicast.
 */
class RegistrarMulticastTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private final SimulatedScope scope = new SimulatedScope(1);

	private final List<Announcement> announcements = new ArrayList<>();

	private final List<EnrpMessage> presences = new ArrayList<>();

	private Dialect dialect = Dialect.RFC;

	@Test
	@Conformance("PR29")
	void aloneARegistrarAnnouncesItselfOnceInAUnitOfTime() {
		listener();
		registrar("r1", 1, List.of(), UnaryOperator.identity());
		this.scope.run(Duration.ofMillis(10_500));
		assertThat(this.announcements).hasSize(11);
		assertThat(gaps(1)).allSatisfy((gap) -> assertThat(gap).isBetween(998L, 1_002L));
	}

	@Test
	@Conformance("PR29")
	void fourRegistrarsTogetherAnnounceThemselvesOnceInAUnitOfTime() {
		listener();
		for (int i = 1; i <= 4; i++) {
			registrar("r" + i, i, List.of(), UnaryOperator.identity());
		}
		this.scope.run(Duration.ofSeconds(20));
		this.announcements.clear();
		this.scope.run(Duration.ofSeconds(60));
		assertThat(this.announcements).hasSizeBetween(58, 62);
		for (int i = 1; i <= 4; i++) {
			assertThat(gaps(i)).allSatisfy((gap) -> assertThat(gap).isBetween(3_998L, 4_002L));
		}
	}

	@Test
	@Conformance({ "PR29", "PR30" })
	void anAnnouncementSaysWhereTheRegistrarIsReachedByAsap() {
		listener();
		SimulatedRegistrar registrar = registrar("r1", 7, List.of(), UnaryOperator.identity());
		this.scope.run(Duration.ofMillis(100));
		assertThat(this.announcements).singleElement().satisfies((announcement) -> {
			assertThat(announcement.message.registrar()).isEqualTo(7);
			assertThat(announcement.message.transports())
				.containsExactly(new Transport.Tcp(SimulatedRegistrar.ASAP_PORT, registrar.process().address()));
		});
	}

	@Test
	void aRegistrarAnnouncesItselfOnlyWhileItGivesService() {
		listener();
		SimulatedProcess dark = this.scope.process("dark", (runtime) -> {
		});
		SimulatedRegistrar registrar = registrar("r1", 1, List.of(dark.address(9901)), UnaryOperator.identity());
		this.scope.runUntil(() -> registrar.snapshot().state() == RegistrarSnapshot.State.RUNNING,
				Duration.ofSeconds(10));
		assertThat(this.announcements).isEmpty();
		this.scope.run(Duration.ofMillis(100));
		assertThat(this.announcements).hasSize(1);
		registrar.leave();
		this.scope.run(Duration.ofSeconds(10));
		assertThat(this.announcements).hasSize(1);
	}

	@Test
	void inTheDialectOfRsplibItNamesNoTransportsAndKeepsToOneSecond() {
		this.dialect = Dialect.RSPLIB;
		listener();
		registrar("r1", 1, List.of(), UnaryOperator.identity());
		registrar("r2", 2, List.of(), UnaryOperator.identity());
		this.scope.run(Duration.ofMillis(10_500));
		assertThat(this.announcements).hasSize(22)
			.allSatisfy((announcement) -> assertThat(announcement.message.transports()).isEmpty())
			.allSatisfy((announcement) -> assertThat(announcement.source.getPort())
				.isEqualTo(SimulatedRegistrar.ASAP_PORT));
	}

	@Test
	void forgedAnnouncementsSilenceNoRegistrar() {
		listener();
		registrar("r1", 1, List.of(), UnaryOperator.identity());
		this.scope.run(Duration.ofSeconds(1));
		for (int second = 0; second < 60; second++) {
			for (int i = 0; i < 100; i++) {
				send(MulticastGroups.asap(this.dialect), new WireCodec(this.dialect)
					.encode(new ServerAnnounce(this.scope.random().nextInt(10, 1_000_000), List.of())));
			}
			send(MulticastGroups.asap(this.dialect), ByteBuffer.allocate(second));
			this.scope.run(Duration.ofSeconds(1));
		}
		assertThat(gaps(1)).hasSizeGreaterThan(5).allSatisfy((gap) -> assertThat(gap).isLessThanOrEqualTo(9_002L));
	}

	@Test
	void registrarsThatKnowNothingOfEachOtherMeetByTheirPresences() {
		listener();
		List<SimulatedRegistrar> registrars = new ArrayList<>();
		for (int i = 1; i <= 3; i++) {
			registrars.add(registrar("r" + i, i, List.of(), this::withPresences));
		}
		this.scope.run(Duration.ofSeconds(5));
		assertThat(registrars).allSatisfy((registrar) -> assertThat(registrar.snapshot().peers()).hasSize(2)
			.allMatch((peer) -> peer.state() == RegistrarSnapshot.PeerState.ACTIVE));
	}

	@Test
	@Conformance("EN2")
	void aPresenceByMulticastIsForAll() {
		listener();
		registrar("r1", 1, List.of(), this::withPresences);
		this.scope.run(Duration.ofSeconds(1));
		assertThat(this.presences).isNotEmpty().allSatisfy((message) -> {
			assertThat(message.receiver()).isZero();
			assertThat(((Presence) message).replyRequired()).isFalse();
		});
	}

	@Test
	@Conformance({ "EN7", "EN13" })
	void aRegistrarFindsItsMentorByMulticast() {
		SimulatedRegistrar first = registrar("r1", 1, List.of(), this::withPresences);
		this.scope.run(Duration.ofSeconds(3));
		SimulatedElement element = new SimulatedElement(this.scope, "e1", POOL, 11, List.of(first.asapAddress()),
				UnaryOperator.identity());
		element.process().start();
		this.scope.run(Duration.ofSeconds(1));
		SimulatedRegistrar second = registrar("r2", 2, List.of(), this::withPresences);
		this.scope.runUntil(() -> second.snapshot().state() == RegistrarSnapshot.State.RUNNING, Duration.ofSeconds(5));
		assertThat(second.snapshot().pools()).singleElement()
			.satisfies((pool) -> assertThat(pool.elements()).hasSize(1));
		assertThat(this.scope.time()).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void aRegistrarThatMeetsNobodyStartsAlone() {
		SimulatedRegistrar registrar = registrar("r1", 1, List.of(), this::withPresences);
		this.scope.run(Duration.ofMillis(1_900));
		assertThat(registrar.snapshot().state()).isEqualTo(RegistrarSnapshot.State.STARTING);
		this.scope.run(Duration.ofMillis(200));
		assertThat(registrar.snapshot().state()).isEqualTo(RegistrarSnapshot.State.RUNNING);
	}

	@Test
	void aForgedPresenceStartsNoAuditAndAddsNoPeer() {
		listener();
		SimulatedRegistrar first = registrar("r1", 1, List.of(), this::withPresences);
		SimulatedRegistrar second = registrar("r2", 2, List.of(), this::withPresences);
		this.scope.run(Duration.ofSeconds(5));
		WireCodec codec = new WireCodec(this.dialect);
		for (int i = 0; i < 200; i++) {
			send(MulticastGroups.enrp(this.dialect), codec.encode(new Presence(true, 2, 0, 0x1234,
					new ServerInformation(2, new Transport.Tcp(9901, second.process().address())))));
			int stranger = this.scope.random().nextInt(1_000, 60_000);
			send(MulticastGroups.enrp(this.dialect), codec.encode(new Presence(true, stranger, 0, 0x1234,
					new ServerInformation(stranger, new Transport.Tcp(9901, SimulatedScope.address(stranger))))));
			send(MulticastGroups.enrp(this.dialect), ByteBuffer.allocate(i));
			this.scope.run(Duration.ofMillis(50));
		}
		assertThat(first.counters()).containsEntry("audit_mismatches", 0L);
		assertThat(first.snapshot().peers()).hasSize(1);
		assertThat(first.process().associationCount()).isLessThan(25);
		this.scope.run(Duration.ofSeconds(30));
		assertThat(first.process().associationCount()).isLessThan(5);
	}

	@Test
	void peersThatAreNamedAreFoundAndFollowed() {
		InetSocketAddress name = InetSocketAddress.createUnresolved("registrars.example.org", 9901);
		SimulatedRegistrar first = registrar("r1", 1, List.of(name), UnaryOperator.identity());
		SimulatedRegistrar second = registrar("r2", 2, List.of(name), UnaryOperator.identity());
		SimulatedRegistrar third = registrar("r3", 3, List.of(name), UnaryOperator.identity());
		this.scope.name(name, List.of(first.enrpAddress(), second.enrpAddress()));
		this.scope.run(Duration.ofSeconds(5));
		assertThat(first.snapshot().peers()).extracting(RegistrarSnapshot.Peer::identifier).contains(2);
		this.scope.name(name, List.of(second.enrpAddress(), third.enrpAddress()));
		this.scope.run(Duration.ofSeconds(60));
		assertThat(first.snapshot().peers()).extracting(RegistrarSnapshot.Peer::identifier).containsExactly(2, 3);
		this.scope.nameServiceFailure("no name server answers");
		this.scope.run(Duration.ofSeconds(60));
		assertThat(first.snapshot().peers()).hasSize(2);
	}

	@Test
	void nobodyNeedsToBeConfigured() {
		List<SimulatedRegistrar> registrars = new ArrayList<>();
		for (int i = 1; i <= 3; i++) {
			registrars.add(registrar("r" + i, i, List.of(), this::withPresences));
		}
		AnnouncementSettings listening = AnnouncementSettings
			.of(List.of(MulticastSpecification.everywhere(MulticastGroups.asap(this.dialect))));
		SimulatedElement element = new SimulatedElement(this.scope, "e1", POOL, 11, List.of(),
				UnaryOperator.identity());
		element.hunting((settings) -> settings.withAnnouncements(listening));
		element.process().start();
		SimulatedUser user = new SimulatedUser(this.scope, "u1", POOL, List.of(), Duration.ofMillis(50),
				Duration.ofSeconds(5));
		user.hunting((settings) -> settings.withAnnouncements(listening).withStandbys(1));
		this.scope.run(Duration.ofSeconds(8));
		user.process().start();
		this.scope.run(Duration.ofSeconds(5));
		assertThat(element.home()).isNotNull();
		long before = user.succeeded();
		registrars.stream()
			.filter((each) -> each.process().address().equals(element.home().address().getAddress()))
			.forEach((each) -> each.process().crash());
		this.scope.run(Duration.ofSeconds(10));
		assertThat(element.home()).isNotNull();
		assertThat(user.failures()).isEmpty();
		assertThat(user.succeeded() - before).isGreaterThan(180);
	}

	private RegistrarSettings.Builder withPresences(RegistrarSettings.Builder settings) {
		return settings.multicast(MulticastSettings.of(specifications(MulticastGroups.asap(this.dialect)),
				specifications(MulticastGroups.enrp(this.dialect))));
	}

	private static List<MulticastSpecification> specifications(InetSocketAddress group) {
		return List.of(MulticastSpecification.everywhere(group));
	}

	private SimulatedRegistrar registrar(String name, int identifier, List<InetSocketAddress> peers,
			UnaryOperator<RegistrarSettings.Builder> settings) {
		SimulatedRegistrar registrar = new SimulatedRegistrar(this.scope, name, identifier, peers,
				(builder) -> settings.apply(builder.dialect(this.dialect)
					.multicast(MulticastSettings.of(specifications(MulticastGroups.asap(this.dialect)), List.of()))));
		registrar.process().start();
		return registrar;
	}

	private void listener() {
		this.scope.process("listener", (runtime) -> {
			WireCodec codec = new WireCodec(this.dialect);
			runtime.join(MulticastSpecification.everywhere(MulticastGroups.asap(this.dialect)), (source, datagram) -> {
				if (codec.decodeAsap(datagram) instanceof Decoded.Success<AsapMessage> success
						&& success.message() instanceof ServerAnnounce announce) {
					this.announcements.add(new Announcement(this.scope.time().toMillis(), source, announce));
				}
			});
			runtime.join(MulticastSpecification.everywhere(MulticastGroups.enrp(this.dialect)), (source, datagram) -> {
				if (codec.decodeEnrp(datagram) instanceof Decoded.Success<EnrpMessage> success) {
					this.presences.add(success.message());
				}
			});
		}).start();
	}

	private void send(InetSocketAddress group, ByteBuffer datagram) {
		this.scope.multicast(this.scope.processes().get(0), group, group.getPort(), datagram);
	}

	private List<Long> gaps(int registrar) {
		List<Long> times = this.announcements.stream()
			.filter((announcement) -> announcement.message.registrar() == registrar)
			.map((announcement) -> announcement.millis)
			.toList();
		List<Long> gaps = new ArrayList<>();
		for (int i = 1; i < times.size(); i++) {
			gaps.add(times.get(i) - times.get(i - 1));
		}
		return gaps;
	}

	/**
	 * An announcement that was heard.
	 *
	 * @param millis when
	 * @param source where it came from
	 * @param message what it says
	 */
	private record Announcement(long millis, InetSocketAddress source, ServerAnnounce message) {
	}

}
