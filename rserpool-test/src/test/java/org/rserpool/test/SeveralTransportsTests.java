package org.rserpool.test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.rserpool.element.ElementSettings;
import org.rserpool.element.ElementState;
import org.rserpool.element.PoolElementListener;
import org.rserpool.element.PoolElementRole;
import org.rserpool.hunt.Home;
import org.rserpool.hunt.HuntFailure;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.hunt.RegistrarHuntListener;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.TransportUse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An operation scope in which some have SCTP and some do not.
 */
class SeveralTransportsTests {

	private static final List<TransportProtocol> BOTH = List.of(TransportProtocol.SCTP, TransportProtocol.TCP);

	private static final List<TransportProtocol> TCP = List.of(TransportProtocol.TCP);

	private static final Duration SOON = Duration.ofSeconds(8);

	private final SimulatedScope scope = new SimulatedScope(1);

	private final Map<String, RegistrarRole> registrars = new HashMap<>();

	private final List<String> nothingFound = new ArrayList<>();

	private final Map<Integer, PoolElementRole> elements = new HashMap<>();

	private RegistrarHunt hunt;

	@Test
	void registrarThatHasNoSctpIsReachedByTcp() {
		InetSocketAddress registrar = registrar("r1", 1, TCP);
		this.scope.run(SOON);
		element(5, BOTH, "echo", registrar);
		this.scope.run(Duration.ofMillis(100));
		assertThat(this.hunt.home()).isNotNull();
		assertThat(this.hunt.home().association().protocol()).isEqualTo(TransportProtocol.TCP);
		assertThat(this.nothingFound).isEmpty();
	}

	@Test
	void registrarThatHasBothIsReachedBySctp() {
		InetSocketAddress registrar = registrar("r1", 1, BOTH);
		this.scope.run(SOON);
		element(5, BOTH, "echo", registrar);
		this.scope.run(Duration.ofMillis(100));
		assertThat(this.hunt.home().association().protocol()).isEqualTo(TransportProtocol.SCTP);
	}

	/**
	 * A registrar records where an SCTP association comes from, and another one that
	 * takes over looks for the element there.
	 */
	@Test
	void processThatBeginsToListenIsAssociatedFromThere() {
		InetSocketAddress registrar = registrar("r1", 1, BOTH);
		this.scope.run(SOON);
		List<String> events = new ArrayList<>();
		RoleRuntime[] own = new RoleRuntime[1];
		this.scope.process("e", (runtime) -> {
			own[0] = runtime;
			this.hunt = new RegistrarHunt(runtime, ScriptedRegistrar.CODEC,
					HuntSettings.of(List.of(registrar)).withProtocols(BOTH));
			this.hunt.addListener(new RegistrarHuntListener() {

				@Override
				public void homeFound(Home home) {
					events.add("found");
				}

				@Override
				public void homeLost(Home home, String reason) {
					events.add("lost");
				}

			});
			this.hunt.start();
		}).start();
		this.scope.run(SOON);
		own[0].schedule(Duration.ZERO, () -> this.hunt.listen(new InetSocketAddress("0.0.0.0", 0)));
		this.scope.run(SOON);
		assertThat(events).containsExactly("found", "lost", "found");
		assertThat(this.hunt.listeningAddresses(TransportProtocol.SCTP)).isNotEmpty();
	}

	@Test
	void registrarServesBothAtTheSameTime() {
		InetSocketAddress registrar = registrar("r1", 1, BOTH);
		this.scope.run(SOON);
		element(5, List.of(TransportProtocol.SCTP), "one", registrar);
		element(6, TCP, "two", registrar);
		this.scope.run(SOON);
		assertThat(transports("r1")).containsEntry(5, List.of("Sctp", "Sctp")).containsEntry(6, List.of("Tcp", "Tcp"));
		assertThat(this.registrars.get("r1").snapshot().asapAddresses()).containsExactly(registrar);
	}

	@Test
	void elementTakesTheTransportThatItsPoolHas() {
		InetSocketAddress registrar = registrar("r1", 1, BOTH);
		this.scope.run(SOON);
		element(5, TCP, "echo", registrar);
		this.scope.run(SOON);
		element(6, BOTH, "echo", registrar);
		this.scope.run(SOON);
		assertThat(this.elements.get(6).state()).isEqualTo(ElementState.REGISTERED);
		assertThat(transports("r1")).containsEntry(5, List.of("Tcp", "Tcp")).containsEntry(6, List.of("Tcp", "Sctp"));
	}

