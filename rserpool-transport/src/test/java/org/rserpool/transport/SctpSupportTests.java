package org.rserpool.transport;

import java.net.InetSocketAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is said where SCTP is missing.
 */
class SctpSupportTests {

	@Test
	void namesTheKernel() {
		assertThat(SctpSupport.explain(new UnsupportedOperationException("Protocol not supported")))
			.contains("kernel has no SCTP")
			.contains("modprobe sctp");
		assertThat(SctpSupport.explain(new UnsupportedOperationException("Socket type not supported")))
			.contains("kernel has no SCTP");
	}

	@Test
	void namesTheLibrary() {
		assertThat(SctpSupport.explain(new UnsupportedOperationException(
				"libsctp.so.1: cannot open shared object file: No such file or directory")))
			.contains("libsctp.so.1 cannot be loaded")
			.contains("libsctp1");
	}

	@Test
	void namesTheModule() {
		assertThat(SctpSupport.explain(new NoClassDefFoundError("com/sun/nio/sctp/SctpServerChannel")))
			.contains("module jdk.sctp");
	}

	@Test
	@DisabledIf("org.rserpool.transport.SctpSupport#isAvailable")
	void endpointCannotBeOpenedWithoutIt() {
		try (RoleLoop loop = RoleLoop.start("without")) {
			EndpointSpecification specification = EndpointSpecification.listening(TransportProtocol.SCTP, Channel.ASAP,
					new InetSocketAddress("127.0.0.1", 0));
			assertThatExceptionOfType(EndpointException.class)
				.isThrownBy(() -> loop.call(() -> loop.open(specification, new Deaf())))
				.withMessageStartingWith("SCTP cannot be used here: " + SctpSupport.missing());
		}
	}

	private static final class Deaf implements EndpointListener {

		@Override
		public void message(Association association, UserMessage message) {
		}

		@Override
		public void down(Association association, DownReason reason, String detail) {
		}

	}

}
