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
 * @param protocols the transport protocols that are served at the same time, at least
 * one. Peers are tried by the first one, and then by the next.
 * @param asapListen where to listen for elements and users; at least one address, all
 * with one port
 * @param enrpListen where to listen for peers; at least one address, all with one port
 * @param peers peers to make contact with; may be empty. One that is unresolved is a
 * name, which is resolved again and again, as
 * {@link org.rserpool.runtime.RoleRuntime#resolve} takes it.
 * @param timers how long to wait for what
 * @param maxBadPeReports how many unreachable reports an element may have before it is
 * removed (MAX-BAD-PE-REPORT); 0 or more. One is forgotten every 30 seconds, and all when
 * the element registers; of one user, one is counted in a second
 * @param handleResolutionItems how many elements to answer to a user that does not say; 1
 * to 128
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
 * @param subscriptions how to tell users of changes of pools
 * @param resolveInterval how long to wait before the name of a peer is resolved again
 * @param multicast how the registrar makes itself known by multicast
 * @param accessRules which certificates may register elements, and which may be
 * registrars
 * @since 0.1
 */
public record RegistrarSettings(int identifier, Dialect dialect, List<TransportProtocol> protocols,
		List<InetSocketAddress> asapListen, List<InetSocketAddress> enrpListen, List<InetSocketAddress> peers,
		RegistrarTimers timers, int maxBadPeReports, int handleResolutionItems, int maxPoolElements, int maxPeers,
		int maxAssociations, int tablePageElements, int tablePageOctets, boolean takeoverSuggestion,
		SubscriptionSettings subscriptions, Duration resolveInterval, MulticastSettings multicast,
		AccessRules accessRules) {

	/** How many elements an answer to a user holds at most. */
	public static final int MAX_RESOLUTION_ITEMS = 128;

	public RegistrarSettings {
		protocols = List.copyOf(protocols);
		Check.protocols(protocols);
		asapListen = List.copyOf(asapListen);
		enrpListen = List.copyOf(enrpListen);
		peers = List.copyOf(peers);
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
	 * Starts with the times of the profile {@code fast}, which are the defaults.
	 * @return a builder
	 * @see RegistrarTimers#FAST
	 */
	public static Builder fast() {
		return builder();
	}

	/**
	 * Starts with the times of the profile {@code rfc}.
	 * @return a builder
	 * @see RegistrarTimers#RFC
	 */
	public static Builder rfc() {
		return builder().timers(RegistrarTimers.RFC);
	}

	/**
	 * Makes {@link RegistrarSettings}. What is not set has its default.
	 */
	public static final class Builder extends RegistrarTimers.Builder<Builder> {

		private int identifier = Identifiers.NONE;

		private Dialect dialect = Dialect.RFC;

		private List<TransportProtocol> protocols = List.of(TransportProtocol.TCP);

		private List<InetSocketAddress> asapListen = List.of(new InetSocketAddress(3863));

		private List<InetSocketAddress> enrpListen = List.of(new InetSocketAddress(9901));

		private List<InetSocketAddress> peers = List.of();

		private int maxBadPeReports = 3;

		private int handleResolutionItems = 3;

		private int maxPoolElements = 1_000_000;

		private int maxPeers = 256;

		private int maxAssociations = 65_536;

		private int tablePageElements = 128;

		private int tablePageOctets = 0;

		private boolean takeoverSuggestion;

		private SubscriptionSettings subscriptions = SubscriptionSettings.DEFAULT;

		private Duration resolveInterval = Duration.ofSeconds(30);

		private MulticastSettings multicast = MulticastSettings.NONE;

		private AccessRules accessRules = AccessRules.NONE;

		private Builder() {
		}

		@Override
		Builder self() {
			return this;
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
			return protocols(List.of(protocol));
		}

		/**
		 * Sets the transport protocols that are served at the same time.
		 * @param protocols the transport protocols, at least one. Peers are tried by the
		 * first one, and then by the next.
		 * @return this builder
		 */
		public Builder protocols(List<TransportProtocol> protocols) {
			this.protocols = protocols;
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
		 * Sets which certificates may register elements, and which may be registrars.
		 * Everybody may where nothing is said.
		 * @param accessRules the rules
		 * @return this builder
		 */
		public Builder accessRules(AccessRules accessRules) {
			this.accessRules = accessRules;
			return this;
		}

		/**
		 * Makes the settings.
		 * @return the settings
		 * @throws IllegalArgumentException if a value is out of its range; the message
		 * names it
		 */
		public RegistrarSettings build() {
			return new RegistrarSettings(this.identifier, this.dialect, this.protocols, this.asapListen,
					this.enrpListen, this.peers, timers(), this.maxBadPeReports, this.handleResolutionItems,
					this.maxPoolElements, this.maxPeers, this.maxAssociations, this.tablePageElements,
					this.tablePageOctets, this.takeoverSuggestion, this.subscriptions, this.resolveInterval,
					this.multicast, this.accessRules);
		}

	}

}
