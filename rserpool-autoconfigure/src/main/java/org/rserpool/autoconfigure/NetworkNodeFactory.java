package org.rserpool.autoconfigure;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import org.rserpool.hunt.AnnouncementSettings;
import org.rserpool.rpc.CallListener;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.session.SessionSettings;
import org.rserpool.spring.node.NodeFactory;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Starts nodes as {@link RSerPoolProperties} say.
 */
class NetworkNodeFactory implements NodeFactory {

	private final RSerPoolConnectionDetails connectionDetails;

	private final RSerPoolProperties properties;

	private final HostAndPort listen;

	private final SessionSettings session;

	private final HuntProperties huntProperties;

	private final List<CallListener> callListeners;

	/**
	 * Makes a factory.
	 * @param connectionDetails where the registrars are
	 * @param properties the properties
	 * @param callListeners told of the calls that end
	 * @throws InvalidConfigurationPropertyValueException if a property has a value that
	 * cannot be used
	 */
	NetworkNodeFactory(RSerPoolConnectionDetails connectionDetails, RSerPoolProperties properties,
			List<CallListener> callListeners) {
		this.connectionDetails = connectionDetails;
		this.properties = properties;
		this.callListeners = callListeners;
		if (properties.transport() == RSerPoolProperties.TransportChoice.SCTP) {
			throw new InvalidConfigurationPropertyValueException("rserpool.transport", properties.transport(),
					"SCTP is not supported yet. Use tcp, or leave it at auto.");
		}
		this.listen = HostAndPort.parse("rserpool.listen", properties.listen(), 0);
		this.session = session(properties.session());
		this.huntProperties = new HuntProperties(properties);
	}

	private static SessionSettings session(RSerPoolProperties.Session session) {
		positive("connect-timeout", session.connectTimeout());
		positive("heartbeat-interval", session.heartbeatInterval());
		if (session.heartbeatTimeout().compareTo(session.heartbeatInterval()) <= 0) {
			throw new InvalidConfigurationPropertyValueException("rserpool.session.heartbeat-timeout",
					session.heartbeatTimeout(), "It is to be longer than rserpool.session.heartbeat-interval, which is "
							+ session.heartbeatInterval() + ".");
		}
		SessionSettings defaults = SessionSettings.DEFAULT;
		if (defaults.userSilenceLimit().compareTo(session.heartbeatInterval()) <= 0) {
			throw new InvalidConfigurationPropertyValueException("rserpool.session.heartbeat-interval",
					session.heartbeatInterval(), "It is to be shorter than the " + defaults.userSilenceLimit()
							+ " after which a pool element drops a silent pool user.");
		}
		return defaults.withHeartbeats(session.connectTimeout(), session.heartbeatInterval(),
				session.heartbeatTimeout());
	}

	private static void positive(String name, Duration value) {
		if (value.isNegative() || value.isZero()) {
			throw new InvalidConfigurationPropertyValueException("rserpool.session." + name, value,
					"It is to be positive.");
		}
	}

	@Override
	public RSerPoolNode start() {
		List<InetSocketAddress> registrars = this.connectionDetails.getRegistrars()
			.stream()
			.map((registrar) -> new HostAndPort(registrar.host(), registrar.port()).socketAddress())
			.toList();
		AnnouncementSettings announcements = this.huntProperties.announcements(registrars.isEmpty());
		if (registrars.isEmpty() && announcements.groups().isEmpty()) {
			throw new NoRegistrarConfiguredException();
		}
		return RSerPoolNode.start(NodeSettings.builder(registrars)
			.hunt(this.huntProperties.hunt(registrars).withAnnouncements(announcements))
			.listen(new InetSocketAddress(this.listen.host(), this.listen.port()))
			.dialect(this.properties.dialect())
			.session(this.session)
			.callListener((call) -> this.callListeners.forEach((listener) -> listener.callEnded(call)))
			.build());
	}

}
