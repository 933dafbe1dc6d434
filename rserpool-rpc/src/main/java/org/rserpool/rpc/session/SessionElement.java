package org.rserpool.rpc.session;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.element.ElementSettings;
import org.rserpool.rpc.HostAddresses;
import org.rserpool.rpc.NodeRoles;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.SessionEndpoint;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.TransportUse;
import org.rserpool.wire.WireCodec;

/**
 * A pool element that serves sessions, with its endpoints. On the loop.
 */
final class SessionElement implements EndpointListener {

	private static final Logger logger = LoggerFactory.getLogger(SessionElement.class);

	private final NodeRoles roles;

	private final WireCodec codec;

	private final SessionElementSpecification specification;

	private final int identifier;

	private final Runnable onEnd;

	private final List<SessionEndpoint> endpoints = new ArrayList<>();

	private final Map<Association, ServedSession> sessions = new LinkedHashMap<>();

	private volatile int count;

	private boolean leaving;

	/**
	 * Makes an element that does not listen yet.
	 * @param roles the roles of the node
	 * @param specification the element
	 * @param onEnd run when it left its pool, and its last session is over
	 */
	SessionElement(NodeRoles roles, SessionElementSpecification specification, Runnable onEnd) {
		this.roles = roles;
		this.codec = new WireCodec(roles.settings().dialect());
		this.specification = specification;
		this.identifier = roles.identifier(specification.pool(), specification.identifier());
		this.onEnd = onEnd;
	}

	RegisteredElement register() {
		List<Transport> transports = new ArrayList<>();
		try {
			this.roles.settings().hunt().protocols().forEach((protocol) -> transports.add(listen(protocol)));
			return this.roles
				.register(
						ElementSettings.of(this.specification.pool(), this.identifier, transports.get(0))
							.withOtherTransport((transports.size() > 1) ? transports.get(1) : null)
							.withPolicy(this.specification.policy())
							.withLifetimeMillis(this.specification.lifetime().toMillis())
							.withRenewalInterval(this.specification.renewalInterval())
							.withMetadata(HostAddresses
								.told(this.specification.metadata(), this.roles.settings().listenHosts())
								.with(ElementMetadata.BINDING, MessageSessions.BINDING)),
						() -> this.count, this::leave);
		}
		catch (RuntimeException ex) {
			stop();
			throw ex;
		}
	}

	private Transport listen(TransportProtocol protocol) {
		SessionEndpoint endpoint = SessionEndpoint.listen(this.roles.loop(),
				this.roles.settings().session().withProtocol(protocol), this,
				HostAddresses.anyPort(this.roles.settings().listen()));
		this.endpoints.add(endpoint);
		endpoint.allowSilence();
		if (this.roles.cards() != null) {
			endpoint.exchange(this.roles.cards());
		}
		List<InetAddress> hosts = this.roles.settings().listenHosts();
		int port = endpoint.localAddresses().get(0).getPort();
		return (protocol == TransportProtocol.SCTP) ? new Transport.Sctp(port, TransportUse.DATA_PLUS_CONTROL, hosts)
				: new Transport.Tcp(port, TransportUse.DATA_PLUS_CONTROL, HostAddresses.seen(hosts));
	}

	PoolHandle pool() {
		return this.specification.pool();
	}

	/**
	 * Takes no new sessions, and tells the handler of each that the element left.
	 */
	void leave() {
		if (this.leaving) {
			return;
		}
		this.leaving = true;
		this.endpoints.forEach(SessionEndpoint::stopListening);
		List.copyOf(this.sessions.values())
			.forEach((session) -> session.tell(0, this.specification.handler()::leaving));
		endIfOver();
	}

	/**
	 * Ends all sessions, in order, whatever the handler says.
	 */
	void end() {
		leave();
		List.copyOf(this.sessions.keySet()).forEach(Association::shutdown);
	}

	void stop() {
		this.endpoints.forEach(SessionEndpoint::close);
		this.endpoints.clear();
		List.copyOf(this.sessions.keySet())
			.forEach((association) -> down(association, DownReason.ABORTED, "this process leaves the operation scope"));
	}

	private void endIfOver() {
		if (this.leaving && this.sessions.isEmpty()) {
			this.endpoints.forEach(SessionEndpoint::close);
			this.endpoints.clear();
			this.onEnd.run();
		}
	}

	@Override
	public void up(Association association) {
		if (this.leaving || this.sessions.size() >= this.specification.sessionLimit()) {
			logger.debug("The session of {} is refused: {}", association,
					this.leaving ? "the element left its pool" : "there are as many as may be");
			association.shutdown();
			return;
		}
		ServedSession session = new ServedSession(this.roles.loop(), this.codec, pool(), this.identifier, association,
				new Mailbox(this.specification.executor()));
		this.sessions.put(association, session);
		this.count = this.sessions.size();
		session.tell(0, this.specification.handler()::opened);
	}

	@Override
	public void message(Association association, UserMessage message) {
		ServedSession session = this.sessions.get(association);
		if (session == null) {
			return;
		}
		int size = message.data().remaining();
		if (message.payloadProtocol() != UserMessage.ASAP) {
			session.tell(size, (told) -> this.specification.handler().message(told, message));
		}
		else if (this.codec.decodeAsap(message.data()) instanceof Decoded.Success<AsapMessage> success
				&& success.message() instanceof AsapMessage.CookieEcho echo) {
			session.tell(size, (told) -> this.specification.handler().resumed(told, echo.cookie()));
		}
		else {
			logger.debug("What {} sent on its control channel is ignored", session);
		}
	}

	@Override
	public void writable(Association association) {
		ServedSession session = this.sessions.get(association);
		if (session != null) {
			session.writable();
		}
	}

	@Override
	public void down(Association association, DownReason reason, String detail) {
		ServedSession session = this.sessions.remove(association);
		if (session != null) {
			this.count = this.sessions.size();
			session.down(detail, (told) -> this.specification.handler().closed(told, reason, detail));
			endIfOver();
		}
	}

}
