package org.rserpool.spring.grpc;

import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.rserpool.rpc.CallOutcome;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GrpcFailures}.
 */
class GrpcFailuresTests {

	private final PoolCallAttempt attempt = new PoolCallAttempt(InetSocketAddress.createUnresolved("element", 9090),
			Duration.ofSeconds(1));

	private final ClientStreamTracer tracer = this.attempt.newClientStreamTracer(
			ClientStreamTracer.StreamInfo.newBuilder().setCallOptions(CallOptions.DEFAULT).build(), new Metadata());

	/** So ends what is being written in the moment in which the element is killed. */
	@Test
	void connectionThatIsClosedWhileItIsWrittenToIsNoAnswer() {
		Status status = Status.UNKNOWN.withDescription("channel closed").withCause(new ClosedChannelException());
		assertThat(GrpcFailures.outcome(status, this.attempt)).isEqualTo(CallOutcome.NOT_SENT);
		this.tracer.streamCreated(Attributes.EMPTY, new Metadata());
		assertThat(GrpcFailures.outcome(status, this.attempt)).isEqualTo(CallOutcome.UNKNOWN);
	}

	@Test
	void statusOfTheElementIsAnAnswerWhateverItLooksLike() {
		this.tracer.streamCreated(Attributes.EMPTY, new Metadata());
		this.tracer.inboundTrailers(new Metadata());
		assertThat(GrpcFailures.outcome(Status.UNAVAILABLE, this.attempt)).isEqualTo(CallOutcome.ANSWERED);
	}

	@ParameterizedTest
	@EnumSource(value = Status.Code.class, names = { "UNKNOWN", "INTERNAL", "CANCELLED", "RESOURCE_EXHAUSTED" })
	void whatFailsOnThisSideAloneSaysNothingOfTheElement(Status.Code code) {
		this.tracer.streamCreated(Attributes.EMPTY, new Metadata());
		assertThat(GrpcFailures.outcome(code.toStatus().withCause(new IllegalStateException()), this.attempt)).isNull();
	}

}
