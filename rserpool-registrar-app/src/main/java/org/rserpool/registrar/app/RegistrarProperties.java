package org.rserpool.registrar.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.rserpool.transport.ClientAuthentication;
import org.rserpool.transport.TransportChoice;
import org.rserpool.wire.Dialect;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Configuration of the registrar.
 *
 * @param id Identifier of the registrar, from 1 to 0xffffffff, decimal or hexadecimal
 * behind 0x. Drawn at random where it is not given.
 * @param dialect How messages are written: as the RFCs say, or as rsplib does.
 * @param transport Transport of ASAP and ENRP. With auto, the registrar serves TCP, and
 * SCTP beside it where the kernel has it.
 * @param profile Times where nothing else is said: fast to detect a failed pool element
 * within about a second and to take over from a failed registrar within 1.5 seconds, or
 * rfc for those of the RFCs.
 * @param peers ENRP addresses of other registrars, as HOST:PORT, or the name of a service
 * in the DNS, such as _enrp-tcp._tcp.example.org. The first that answers is the mentor,
 * from which this registrar learns the handlespace. Names stand for all their addresses,
 * and are resolved again and again.
 * @param resolveInterval How long to wait before the names of peers are resolved again.
 * @param announcements How the registrar announces itself to pool elements and pool
 * users.
 * @param presences How the registrar learns of peers by multicast.
 * @param asap Where pool elements and pool users reach the registrar.
 * @param enrp Where other registrars reach the registrar.
 * @param keepAlive How the registrar watches its pool elements.
 * @param maxBadPeReports Number of unreachable reports that an answering pool element
 * survives, of which one is forgotten every 30 seconds.
 * @param maxPoolElements Number of pool elements in the handlespace from which on
 * registrations are refused.
 * @param peer How the registrar watches its peers.
 * @param takeover How the registrar takes over the pool elements of a dead peer.
 * @param mentor How the registrar finds a peer to learn the handlespace from.
 * @param snapshot File from which the registrar serves pool users at once after a
 * restart, until it has learnt the handlespace from a peer. There is none by default.
 * @param snapshotInterval How often that file is written. It is also written when the
 * registrar stops.
 * @param stopTimeout How long the registrar may hand its pool elements over to its peers
 * before it stops. At 0s it stops at once, and its peers take over.
 * @param ssl How associations are encrypted.
 * @param csp How the registrar reports its status to a monitor of the reference
 * implementation.
 * @param dashboard The page that shows the registrar.
 */
