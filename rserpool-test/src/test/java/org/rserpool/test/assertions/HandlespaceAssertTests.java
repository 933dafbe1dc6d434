package org.rserpool.test.assertions;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rserpool.rpc.DataElementSpecification;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.test.embedded.EmbeddedRegistrar;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.rserpool.test.assertions.RSerPoolAssertions.assertThat;

class HandlespaceAssertTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final EmbeddedRegistrar registrar = EmbeddedRegistrar.start();

	private final RSerPoolNode node = RSerPoolNode.start(NodeSettings.builder(List.of(this.registrar.address()))
		.listen(new InetSocketAddress("127.0.0.1", 0))
		.build());

	@AfterEach
	void stop() {
		this.node.close();
		this.registrar.close();
	}

	@Test
	void whatIsThereIsSeen() {
		register(1);
		register(2);
		assertThat(this.registrar).within(PATIENCE)
			.hasPool("digests")
			.withElements(2)
			.withElement(1)
			.withoutElement(3)
			.withPolicy(PolicyType.ROUND_ROBIN)
			.withHome(this.registrar.handlespace().identifier())
			.and()
			.hasNoPool("greeters")
			.hasActivePeers(0);
		assertThat(this.registrar.handlespace()).hasPool("digests").withElements(2);
	}

	@Test
	void whatIsMissingIsToldWithTheWholeHandlespace() {
		assertThat(this.registrar).isEmpty();
		register(1);
		assertThat(this.registrar).within(PATIENCE).hasPool("digests");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.registrar).hasPool("digests").withElements(3))
			.withMessageContaining("Expected pool \"digests\" to have 3 elements, but it has 1.")
			.withMessageContaining("The handlespace of registrar 0x")
			.withMessageContaining("pool \"digests\" with policy ROUND_ROBIN")
			.withMessageContaining("element 0x00000001 at ");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.registrar).within(Duration.ofMillis(30)).hasPool("greeters"))
			.withMessageContaining("Expected pool \"greeters\" within 30 ms, but there is no such pool.")
			.withMessageContaining("digests");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.registrar).hasPool("digests").withMetadata("zone", "east"))
			.withMessageContaining("all elements with zone=east, but some have [no zone]");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(this.registrar).isEmpty());
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.registrar).hasNoPool("digests"));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.registrar).hasPool("digests").withHome(1));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.registrar).hasPool("digests").withPolicy(PolicyType.LEAST_USED));
	}

	@Test
	void whenTheRegistrarCrashesThenItCanBeStartedAgainAndTheElementComesBack() {
		register(1);
		assertThat(this.registrar).within(PATIENCE).hasPool("digests");
		InetSocketAddress address = this.registrar.address();
		this.registrar.crash();
		assertThatIllegalStateException().isThrownBy(this.registrar::handlespace).withMessageContaining("does not run");
		this.registrar.restart();
		assertThat(this.registrar).within(PATIENCE).hasPool("digests").withElement(1);
		org.assertj.core.api.Assertions.assertThat(this.registrar.address()).isEqualTo(address);
	}

	@Test
	void registrarsThatKnowEachOtherHaveTheSameElements() {
		register(1);
		try (EmbeddedRegistrar second = EmbeddedRegistrar.builder().peer(this.registrar).start()) {
			assertThat(second).within(PATIENCE).hasActivePeers(1).hasPool("digests").withElement(1);
			assertThat(this.registrar).within(PATIENCE).hasActivePeers(1);
		}
	}

	private void register(int identifier) {
		this.node.register(new DataElementSpecification(PoolHandle.of("digests"), identifier,
				MemberSelectionPolicy.ROUND_ROBIN, Duration.ofSeconds(30), new InetSocketAddress("127.0.0.1", 4711)));
	}

}
