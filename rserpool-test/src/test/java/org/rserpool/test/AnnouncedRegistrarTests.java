package org.rserpool.test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.rserpool.Conformance;
import org.rserpool.discovery.MulticastGroups;
import org.rserpool.hunt.AnnouncementSettings;
import org.rserpool.hunt.HuntFailure;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.hunt.RegistrarHuntListener;
import org.rserpool.runtime.MulticastSpecification;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.AsapMessage.ServerAnnounce;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.Transport;
import org.rserpool.wire.TransportUse;

import static org.assertj.core.api.Assertions.assertThat;

class AnnouncedRegistrarTests {

	private static final InetSocketAddress GROUP = MulticastGroups.asap(Dialect.RFC);

	private static final AnnouncementSettings LISTENING = AnnouncementSettings
		.of(List.of(MulticastSpecification.everywhere(GROUP)));

	private final SimulatedScope scope = new SimulatedScope(1);

	private final ScriptedRegistrar first = new ScriptedRegistrar(this.scope, "r1");

	private final ScriptedRegistrar second = new ScriptedRegistrar(this.scope, "r2");

	private final List<String> events = new ArrayList<>();

	private RegistrarHunt hunt;

	@Test
	@Conformance({ "PU38", "PE36", "PU2" })
	void aRegistrarThatIsAnnouncedBecomesHomeAtOnce() {
		this.first.process.start();
		hunt(HuntSettings.of(List.of()).withAnnouncements(LISTENING));
		this.scope.run(Duration.ofSeconds(3));
		assertThat(this.hunt.home()).isNull();
		announce(this.first, tcp(this.first));
		assertThat(this.scope.runUntil(() -> this.hunt.home() != null, Duration.ofMillis(50))).isTrue();
		assertThat(this.hunt.home().address()).isEqualTo(this.first.address());
	}

	@Test
	@Conformance("PU38")
	void allTransportsOfAnAnnouncementAreNew() {
		hunt(HuntSettings.of(List.of()).withAnnouncements(LISTENING));
		Transport other = new Transport.Tcp(4000, this.first.process.address());
		announce(this.first, tcp(this.first), other,
				new Transport.Sctp(3863, TransportUse.DATA_ONLY, List.of(this.first.process.address())));
		this.scope.run(Duration.ofMillis(100));
		assertThat(this.hunt.knownAddresses()).containsExactly(this.first.address(),
				new InetSocketAddress(this.first.process.address(), 4000));
	}

	@Test
	@Conformance({ "PU38", "PU40" })
	void anAddressIsDeletedFiveSecondsAfterItsOnlyAnnouncement() {
		hunt(HuntSettings.of(List.of()).withAnnouncements(LISTENING));
		announce(this.first, tcp(this.first));
		this.scope.run(Duration.ofMillis(4_990));
		assertThat(this.hunt.knownAddresses()).containsExactly(this.first.address());
		this.scope.run(Duration.ofMillis(20));
		assertThat(this.hunt.knownAddresses()).isEmpty();
		assertThat(this.events).contains("added 10.0.0.1:3863", "removed 10.0.0.1:3863");
	}

	@Test
	@Conformance("PU39")
	void theTimerIsRestartedForAnAddressThatIsKnown() {
		hunt(HuntSettings.of(List.of()).withAnnouncements(LISTENING));
		for (int i = 0; i < 5; i++) {
			announce(this.first, tcp(this.first));
			this.scope.run(Duration.ofSeconds(1));
		}
		this.scope.run(Duration.ofMillis(3_900));
		assertThat(this.hunt.knownAddresses()).containsExactly(this.first.address());
		this.scope.run(Duration.ofMillis(200));
		assertThat(this.hunt.knownAddresses()).isEmpty();
	}

	/**
	 * With five registrars each one announces itself every 5 s, which is as long as
	 * T7-ENRPoutdate.
	 */
	@Test
	void anAddressThatIsAnnouncedSeldomIsKeptForThreeIntervals() {
		hunt(HuntSettings.of(List.of()).withAnnouncements(LISTENING));
		announce(this.first, tcp(this.first));
		this.scope.run(Duration.ofMillis(4_800));
		announce(this.first, tcp(this.first));
		announce(this.first, tcp(this.first));
		this.scope.run(Duration.ofMillis(14_300));
		assertThat(this.hunt.knownAddresses()).containsExactly(this.first.address());
		this.scope.run(Duration.ofMillis(200));
		assertThat(this.hunt.knownAddresses()).isEmpty();
	}

	@Test
	@Conformance("PU41")
	void withoutTransportsItIsSctpAtTheSourceAddressAndThePortOfAsap() {
		hunt(HuntSettings.of(List.of()).withProtocol(TransportProtocol.SCTP).withAnnouncements(LISTENING));
		announce(this.first);
		this.scope.run(Duration.ofMillis(100));
		assertThat(this.hunt.knownAddresses()).contains(this.first.address());
	}

	@Test
	void withoutTransportsTheSourcePortIsTriedToo() {
		hunt(HuntSettings.of(List.of()).withAnnouncements(LISTENING));
		send(this.first, 23_456, ScriptedRegistrar.CODEC.encode(new ServerAnnounce(1, List.of())));
		this.scope.run(Duration.ofMillis(100));
		assertThat(this.hunt.knownAddresses()).containsExactly(this.first.address(),
				new InetSocketAddress(this.first.process.address(), 23_456));
	}

