package org.rserpool.autoconfigure;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.rserpool.csp.StatusReportSettings;
import org.rserpool.element.RegistrationTimers;
import org.rserpool.hunt.AnnouncementSettings;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.rpc.CallListener;
import org.rserpool.rpc.NodeSettings;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.session.SessionSettings;
import org.rserpool.spring.node.NodeFactory;
import org.rserpool.transport.TlsSettings;
import org.rserpool.transport.TransportChoice;
import org.rserpool.transport.TransportSettings;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.PoolHandle;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundles;

/**
 * Starts nodes as {@link RSerPoolProperties} say.
 */
class NetworkNodeFactory implements NodeFactory {

	private final RSerPoolConnectionDetails connectionDetails;

	private final RSerPoolProperties properties;

	private final List<TransportProtocol> protocols;

	private final InetSocketAddress[] listen;

	private final SessionSettings session;

	private final UserSettings user;

	private final RegistrationTimers registration;

	private final @Nullable StatusReportSettings statusReports;

	private final List<CallListener> callListeners;

	private final List<NodeSettingsCustomizer> customizers;

	private final @Nullable TlsSettings tls;

	/**
	 * Makes a factory.
	 * @param connectionDetails where the registrars are
	 * @param properties the properties
	 * @param callListeners told of the calls that end
	 * @param sslBundles the SSL bundles of the application, or {@code null} for none
	 * @param customizers change what the properties say
	 * @throws InvalidConfigurationPropertyValueException if a property has a value that
	 * cannot be used
	 */
	NetworkNodeFactory(RSerPoolConnectionDetails connectionDetails, RSerPoolProperties properties,
			List<CallListener> callListeners, @Nullable SslBundles sslBundles,
			List<NodeSettingsCustomizer> customizers) {
		this.connectionDetails = connectionDetails;
		this.customizers = customizers;
		this.properties = properties;
		this.callListeners = callListeners;
		this.tls = BundleTls.settings(properties.ssl(), sslBundles);
		this.protocols = protocols(properties.transport(), this.tls != null);
		this.listen = listen(properties.listen());
		this.session = session(properties.session());
		this.user = user(properties);
		this.registration = properties.registration().apply(properties.profile().registration());
		this.statusReports = properties.csp().settings();
		hunt(List.of());
	}

	private static InetSocketAddress[] listen(List<String> addresses) {
		List<HostAndPort> parsed = addresses.stream()
			.map((address) -> HostAndPort.parse("rserpool.listen", address, 0))
			.toList();
		if (parsed.stream().mapToInt(HostAndPort::port).distinct().count() != 1) {
			throw new InvalidConfigurationPropertyValueException("rserpool.listen", addresses,
					"There is to be at least one address, and one port for all of them.");
		}
		return parsed.stream()
			.map((address) -> new InetSocketAddress(address.host(), address.port()))
			.toArray(InetSocketAddress[]::new);
	}

	private static List<TransportProtocol> protocols(TransportChoice transport, boolean encrypted) {
		try {
			return transport.protocols(encrypted);
		}
		catch (EndpointException ex) {
			throw new InvalidConfigurationPropertyValueException("rserpool.transport", transport,
					ex.getMessage() + ". Use tcp, or leave it at auto.");
		}
	}

	private HuntSettings hunt(List<InetSocketAddress> registrars) {
		return this.properties.hunt()
			.apply(this.properties.profile().times(HuntSettings.of(registrars)))
			.withAnnouncements(announcements(registrars.isEmpty()));
	}

	private AnnouncementSettings announcements(boolean needed) {
		return this.properties.announcements().settings(this.properties.dialect(), needed);
	}

	/**
	 * Makes the settings of all pool users. Where two of one pool want different ages of
	 * what is known of it, the lower one holds.
	 */
	private static UserSettings user(RSerPoolProperties properties) {
		UserSettings settings = properties.request()
			.apply(properties.profile().times(UserSettings.of(properties.dialect())));
		PoolUserProperties inherited = properties.user().get("default");
		if (inherited != null && inherited.staleCacheValue() != null) {
			settings = settings.withStaleAfter(staleCacheValue("default", inherited.staleCacheValue()));
		}
		for (Map.Entry<String, PoolUserProperties> entry : properties.user().entrySet()) {
			PoolUserProperties own = entry.getValue();
			if (own.staleCacheValue() != null && !entry.getKey().equals("default")) {
				PoolHandle pool = PoolHandle.of((own.pool() != null) ? own.pool() : entry.getKey());
				Duration value = staleCacheValue(entry.getKey(), own.staleCacheValue());
				Duration other = settings.staleAfterOf().getOrDefault(pool, value);
				settings = settings.withStaleAfter(pool, (other.compareTo(value) < 0) ? other : value);
			}
		}
		return settings;
	}

	private static Duration staleCacheValue(String name, Duration value) {
		if (value.isNegative()) {
			throw new InvalidConfigurationPropertyValueException("rserpool.user." + name + ".stale-cache-value", value,
					"It is not to be negative.");
		}
		return value;
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
		return RSerPoolNode.start(settings());
	}

	@Override
	public boolean canHunt() {
		return !this.connectionDetails.getRegistrars().isEmpty() || !announcements(true).groups().isEmpty();
	}

	NodeSettings settings() {
		if (!canHunt()) {
			throw new NoRegistrarConfiguredException();
		}
		List<InetSocketAddress> registrars = this.connectionDetails.getRegistrars()
			.stream()
			.map((registrar) -> new HostAndPort(registrar.host(), registrar.port()).socketAddress())
			.toList();
		NodeSettings.Builder settings = NodeSettings.builder(registrars);
		Boolean businessCards = this.properties.session().businessCards();
		if (businessCards != null) {
			settings.businessCards(businessCards);
		}
		settings.listen(this.listen)
			.dialect(this.properties.dialect())
			.session(this.session)
			.transport(TransportSettings.defaults().withTls(this.tls))
			.hunt(hunt(registrars))
			.protocols(this.protocols)
			.user(this.user)
			.registration(this.registration)
			.statusReports(this.statusReports)
			.callListener((call) -> this.callListeners.forEach((listener) -> listener.callEnded(call)));
		this.customizers.forEach((customizer) -> customizer.customize(settings));
		return settings.build();
	}

}
