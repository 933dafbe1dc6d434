package org.rserpool.registrar;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import org.rserpool.csp.ComponentAssociation;
import org.rserpool.csp.ComponentIdentifier;
import org.rserpool.csp.ComponentStatus;
import org.rserpool.runtime.TransportProtocol;

import static org.assertj.core.api.Assertions.assertThat;

class StatusDescriptionTests {

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestRegistrar registrar = new TestRegistrar(this.network.process(), 7, List.of(),
			UnaryOperator.identity());

	@Test
	void saysWhatTheRegistrarKnows() {
		assertThat(this.registrar.role.status().text()).isEqualTo("starting: 0[0] PEs in 0 Pools, 0 Peers");
		this.registrar.role.start();
		this.network.run(Duration.ofSeconds(10));
		assertThat(this.registrar.role.status()).isEqualTo(new ComponentStatus(ComponentIdentifier.registrar(7),
				this.registrar.role.snapshot().asapAddresses(), "0[0] PEs in 0 Pools, 0 Peers", null, List.of()));
		TestPeer peer = new TestPeer(this.network, 9);
		peer.connect(this.registrar);
		peer.present();
		TestElement element = new TestElement(this.network, 1);
		element.connect(this.registrar.asap());
		element.register();
		this.network.run(Duration.ofMillis(100));
		assertThat(this.registrar.role.status().text()).isEqualTo("1[1] PEs in 1 Pool, 1 Peer");
		assertThat(this.registrar.role.status().associations()).containsExactly(
				new ComponentAssociation(ComponentIdentifier.registrar(9), null, TransportProtocol.TCP, 12));
	}

}
