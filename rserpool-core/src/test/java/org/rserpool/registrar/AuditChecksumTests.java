package org.rserpool.registrar;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.rserpool.Conformance;
import org.rserpool.handlespace.ElementKey;
import org.rserpool.handlespace.HandlespaceChecksum;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.WireCodec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a registrar takes a peer's checksum for what it is, where the peer owns so
 * many elements that a sum of 32 bits does not hold all.
 */
class AuditChecksumTests {

	private static final int PEER = 2;

	private static final int ELEMENTS = 15_000;

	private static final PoolHandle POOL = PoolHandle.of("~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~");

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestElement peer = new TestElement(this.network, 1);

	private final HandlespaceChecksum checksum = new HandlespaceChecksum();

	private WireCodec codec = new WireCodec(Dialect.RFC);

	@BeforeEach
	void computeChecksum() {
		for (int identifier = 1; identifier <= ELEMENTS; identifier++) {
			this.checksum.add(new ElementKey(POOL, identifier));
		}
		assertThat(this.checksum.wrappedValue()).isNotEqualTo(this.checksum.value());
	}

	@ParameterizedTest
	@EnumSource
	void onlyInTheDialectOfTheReferenceImplementationBothValuesMatch(Dialect dialect) {
		TestRegistrar registrar = registrarThatKnowsThePeer(dialect);
		present(this.checksum.value());
		assertThat(registrar.counter(Counters.AUDIT_MISMATCHES)).isZero();
		present(this.checksum.wrappedValue());
		assertThat(registrar.counter(Counters.AUDIT_MISMATCHES)).isEqualTo((dialect == Dialect.RFC) ? 1 : 0);
		assertThat(registrar.role.snapshot().peers()).singleElement()
			.satisfies((known) -> assertThat(known.expectedChecksum()).isEqualTo(this.checksum.value(dialect)));
	}

	@ParameterizedTest
	@EnumSource
	@Conformance("EN50")
	void anyOtherValueStartsAnAudit(Dialect dialect) {
		TestRegistrar registrar = registrarThatKnowsThePeer(dialect);
		present(this.checksum.value() ^ 1);
		assertThat(registrar.counter(Counters.AUDIT_MISMATCHES)).isOne();
	}

	private TestRegistrar registrarThatKnowsThePeer(Dialect dialect) {
		this.codec = new WireCodec(dialect);
		TestRegistrar registrar = new TestRegistrar(this.network.process(), 1, List.of(),
				(settings) -> settings.dialect(dialect));
		registrar.role.start();
		this.network.await(Duration.ofSeconds(10), registrar::isRunning);
		this.peer.connect(registrar.process().at(9901));
		this.network.run(Duration.ofMillis(10));
		for (int identifier = 1; identifier <= ELEMENTS; identifier++) {
			send(new EnrpMessage.HandleUpdate(false, PEER, 1, EnrpMessage.UpdateAction.ADD_PE, POOL,
					element(identifier)));
		}
		this.network.run(Duration.ofMillis(10));
		assertThat(registrar.owners()).hasSize(ELEMENTS).containsEntry(ELEMENTS, PEER);
		return registrar;
	}

	private void present(int value) {
		send(new EnrpMessage.Presence(false, PEER, 1, value, null));
		this.network.run(Duration.ofMillis(10));
	}

	private void send(EnrpMessage message) {
		assertThat(this.peer.home).isNotNull();
		this.peer.home.send(new UserMessage(UserMessage.ENRP, this.codec.encode(message)));
	}

	private PoolElement element(int identifier) {
		Transport transport = new Transport.Tcp(7, this.peer.process().address());
		return new PoolElement(identifier, PEER, 60_000, transport, MemberSelectionPolicy.ROUND_ROBIN, transport);
	}

}
