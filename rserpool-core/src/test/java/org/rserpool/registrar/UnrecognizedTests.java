package org.rserpool.registrar;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.rserpool.Conformance;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.EnrpMessage.ListResponse;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.Octets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a {@link RegistrarRole} says to a peer of what it does not understand.
 */
class UnrecognizedTests {

	private static final int OWN = 0x80;

	private static final int PEER = 0x90;

	private static final String IDENTIFIERS = "00000090" + "00000080";

	private final FakeNetwork network = new FakeNetwork(1);

	private final TestRegistrar registrar = new TestRegistrar(this.network.process(), OWN, List.of(),
			UnaryOperator.identity());

	private final TestPeer peer = new TestPeer(this.network, PEER);

	@BeforeEach
	void meet() {
		this.registrar.role.start();
		this.peer.connect(this.registrar);
		this.peer.present();
		this.network.run(Duration.ofMillis(20));
		this.peer.forget();
	}

	@Test
	@Conformance("EN58")
	void reportsAMessageThatAsksForAReport() {
		String message = "7e00000c" + IDENTIFIERS;
		send(message);
		assertThat(this.peer.received).containsExactly(new EnrpMessage.Error(OWN, PEER,
				List.of(new ErrorCause(ErrorCause.UNRECOGNIZED_MESSAGE, Octets.ofHex(message)))));
	}

	@Test
	void saysNothingOfAMessageThatDoesNotAskForAReport() {
		send("3e00000c" + IDENTIFIERS);
		assertThat(this.peer.received).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "7fff, false", "ffee, true" })
	@Conformance("EN58")
	void reportsAParameterThatAsksForAReport(String type, boolean goesOn) {
		String parameter = type + "0008" + "01020304";
		send("05000014" + IDENTIFIERS + parameter);
		assertThat(this.peer.received(EnrpMessage.Error.class)).containsExactly(new EnrpMessage.Error(OWN, PEER,
				List.of(new ErrorCause(ErrorCause.UNRECOGNIZED_PARAMETER, Octets.ofHex(parameter)))));
		assertThat(this.peer.received(ListResponse.class)).hasSize(goesOn ? 1 : 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "3fff", "bfff" })
	void saysNothingOfAParameterThatDoesNotAskForAReport(String type) {
		send("05000014" + IDENTIFIERS + type + "0008" + "01020304");
		assertThat(this.peer.received(EnrpMessage.Error.class)).isEmpty();
	}

	@Test
	@Conformance("C32")
	void doesNotAnswerAnErrorByAnError() {
		send("0a00001c" + IDENTIFIERS + "000c0008" + "00020004" + "7fff0008" + "01020304");
		assertThat(this.peer.received).isEmpty();
		assertThat(this.registrar.counter(Counters.ERRORS_SENT)).isZero();
	}

	private void send(String octets) {
		this.peer.send(Octets.ofHex(octets).toBuffer());
		this.network.run(Duration.ofMillis(20));
	}

}
