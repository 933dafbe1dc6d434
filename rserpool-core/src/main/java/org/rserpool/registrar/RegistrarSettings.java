package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.Identifiers;

/**
 * How a registrar works. Immutable; made by a {@link #builder()}.
 *
 * @param identifier the registrar's identifier, or {@link Identifiers#NONE} to draw one
 * @param dialect how messages are written
 * @param protocol the transport protocol of all endpoints
 * @param asapListen where to listen for elements and users; at least one address, all
 * with one port
 * @param enrpListen where to listen for peers; at least one address, all with one port
 * @param peers peers to make contact with; may be empty. One that is unresolved is a
 * name, which is resolved again and again, as
 * {@link org.rserpool.runtime.RoleRuntime#resolve} takes it.
 * @param keepAliveInterval the mean time from an answer of an element to the next
 * keep-alive; each one is spread over 50 to 150 %
 * @param keepAliveTimeout how long to wait for the answer to a keep-alive
 * @param maxBadPeReports how many unreachable reports an element may have before it is
 * removed (MAX-BAD-PE-REPORT); 0 or more. One is forgotten every 30 seconds, and all when
 * the element registers; of one user, one is counted in a second
 * @param handleResolutionItems how many elements to answer to a user that does not say; 1
 * to 128
 * @param peerHeartbeatCycle the mean time between presences (PEER-HEARTBEAT-CYCLE); each
 * one is spread over 87.5 to 112.5 %
 * @param maxTimeLastHeard how long a peer may be silent before it is asked
 * (MAX-TIME-LAST-HEARD)
 * @param maxTimeNoResponse how long to wait for an answer of a peer
 * (MAX-TIME-NO-RESPONSE)
 * @param mentorTimeout how long to look for a mentor before starting alone
 * @param takeoverTimeout how long to wait for acknowledgements of a takeover
 * @param startRetryDelay how long to wait before asking a mentor again that refused, or
 * connecting again to a peer
 * @param maxPoolElements how many elements the handlespace may hold; 1 or more
 * @param maxPeers how many peers may be known; 1 or more
 * @param maxAssociations how many elements, users and peers may be associated at a time;
 * 1 or more
 * @param tablePageElements how many elements a handle table response may hold; 1 or more
 * @param tablePageOctets about how many octets a handle table response may have, at most
 * 60000; 0 for what suits the dialect: 1400 for {@code rsplib}, 32768 for {@code rfc}
 * @param takeoverSuggestion whether to suggest elements to the peers that suit them
 * better, so that elements spread over all registrars
 * (draft-dreibholz-rserpool-enrp-takeover)
 * @param stopTimeout how long the elements may be handed over to peers before the
 * registrar stops; 0 to stop at once
 * @param subscriptions how to tell users of changes of pools
 * @param resolveInterval how long to wait before the name of a peer is resolved again
 * @param multicast how the registrar makes itself known by multicast
 * @since 0.1
 */
