package org.rserpool.test.campaign;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;
import org.rserpool.test.SimulatedElement;
import org.rserpool.test.SimulatedProcess.Program;
import org.rserpool.wire.AsapMessage.EndpointUnreachable;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.WireCodec;

/**
 * Tells a registrar again and again that an element is unreachable.
 */
final class ReportFlooder implements Program {

	private final WireCodec codec = new WireCodec(Dialect.RFC);

	private final SimulatedElement element;

	private final InetSocketAddress registrar;

	private final Duration interval;

	ReportFlooder(SimulatedElement element, InetSocketAddress registrar, Duration interval) {
		this.element = element;
		this.registrar = registrar;
		this.interval = interval;
	}

	@Override
	public void start(RoleRuntime runtime) {
		runtime.open(EndpointSpecification.connecting(TransportProtocol.TCP, Channel.ASAP), new EndpointListener() {

			@Override
			public void up(Association association) {
				report(runtime, association);
			}

			@Override
			public void message(Association association, UserMessage message) {
				// What the registrar says changes nothing.
			}

			@Override
			public void down(Association association, DownReason reason, String detail) {
				// The flood is over.
			}

		}).associate(List.of(this.registrar));
	}

	private void report(RoleRuntime runtime, Association association) {
		EndpointUnreachable report = new EndpointUnreachable(this.element.pool(), this.element.identifier());
		if (association.send(new UserMessage(UserMessage.ASAP, this.codec.encode(report))) != SendResult.CLOSED) {
			runtime.schedule(this.interval, () -> report(runtime, association));
		}
	}

}
