package org.rserpool.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.rserpool.wire.Dialect;

import org.springframework.boot.context.properties.ConfigurationProperties;
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
 * @param listen Address, as host:port, at which pool elements serve calls and their
 * registrar. Port 0 draws a free port.
 * @param element Settings of pool elements, by pool. Those under "default" hold for every
 * pool that does not say otherwise. A pool whose name is not made of lower-case letters,
 * digits and dashes is written in square brackets.
 * @param user Settings of pool users, by name. Those under "default" hold for every pool
 * user that does not say otherwise. A name that is not made of lower-case letters, digits
 * and dashes is written in square brackets.
 * @param session Settings of the sessions between pool users and pool elements.
 * @param hunt Settings of the server hunt, which finds the home registrar.
 * @param announcements Settings for announcements, by which registrars say where they
 * are.
 * @since 0.1
 */
@ConfigurationProperties("rserpool")
public record RSerPoolProperties(@DefaultValue("true") boolean enabled, @DefaultValue List<String> registrars,
		@DefaultValue("auto") TransportChoice transport, @DefaultValue("rfc") Dialect dialect,
		@DefaultValue("0.0.0.0:0") String listen, @DefaultValue Map<String, PoolElementProperties> element,
		@DefaultValue Map<String, PoolUserProperties> user, @DefaultValue Session session, @DefaultValue Hunt hunt,
		@DefaultValue Announcements announcements) {

	/**
	 * Which transport carries messages.
	 */
	public enum TransportChoice {

		/** SCTP where it is supported, or else TCP. */
		AUTO,

		/** TCP. */
		TCP,

		/** SCTP. */
		SCTP

	}

	/**
	 * What is configured under {@code rserpool.session}.
	 *
	 * @param heartbeatInterval How often a pool user sends a heartbeat.
	 * @param heartbeatTimeout How long a session may stay silent before its pool element
	 * counts as failed.
	 * @param connectTimeout How long a session may take to be established before another
	 * pool element is tried.
	 */
	public record Session(@DefaultValue("200ms") Duration heartbeatInterval,
			@DefaultValue("700ms") Duration heartbeatTimeout, @DefaultValue("500ms") Duration connectTimeout) {

	}

	/**
	 * What is configured under {@code rserpool.hunt}.
	 *
	 * @param standbys Number of registrars, from 0 to 2, to be connected to besides the
	 * home registrar, so that one of them becomes home at once when it is lost. Each one
	 * costs a registrar an association for every application.
	 * @param resolveInterval How long to wait before the names of registrars are resolved
	 * again.
	 */
	public record Hunt(@DefaultValue("0") int standbys, @DefaultValue("30s") Duration resolveInterval) {

	}

	/**
	 * What is configured under {@code rserpool.announcements}.
	 *
	 * @param enabled Whether to learn of registrars from their announcements by
	 * multicast. By default, only if no registrar is configured.
	 * @param groups Multicast groups to listen to, each as address:port. By default, the
	 * group of the dialect.
	 * @param interfaces Network interfaces to listen on, by name. "loopback" stands for
	 * the loopback interface, "all" for all interfaces. Anybody in these networks can
	 * pretend to be a registrar.
	 */
	public record Announcements(@Nullable Boolean enabled, @DefaultValue List<String> groups,
			@DefaultValue("loopback") List<String> interfaces) {

	}

}
