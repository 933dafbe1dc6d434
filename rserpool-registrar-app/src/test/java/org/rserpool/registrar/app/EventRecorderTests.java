package org.rserpool.registrar.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.BDDMockito;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.registrar.RemovalReason;
import org.rserpool.runtime.Association;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link EventRecorder}.
 */
class EventRecorderTests {

	private static final PoolHandle POOL = PoolHandle.of("echo");

	private static final PoolElement ELEMENT = new PoolElement(0xe001, 7, PoolElement.INFINITE,
			new Transport.Tcp(80, InetAddress.getLoopbackAddress()), MemberSelectionPolicy.ROUND_ROBIN, null);

	private static final List<InetSocketAddress> ADDRESSES = List
		.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9901));

	private final EventRing ring = new EventRing(10);

	private final RegistrarListener recorder = new EventRecorder(this.ring, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

	@Test
	void saysWhichElementCame() throws InterruptedException {
		RegistrarEvent event = recorded((recorder) -> recorder.elementRegistered(POOL, ELEMENT, false));
		assertThat(event).isEqualTo(new RegistrarEvent(Instant.EPOCH, "registered", false, "echo", "0x0000e001",
				"0x00000007", null, "Pool echo: element 0x0000e001 registered, home 0x00000007"));
	}

	@Test
	void renewalsAreNoEvents() {
		this.recorder.elementRegistered(POOL, ELEMENT, true);
		assertThat(this.ring.latest()).isZero();
	}

	@ParameterizedTest
	@EnumSource(RemovalReason.class)
	void saysWhyAnElementLeft(RemovalReason reason) throws InterruptedException {
		RegistrarEvent event = recorded((recorder) -> recorder.elementRemoved(POOL, ELEMENT, reason));
		assertThat(event.type()).isEqualTo("removed");
		assertThat(event.reason()).isEqualTo(reason.name());
		assertThat(event.text()).startsWith("Pool echo: element 0x0000e001 removed: ");
		assertThat(event.warning())
			.isEqualTo(reason != RemovalReason.DEREGISTERED && reason != RemovalReason.PEER_UPDATE);
	}

	@Test
	void saysWhatHappensAmongRegistrars() throws InterruptedException {
		assertThat(recorded((recorder) -> recorder.peerUp(7)).text()).isEqualTo("Peer 0x00000007 is up");
		assertThat(recorded((recorder) -> recorder.peerDown(7)).warning()).isTrue();
		assertThat(recorded((recorder) -> recorder.takeoverStarted(7)).text())
			.isEqualTo("Takeover of 0x00000007 started");
		assertThat(recorded((recorder) -> recorder.takeoverWon(7, 1)).text()).contains("home of its 1 element now");
		assertThat(recorded((recorder) -> recorder.takeoverFinished(7, 2, Duration.ofMillis(12))).text())
			.contains("2 elements answered, after 12 ms");
		RegistrarEvent taken = recorded((recorder) -> recorder.takenOver(7, 8, 3));
		assertThat(taken.registrar()).isEqualTo("0x00000008");
		assertThat(taken.text()).isEqualTo("Registrar 0x00000008 took over the 3 elements of 0x00000007");
		assertThat(recorded((recorder) -> recorder.checksumMismatch(7, 0x1234, 0xffff)).text())
			.contains("reports checksum 0xffff", "known here is 0x1234");
		assertThat(recorded((recorder) -> recorder.identifierCollision(7, 8, ADDRESSES, ADDRESSES)).text())
			.contains("127.0.0.1:9901", "this one is 0x00000008 now");
		assertThat(
				recorded((recorder) -> recorder.identifierCollision(7, Identifiers.NONE, ADDRESSES, ADDRESSES)).text())
			.doesNotContain("now");
		assertThat(recorded((recorder) -> recorder.peerUnresolved("host", "unknown")).text())
			.isEqualTo("Peers by the name host cannot be found: unknown");
		assertThat(recorded((recorder) -> recorder.stateChanged(RegistrarSnapshot.State.RUNNING)).reason())
			.isEqualTo("RUNNING");
	}

	@Test
	void saysWhatWasRefused() throws InterruptedException {
		RegistrarEvent event = recorded((recorder) -> recorder.registrationRejected(POOL, 1,
				ErrorCause.of(ErrorCause.NON_UNIQUE_PE_IDENTIFIER)));
		assertThat(event.type()).isEqualTo("rejected");
		assertThat(event.warning()).isTrue();
		Association association = mock();
		BDDMockito.given(association.peerAddresses()).willReturn(ADDRESSES);
		assertThat(recorded((recorder) -> recorder.protocolError(association, "nonsense")).text())
			.isEqualTo("Protocol error from [127.0.0.1:9901]: nonsense");
		assertThat(recorded((recorder) -> recorder.accessRefused(association, "no certificate")).text())
			.isEqualTo("Refused [127.0.0.1:9901]: no certificate");
	}

	@Test
	void cutsWhatIsLong() throws InterruptedException {
		PoolHandle huge = PoolHandle.of("h".repeat(60_000));
		RegistrarEvent event = recorded((recorder) -> recorder.elementRegistered(huge, ELEMENT, false));
		assertThat(event.pool()).hasSize(PoolKeys.MAX_TEXT + 1).endsWith("\u2026");
		assertThat(event.text()).hasSizeLessThan(2 * PoolKeys.MAX_TEXT + 100);
		assertThat(PoolKeys.cut("x".repeat(PoolKeys.MAX_TEXT - 1) + "\ud83d\ude00y"))
			.isEqualTo("x".repeat(PoolKeys.MAX_TEXT - 1) + "\u2026");
	}

	private RegistrarEvent recorded(Consumer<RegistrarListener> what) throws InterruptedException {
		long before = this.ring.latest();
		what.accept(this.recorder);
		return Objects.requireNonNull(this.ring.read(before, 10, Duration.ofMillis(1))).events().get(0);
	}

}
