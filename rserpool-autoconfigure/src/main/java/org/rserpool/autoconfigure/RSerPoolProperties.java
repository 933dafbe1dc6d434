package org.rserpool.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.Profile;
import org.rserpool.transport.TransportChoice;
import org.rserpool.wire.Dialect;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is configured under {@code rserpool}.
 *
 * @param enabled Whether pool elements are registered and pool users are injected.
 * @param registrars Registrars, each as host:port, or as the name of a service in the
 * DNS, such as _asap-tcp._tcp.example.org. Any of them may become the home registrar.
 * Names stand for all their addresses, and are resolved again and again.
 * @param transport Transport for all associations.
 * @param dialect How messages are written. The rsplib dialect interoperates with the
 * reference implementation.
 * @param listen Addresses, each as host:port and all with one port, at which pool
 * elements serve calls and their registrar. Port 0 draws a free port.
 * @param element Settings of pool elements, by pool. Those under "default" hold for every
 * pool that does not say otherwise. A pool whose name is not made of lower-case letters,
 * digits and dashes is written in square brackets.
 * @param user Settings of pool users, by name. Those under "default" hold for every pool
 * user that does not say otherwise. A name that is not made of lower-case letters, digits
 * and dashes is written in square brackets.
 * @param session Settings of the sessions between pool users and pool elements.
 * @param profile Times where nothing else is said: fast to notice and bear failures
 * within about a second, or rfc for those of RFC 5352.
 * @param request How pool users ask registrars.
 * @param registration How pool elements wait for their registrar.
 * @param hunt How a home registrar is looked for.
 * @param announcements How registrars are found that are not configured.
 * @param zone Place where the application runs, which its pool elements say of
 * themselves.
 * @param version Version of the application, which its pool elements say of themselves.
 * @param payload How arguments and results of calls are encoded, the same at pool users
 * and pool elements: cbor, or json to read what travels, or protobuf if all of them are
 * generated messages.
 * @param csp How status is reported to a monitor of the reference implementation.
 * @param startup What happens when no registrar answers at the start.
 * @param ssl How associations are encrypted.
 * @param cloud How pools are seen by Spring Cloud.
 * @since 0.1
 */
@ConfigurationProperties("rserpool")
public record RSerPoolProperties(@DefaultValue("true") boolean enabled, @DefaultValue List<String> registrars,
		@DefaultValue("auto") TransportChoice transport, @DefaultValue("rfc") Dialect dialect,
		@DefaultValue("0.0.0.0:0") List<String> listen, @DefaultValue Map<String, PoolElementProperties> element,
		@DefaultValue Map<String, PoolUserProperties> user, @DefaultValue Session session,
		@DefaultValue("fast") Profile profile, @DefaultValue @NestedConfigurationProperty RequestProperties request,
		@DefaultValue @NestedConfigurationProperty RegistrationProperties registration,
		@DefaultValue @NestedConfigurationProperty HuntProperties hunt, @Nullable String zone, @Nullable String version,
		@DefaultValue @NestedConfigurationProperty AnnouncementProperties announcements,
		@DefaultValue("cbor") PayloadFormat payload,
		@DefaultValue @NestedConfigurationProperty StatusReportProperties csp,
		@DefaultValue @NestedConfigurationProperty StartupProperties startup,
		@DefaultValue @NestedConfigurationProperty SslProperties ssl,
		@DefaultValue @NestedConfigurationProperty CloudProperties cloud) {

	/**
	 * What is configured under {@code rserpool.session}.
	 *
	 * @param heartbeatInterval How often a pool user sends a heartbeat.
	 * @param heartbeatTimeout How long a session may stay silent before its pool element
	 * counts as failed.
	 * @param connectTimeout How long a session may take to be established before another
	 * pool element is tried.
	 * @param businessCards Whether pool elements present themselves to pool users by
	 * business cards, and pool users follow their failover order. By default, in the
	 * dialect of the RFCs alone.
	 */
	public record Session(@DefaultValue("200ms") Duration heartbeatInterval,
			@DefaultValue("700ms") Duration heartbeatTimeout, @DefaultValue("500ms") Duration connectTimeout,
			@Nullable Boolean businessCards) {

	}

}