	@Test
	@Conformance("PU42")
	void withoutMulticastOnlyConfiguredRegistrarsAreKnown() {
		this.first.process.start();
		this.second.process.start();
		hunt(HuntSettings.of(List.of(this.second.address())));
		announce(this.first, tcp(this.first));
		this.scope.run(Duration.ofSeconds(1));
		assertThat(this.hunt.knownAddresses()).containsExactly(this.second.address());
		assertThat(this.hunt.home().address()).isEqualTo(this.second.address());
	}

	@Test
	void whatIsConfiguredIsTriedBeforeWhatIsOnlyAnnounced() {
		this.second.process.start();
		hunt(HuntSettings.of(List.of(this.second.address())).withAnnouncements(LISTENING));
		flood(40);
		this.scope.run(Duration.ofSeconds(1));
		assertThat(this.hunt.home().address()).isEqualTo(this.second.address());
		this.second.process.crash();
		this.second.process.start();
		assertThat(this.scope.runUntil(() -> this.hunt.home() != null, Duration.ofSeconds(1))).isTrue();
	}

	@Test
	void aFloodOfForgedAnnouncementsFillsNoMoreThanItsTable() {
		hunt(HuntSettings.of(List.of(this.second.address())).withAnnouncements(LISTENING));
		for (int i = 0; i < 50; i++) {
			flood(1_000);
			this.scope.run(Duration.ofMillis(200));
		}
		assertThat(this.hunt.knownAddresses()).hasSizeLessThanOrEqualTo(1 + LISTENING.maximumAddresses());
		assertThat(this.hunt.failures()).hasSizeLessThanOrEqualTo(1 + LISTENING.maximumAddresses());
		this.scope.run(Duration.ofMinutes(1));
		assertThat(this.hunt.knownAddresses()).containsExactly(this.second.address());
		assertThat(this.hunt.failures()).extracting(HuntFailure::address).containsOnly(this.second.address());
		assertThat(this.scope.pendingEvents()).isLessThan(20);
	}

	@Test
	void whatIsNoAnnouncementIsIgnored() {
		hunt(HuntSettings.of(List.of()).withAnnouncements(LISTENING));
		for (int length = 0; length < 200; length++) {
			byte[] garbage = new byte[length];
			for (int i = 0; i < length; i++) {
				garbage[i] = (byte) this.scope.random().nextInt();
			}
			send(this.first, 3863, ByteBuffer.wrap(garbage));
		}
		this.scope.run(Duration.ofSeconds(2));
		announce(this.first, tcp(this.first));
		this.scope.run(Duration.ofMillis(100));
		assertThat(this.hunt.knownAddresses()).contains(this.first.address());
		assertThat(this.events).anyMatch((event) -> event.startsWith("ignored 10.0.0.1:3863"));
	}

	@Test
	void whatCannotBeARegistrarsAddressIsIgnored() throws Exception {
		hunt(HuntSettings.of(List.of()).withAnnouncements(LISTENING));
		announce(this.first, new Transport.Tcp(3863, InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 })),
				new Transport.Tcp(3863, InetAddress.getByAddress(new byte[4])),
				new Transport.Tcp(3863, GROUP.getAddress()), new Transport.Tcp(0, this.first.process.address()));
		this.scope.run(Duration.ofMillis(100));
		assertThat(this.hunt.knownAddresses()).isEmpty();
	}

	@Test
	void whoIsCutOffHearsNothing() {
		hunt(HuntSettings.of(List.of()).withAnnouncements(LISTENING));
		this.scope.partition(List.of(this.first.process), List.of(this.scope.processes().get(2)));
		announce(this.first, tcp(this.first));
		this.scope.run(Duration.ofSeconds(1));
		assertThat(this.hunt.knownAddresses()).isEmpty();
		this.scope.heal();
		this.scope.datagramLoss(1);
		announce(this.first, tcp(this.first));
		this.scope.run(Duration.ofSeconds(1));
		assertThat(this.hunt.knownAddresses()).isEmpty();
		this.scope.datagramLoss(0);
		announce(this.first, tcp(this.first));
		this.scope.run(Duration.ofSeconds(1));
		assertThat(this.hunt.knownAddresses()).containsExactly(this.first.address());
	}

	private void hunt(HuntSettings settings) {
		this.scope.process("x", (runtime) -> {
			this.hunt = new RegistrarHunt(runtime, ScriptedRegistrar.CODEC, settings);
			this.hunt.addListener(new Recorder());
			this.hunt.start();
		}).start();
	}

	private static Transport tcp(ScriptedRegistrar registrar) {
		return new Transport.Tcp(3863, registrar.process.address());
	}

	private void announce(ScriptedRegistrar registrar, Transport... transports) {
		send(registrar, 3863, ScriptedRegistrar.CODEC.encode(new ServerAnnounce(1, List.of(transports))));
	}

	private void flood(int count) {
		for (int i = 0; i < count; i++) {
			announce(this.first, new Transport.Tcp(this.scope.random().nextInt(1, 65_536),
					SimulatedScope.address(this.scope.random().nextInt(100, 60_000))));
		}
	}

	private void send(ScriptedRegistrar registrar, int port, ByteBuffer datagram) {
		this.scope.multicast(registrar.process, GROUP, port, datagram);
	}

	private final class Recorder implements RegistrarHuntListener {

		@Override
		public void addressAdded(InetSocketAddress address) {
			add("added", address, "");
		}

		@Override
		public void addressRemoved(InetSocketAddress address) {
			add("removed", address, "");
		}

		@Override
		public void announcementIgnored(InetSocketAddress source, String reason) {
			add("ignored", source, ": " + reason);
		}

		private void add(String event, InetSocketAddress address, String detail) {
			AnnouncedRegistrarTests.this.events
				.add(event + " " + address.getHostString() + ":" + address.getPort() + detail);
		}

	}

}