public record RegistrarSettings(int identifier, Dialect dialect, TransportProtocol protocol,
		List<InetSocketAddress> asapListen, List<InetSocketAddress> enrpListen, List<InetSocketAddress> peers,
		Duration keepAliveInterval, Duration keepAliveTimeout, int maxBadPeReports, int handleResolutionItems,
		Duration peerHeartbeatCycle, Duration maxTimeLastHeard, Duration maxTimeNoResponse, Duration mentorTimeout,
		Duration takeoverTimeout, Duration startRetryDelay, int maxPoolElements, int maxPeers, int maxAssociations,
		int tablePageElements, int tablePageOctets, boolean takeoverSuggestion, Duration stopTimeout,
		SubscriptionSettings subscriptions, Duration resolveInterval, MulticastSettings multicast) {

	/** How many elements an answer to a user holds at most. */
	public static final int MAX_RESOLUTION_ITEMS = 128;

	public RegistrarSettings {
		asapListen = List.copyOf(asapListen);
		enrpListen = List.copyOf(enrpListen);
		peers = List.copyOf(peers);
		Check.positive("keepAliveInterval", keepAliveInterval);
		Check.positive("keepAliveTimeout", keepAliveTimeout);
		Check.positive("peerHeartbeatCycle", peerHeartbeatCycle);
		Check.positive("maxTimeLastHeard", maxTimeLastHeard);
		Check.positive("maxTimeNoResponse", maxTimeNoResponse);
		Check.positive("mentorTimeout", mentorTimeout);
		Check.positive("takeoverTimeout", takeoverTimeout);
		Check.positive("startRetryDelay", startRetryDelay);
		Check.notNegative("stopTimeout", stopTimeout);
		Check.positive("resolveInterval", resolveInterval);
		Check.listen("asapListen", asapListen);
		Check.listen("enrpListen", enrpListen);
		Check.peers(peers);
		Check.range("maxBadPeReports", maxBadPeReports, 0, Integer.MAX_VALUE);
		Check.range("handleResolutionItems", handleResolutionItems, 1, MAX_RESOLUTION_ITEMS);
		Check.range("maxPoolElements", maxPoolElements, 1, Integer.MAX_VALUE);
		Check.range("maxPeers", maxPeers, 1, Integer.MAX_VALUE);
		Check.range("maxAssociations", maxAssociations, 1, Integer.MAX_VALUE);
		Check.range("tablePageElements", tablePageElements, 1, Integer.MAX_VALUE);
		Check.range("tablePageOctets", tablePageOctets, 0, 60_000);
	}

	/**
	 * Starts with the defaults.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Starts with the times of the profile {@code fast}, which are the defaults: failures
	 * are detected within about a second.
	 * @return a builder
	 */
	public static Builder fast() {
		return builder();
	}

	/**
	 * Starts with the times of the profile {@code rfc}: those of RFC 5353, section 4.2.
	 * The RFCs give none for keep-alives, the choice of a mentor, acknowledgements of
	 * takeovers and the wait after a refusal; these are as long as MAX-TIME-NO-RESPONSE,
	 * and the keep-alive interval as long as PEER-HEARTBEAT-CYCLE.
	 * @return a builder
	 */
	public static Builder rfc() {
		Duration cycle = Duration.ofSeconds(30);
		Duration answer = Duration.ofSeconds(5);
		return builder().keepAliveInterval(cycle)
			.keepAliveTimeout(answer)
			.peerHeartbeatCycle(cycle)
			.maxTimeLastHeard(Duration.ofSeconds(61))
			.maxTimeNoResponse(answer)
			.mentorTimeout(answer)
			.takeoverTimeout(answer)
			.startRetryDelay(answer);
	}

	/**
	 * Makes {@link RegistrarSettings}. What is not set has its default.
	 */
	public static final class Builder {

		private int identifier = Identifiers.NONE;

		private Dialect dialect = Dialect.RFC;

		private TransportProtocol protocol = TransportProtocol.TCP;

		private List<InetSocketAddress> asapListen = List.of(new InetSocketAddress(3863));

		private List<InetSocketAddress> enrpListen = List.of(new InetSocketAddress(9901));

		private List<InetSocketAddress> peers = List.of();

		private Duration keepAliveInterval = Duration.ofMillis(500);

		private Duration keepAliveTimeout = Duration.ofMillis(500);

		private int maxBadPeReports = 3;

		private int handleResolutionItems = 3;

		private Duration peerHeartbeatCycle = Duration.ofMillis(500);

		private Duration maxTimeLastHeard = Duration.ofMillis(1500);

		private Duration maxTimeNoResponse = Duration.ofSeconds(1);

		private Duration mentorTimeout = Duration.ofSeconds(2);

		private Duration takeoverTimeout = Duration.ofSeconds(1);

		private Duration startRetryDelay = Duration.ofSeconds(1);

		private int maxPoolElements = 1_000_000;

		private int maxPeers = 256;

		private int maxAssociations = 65_536;

		private int tablePageElements = 128;

		private int tablePageOctets = 0;

		private boolean takeoverSuggestion;

		private Duration stopTimeout = Duration.ofSeconds(2);

		private SubscriptionSettings subscriptions = SubscriptionSettings.DEFAULT;

		private Duration resolveInterval = Duration.ofSeconds(30);

		private MulticastSettings multicast = MulticastSettings.NONE;

		private Builder() {
		}

		/**
		 * Sets the registrar's identifier, or {@link Identifiers#NONE} to draw one.
		 * @param identifier the registrar's identifier, or {@link Identifiers#NONE} to
		 * draw one
		 * @return this builder
		 */
		public Builder identifier(int identifier) {
			this.identifier = identifier;
			return this;
		}

		/**
		 * Sets how messages are written.
		 * @param dialect how messages are written
		 * @return this builder
		 */
		public Builder dialect(Dialect dialect) {
			this.dialect = dialect;
			return this;
		}

		/**
		 * Sets the transport protocol of all endpoints.
		 * @param protocol the transport protocol of all endpoints
		 * @return this builder
		 */
		public Builder protocol(TransportProtocol protocol) {
			this.protocol = protocol;
			return this;
		}

		/**
		 * Sets where to listen for elements and users.
		 * @param asapListen where to listen for elements and users; at least one address,
		 * all with one port
		 * @return this builder
		 */
		public Builder asapListen(List<InetSocketAddress> asapListen) {
			this.asapListen = asapListen;
			return this;
		}

		/**
		 * Sets where to listen for peers.
		 * @param enrpListen where to listen for peers; at least one address, all with one
		 * port
		 * @return this builder
		 */
		public Builder enrpListen(List<InetSocketAddress> enrpListen) {
			this.enrpListen = enrpListen;
			return this;
		}

		/**
		 * Sets peers to make contact with.
		 * @param peers peers to make contact with; may be empty
		 * @return this builder
		 */
		public Builder peers(List<InetSocketAddress> peers) {
			this.peers = peers;
			return this;
		}

		/**
		 * Sets the mean time from an answer of an element to the next keep-alive.
		 * @param keepAliveInterval the mean time from an answer of an element to the next
		 * keep-alive; each one is spread over 50 to 150 %
		 * @return this builder
		 */
		public Builder keepAliveInterval(Duration keepAliveInterval) {
			this.keepAliveInterval = keepAliveInterval;
			return this;
		}

		/**
		 * Sets how long to wait for the answer to a keep-alive.
		 * @param keepAliveTimeout how long to wait for the answer to a keep-alive
		 * @return this builder
		 */
		public Builder keepAliveTimeout(Duration keepAliveTimeout) {
			this.keepAliveTimeout = keepAliveTimeout;
			return this;
		}

		/**
		 * Sets how many unreachable reports an element may have before it is removed.
		 * @param maxBadPeReports how many unreachable reports an element may have before
		 * it is removed (MAX-BAD-PE-REPORT); 0 or more
		 * @return this builder
		 */
		public Builder maxBadPeReports(int maxBadPeReports) {
			this.maxBadPeReports = maxBadPeReports;
			return this;
		}

		/**
		 * Sets how many elements to answer to a user that does not say.
		 * @param handleResolutionItems how many elements to answer to a user that does
		 * not say; 1 to 128
		 * @return this builder
		 */
		public Builder handleResolutionItems(int handleResolutionItems) {
			this.handleResolutionItems = handleResolutionItems;
			return this;
		}

		/**
		 * Sets the mean time between presences.
		 * @param peerHeartbeatCycle the mean time between presences
		 * (PEER-HEARTBEAT-CYCLE); each one is spread over 87.5 to 112.5 %
		 * @return this builder
		 */
		public Builder peerHeartbeatCycle(Duration peerHeartbeatCycle) {
			this.peerHeartbeatCycle = peerHeartbeatCycle;
			return this;
		}

		/**
		 * Sets how long a peer may be silent before it is asked.
		 * @param maxTimeLastHeard how long a peer may be silent before it is asked
		 * (MAX-TIME-LAST-HEARD)
		 * @return this builder
		 */
		public Builder maxTimeLastHeard(Duration maxTimeLastHeard) {
			this.maxTimeLastHeard = maxTimeLastHeard;
			return this;
		}

		/**
		 * Sets how long to wait for an answer of a peer.
		 * @param maxTimeNoResponse how long to wait for an answer of a peer
		 * (MAX-TIME-NO-RESPONSE)
		 * @return this builder
		 */
		public Builder maxTimeNoResponse(Duration maxTimeNoResponse) {
			this.maxTimeNoResponse = maxTimeNoResponse;
			return this;
		}

		/**
		 * Sets how long to look for a mentor before starting alone.
		 * @param mentorTimeout how long to look for a mentor before starting alone
		 * @return this builder
		 */
		public Builder mentorTimeout(Duration mentorTimeout) {
			this.mentorTimeout = mentorTimeout;
			return this;
		}

		/**
		 * Sets how long to wait for acknowledgements of a takeover.
		 * @param takeoverTimeout how long to wait for acknowledgements of a takeover
		 * @return this builder
		 */
		public Builder takeoverTimeout(Duration takeoverTimeout) {
			this.takeoverTimeout = takeoverTimeout;
			return this;
		}

		/**
		 * Sets how long to wait before asking a mentor again that refused, or connecting
		 * again to a peer.
		 * @param startRetryDelay how long to wait before asking a mentor again that
		 * refused, or connecting again to a peer
		 * @return this builder
		 */
		public Builder startRetryDelay(Duration startRetryDelay) {
			this.startRetryDelay = startRetryDelay;
			return this;
		}

		/**
		 * Sets how many elements the handlespace may hold.
		 * @param maxPoolElements how many elements the handlespace may hold; 1 or more
		 * @return this builder
		 */
		public Builder maxPoolElements(int maxPoolElements) {
			this.maxPoolElements = maxPoolElements;
			return this;
		}

		/**
		 * Sets how many peers may be known.
		 * @param maxPeers how many peers may be known; 1 or more
		 * @return this builder
		 */
		public Builder maxPeers(int maxPeers) {
			this.maxPeers = maxPeers;
			return this;
		}

		/**
		 * Sets how many elements, users and peers may be associated at a time.
		 * @param maxAssociations how many elements, users and peers may be associated at
		 * a time; 1 or more
		 * @return this builder
		 */
		public Builder maxAssociations(int maxAssociations) {
			this.maxAssociations = maxAssociations;
			return this;
		}

		/**
		 * Sets how many elements a handle table response may hold.
		 * @param tablePageElements how many elements a handle table response may hold; 1
		 * or more
		 * @return this builder
		 */
		public Builder tablePageElements(int tablePageElements) {
			this.tablePageElements = tablePageElements;
			return this;
		}

		/**
		 * Sets about how many octets a handle table response may have, at most 60000.
		 * @param tablePageOctets about how many octets a handle table response may have,
		 * at most 60000; 0 for what suits the dialect: 1400 for {@code rsplib}, 32768 for
		 * {@code rfc}
		 * @return this builder
		 */
		public Builder tablePageOctets(int tablePageOctets) {
			this.tablePageOctets = tablePageOctets;
			return this;
		}

		/**
		 * Sets whether to suggest elements to the peers that suit them better. Off where
		 * nothing is said.
		 * @param takeoverSuggestion whether to suggest elements to peers
		 * @return this builder
		 */
		public Builder takeoverSuggestion(boolean takeoverSuggestion) {
			this.takeoverSuggestion = takeoverSuggestion;
			return this;
		}

		/**
		 * Sets how long the elements may be handed over to peers before the registrar
		 * stops.
		 * @param stopTimeout how long the elements may be handed over to peers before the
		 * registrar stops; 0 to stop at once
		 * @return this builder
		 */
		public Builder stopTimeout(Duration stopTimeout) {
			this.stopTimeout = stopTimeout;
			return this;
		}

		/**
		 * Sets how to tell users of changes of pools.
		 * @param subscriptions how to tell users of changes of pools
		 * @return this builder
		 */
		public Builder subscriptions(SubscriptionSettings subscriptions) {
			this.subscriptions = subscriptions;
			return this;
		}

		/**
		 * Sets how long to wait before the name of a peer is resolved again.
		 * @param resolveInterval how long to wait; positive
		 * @return this builder
		 */
		public Builder resolveInterval(Duration resolveInterval) {
			this.resolveInterval = resolveInterval;
			return this;
		}

		/**
		 * Sets how the registrar makes itself known by multicast. It does not where
		 * nothing is said.
		 * @param multicast how the registrar makes itself known
		 * @return this builder
		 */
		public Builder multicast(MulticastSettings multicast) {
			this.multicast = multicast;
			return this;
		}

		/**
		 * Makes the settings.
		 * @return the settings
		 * @throws IllegalArgumentException if a value is out of its range; the message
		 * names it
		 */
		public RegistrarSettings build() {
			return new RegistrarSettings(this.identifier, this.dialect, this.protocol, this.asapListen, this.enrpListen,
					this.peers, this.keepAliveInterval, this.keepAliveTimeout, this.maxBadPeReports,
					this.handleResolutionItems, this.peerHeartbeatCycle, this.maxTimeLastHeard, this.maxTimeNoResponse,
					this.mentorTimeout, this.takeoverTimeout, this.startRetryDelay, this.maxPoolElements, this.maxPeers,
					this.maxAssociations, this.tablePageElements, this.tablePageOctets, this.takeoverSuggestion,
					this.stopTimeout, this.subscriptions, this.resolveInterval, this.multicast);
		}

	}

}