	@Test
	void elementThatCannotHaveThePoolsTransportIsRefused() {
		InetSocketAddress registrar = registrar("r1", 1, BOTH);
		this.scope.run(SOON);
		element(5, List.of(TransportProtocol.SCTP), "echo", registrar);
		this.scope.run(SOON);
		element(6, TCP, "echo", registrar);
		this.scope.run(SOON);
		assertThat(this.elements.get(6).state()).isEqualTo(ElementState.REJECTED);
		assertThat(this.elements.get(6).rejection()).contains("transport type differs from the pool's");
	}

	@Test
	void registrarsMeetByTheTransportThatBothHave() {
		InetSocketAddress first = registrar("r1", 1, TCP);
		registrar("r2", 2, BOTH, first);
		registrar("r3", 3, BOTH, first);
		this.scope.run(SOON);
		element(5, TCP, "echo", first);
		this.scope.run(SOON);
		for (String name : List.of("r1", "r2", "r3")) {
			assertThat(transports(name)).as(name).containsOnlyKeys(5);
			assertThat(this.registrars.get(name).snapshot().peers()).as(name)
				.hasSize(2)
				.allMatch((peer) -> peer.state() == RegistrarSnapshot.PeerState.ACTIVE);
		}
	}

	private InetSocketAddress registrar(String name, int identifier, List<TransportProtocol> protocols,
			InetSocketAddress... peers) {
		InetSocketAddress[] address = new InetSocketAddress[1];
		SimulatedProcess process = this.scope.process(name, (runtime) -> {
			InetSocketAddress own = address[0];
			RegistrarSettings settings = RegistrarSettings.builder()
				.identifier(identifier)
				.protocols(protocols)
				.asapListen(List.of(own))
				.enrpListen(List.of(new InetSocketAddress(own.getAddress(), 9901)))
				.peers(List.of(peers).stream().map((peer) -> new InetSocketAddress(peer.getAddress(), 9901)).toList())
				.build();
			RegistrarRole role = new RegistrarRole(runtime, settings, new RegistrarListener() {
			});
			role.start();
			this.registrars.put(name, role);
		});
		address[0] = process.address(3863);
		process.start();
		return address[0];
	}

	private void element(int identifier, List<TransportProtocol> protocols, String pool, InetSocketAddress registrar) {
		this.scope.process("e" + identifier, (runtime) -> {
			RegistrarHunt own = new RegistrarHunt(runtime, ScriptedRegistrar.CODEC,
					HuntSettings.of(List.of(registrar)).withProtocols(protocols));
			own.addListener(new RegistrarHuntListener() {

				@Override
				public void nothingFound(List<HuntFailure> failures) {
					SeveralTransportsTests.this.nothingFound.add(failures.toString());
				}

			});
			own.listen(new InetSocketAddress("0.0.0.0", 0));
			own.start();
			this.hunt = own;
			List<Transport> transports = protocols.stream().map(SeveralTransportsTests::transport).toList();
			ElementSettings settings = ElementSettings.of(PoolHandle.of(pool), identifier, transports.get(0))
				.withOtherTransport((transports.size() > 1) ? transports.get(1) : null);
			PoolElementRole role = new PoolElementRole(runtime, own, settings, new PoolElementListener() {

				@Override
				public void stateChanged(PoolElementRole element, ElementState state, String detail) {
				}

			});
			role.start();
			this.elements.put(identifier, role);
		}).start();
	}

	private static Transport transport(TransportProtocol protocol) {
		InetSocketAddress any = new InetSocketAddress("0.0.0.0", 8080);
		return (protocol == TransportProtocol.SCTP)
				? new Transport.Sctp(any.getPort(), TransportUse.DATA_ONLY, List.of(any.getAddress()))
				: new Transport.Tcp(any.getPort(), any.getAddress());
	}

	/**
	 * Return of each element how users and registrars reach it.
	 */
	private Map<Integer, List<String>> transports(String name) {
		Map<Integer, List<String>> transports = new HashMap<>();
		this.registrars.get(name)
			.snapshot()
			.pools()
			.forEach((pool) -> pool.elements()
				.forEach((element) -> transports.put(element.identifier(), kinds(element))));
		return transports;
	}

	private static List<String> kinds(PoolElement element) {
		return List.of(element.userTransport().getClass().getSimpleName(),
				element.asapTransport().getClass().getSimpleName());
	}

}