@ConfigurationProperties("rserpool.registrar")
record RegistrarProperties(@Nullable String id, @DefaultValue("rfc") Dialect dialect,
		@DefaultValue("auto") TransportChoice transport, @DefaultValue("fast") Profile profile,
		@DefaultValue List<String> peers, @DefaultValue("30s") Duration resolveInterval,
		@DefaultValue Announcements announcements, @DefaultValue Presences presences, @DefaultValue Asap asap,
		@DefaultValue Enrp enrp, @DefaultValue KeepAlive keepAlive, @DefaultValue("3") int maxBadPeReports,
		@DefaultValue("1000000") int maxPoolElements, @DefaultValue Peer peer, @DefaultValue Takeover takeover,
		@DefaultValue Mentor mentor, @Nullable String snapshot, @DefaultValue("10s") Duration snapshotInterval,
		@DefaultValue("2s") Duration stopTimeout, @DefaultValue Ssl ssl, @DefaultValue Csp csp,
		@DefaultValue Dashboard dashboard) {

	/**
	 * Where the times come from that are not configured.
	 */
	enum Profile {

		/** Failures are detected within about a second. */
		FAST,

		/** The times of the RFCs. */
		RFC

	}

	/**
	 * Encryption.
	 *
	 * @param bundle SSL bundle with the keys and the trusted certificates of this
	 * registrar. With it, all associations are encrypted by TLS 1.3 over TCP, and others
	 * are refused. When it is reloaded, new associations use what is new.
	 * @param clientAuth Whether pool elements, pool users and other registrars are asked
	 * for certificates: none, want or need. By default, need if the bundle has trusted
	 * certificates of its own.
	 * @param verifyHost Whether the certificate of whom the registrar connects to must
	 * name the host or address. By default, only if the bundle has no trusted
	 * certificates of its own.
	 * @param elements By pool, the names of the certificates that may register pool
	 * elements in it, and under "default" those for all other pools. A name is the common
	 * name, a host or URI among the alternative names, or the whole subject; an asterisk
	 * stands for any characters. By default, whoever has a trusted certificate may
	 * register in every pool.
	 * @param registrars The names of the certificates that registrars have. By default,
	 * whoever has a trusted certificate may be a registrar.
	 */
	record Ssl(@Nullable String bundle, @Nullable ClientAuthentication clientAuth, @Nullable Boolean verifyHost,
			@DefaultValue Map<String, List<String>> elements, @DefaultValue List<String> registrars) {
	}

	/**
	 * ASAP, the protocol with pool elements and pool users.
	 *
	 * @param listen Addresses to listen at for ASAP, as HOST:PORT; port 0 takes one that
	 * is free.
	 */
	record Asap(@DefaultValue("0.0.0.0:3863") List<String> listen) {
	}

	/**
	 * ENRP, the protocol with other registrars.
	 *
	 * @param listen Addresses to listen at for ENRP, as HOST:PORT; port 0 takes one that
	 * is free.
	 */
	record Enrp(@DefaultValue("0.0.0.0:9901") List<String> listen) {
	}

	/**
	 * Monitoring of pool elements.
	 *
	 * @param interval Mean time between two keep-alives to a pool element; each one is
	 * spread by half of it.
	 * @param timeout How long a pool element may take to answer before it is removed.
	 */
	record KeepAlive(@Nullable Duration interval, @Nullable Duration timeout) {
	}

	/**
	 * Monitoring of peers.
	 *
	 * @param heartbeatCycle Time between two presences to a peer.
	 * @param maxTimeLastHeard Silence of a peer after which it is asked for a presence.
	 * @param maxTimeNoResponse How long a peer may take to answer before it is believed
	 * dead.
	 */
	record Peer(@Nullable Duration heartbeatCycle, @Nullable Duration maxTimeLastHeard,
			@Nullable Duration maxTimeNoResponse) {
	}

	/**
	 * The peer from which a starting registrar learns the handlespace.
	 *
	 * @param timeout How long a starting registrar looks for a mentor before it starts
	 * alone.
	 * @param retryDelay How long to wait before asking a mentor again that refused, or
	 * connecting again to a peer.
	 */
	record Mentor(@Nullable Duration timeout, @Nullable Duration retryDelay) {
	}

	/**
	 * Takeover of the pool elements of a dead peer.
	 *
	 * @param timeout How long to wait for the agreement of a peer before it is left out.
	 * @param suggestion Whether to suggest pool elements to the peers that suit them
	 * better, so that pool elements spread over all registrars.
	 */
	record Takeover(@Nullable Duration timeout, @DefaultValue("false") boolean suggestion) {
	}

	/**
	 * Announcements by multicast.
	 *
	 * @param enabled Whether the registrar announces by multicast where pool elements and
	 * pool users reach it.
	 * @param interval How long to wait from one announcement to the next, for each
	 * registrar that announces itself.
	 * @param groups Multicast groups to send announcements to, as ADDRESS:PORT. By
	 * default, the group of the dialect.
	 * @param interfaces Network interfaces to send announcements by, by name. "loopback"
	 * stands for the loopback interface, "all" for all interfaces.
	 * @param timeToLive Number of networks that an announcement may cross, from 0 to 255.
	 */
	record Announcements(@DefaultValue("true") boolean enabled, @DefaultValue("1s") Duration interval,
			@DefaultValue List<String> groups, @DefaultValue("loopback") List<String> interfaces,
			@DefaultValue("1") int timeToLive) {
	}

	/**
	 * Presences by multicast.
	 *
	 * @param enabled Whether registrars learn of each other by multicast. By default,
	 * only in the rsplib dialect.
	 * @param groups Multicast groups to send presences to, as ADDRESS:PORT. By default,
	 * the group of the dialect.
	 * @param interfaces Network interfaces to send presences by, by name. "loopback"
	 * stands for the loopback interface, "all" for all interfaces.
	 * @param timeToLive Number of networks that a presence may cross, from 0 to 255.
	 */
	record Presences(@Nullable Boolean enabled, @DefaultValue List<String> groups,
			@DefaultValue("loopback") List<String> interfaces, @DefaultValue("1") int timeToLive) {
	}

	/**
	 * The page that shows the registrar.
	 *
	 * @param enabled Whether the registrar shows a page at /, with JSON and events behind
	 * it. By default, where the endpoint handlespace of the actuator is exposed at the
	 * same port.
	 */
	record Dashboard(@Nullable Boolean enabled) {
	}

	/**
	 * Reports by the Component Status Protocol.
	 *
	 * @param server Monitor to which the registrar reports its status by UDP, as
	 * HOST:PORT. There is none by default.
	 * @param interval How often the registrar reports its status, from 10ms to 1h.
	 */
	record Csp(@Nullable String server, @DefaultValue("1s") Duration interval) {
	}

}
