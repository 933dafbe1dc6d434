package org.rserpool.rpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.rserpool.element.PoolElementListener;
import org.rserpool.element.RegistrationTimers;
import org.rserpool.csp.StatusReportSettings;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.session.SessionSettings;
import org.rserpool.transport.EndpointInterceptor;
import org.rserpool.transport.TransportSettings;
import org.rserpool.user.ResolutionListener;
import org.rserpool.user.UserSettings;
import org.rserpool.wire.Dialect;

/**
 * How a process takes part in an operation scope.
 *
 * @since 0.1
 */
public final class NodeSettings {

	private final String name;

	private final List<InetSocketAddress> listen;

	private final Dialect dialect;

	private final HuntSettings hunt;

	private final UserSettings user;

	private final SessionSettings session;

	private final TransportSettings transport;

	private final RegistrationTimers registration;

	private final boolean businessCards;

	private final int maxPendingCalls;

	private final int maxCallsInProgress;

	private final CallListener callListener;

	private final ResolutionListener resolutionListener;

	private final @Nullable PoolElementListener elementListener;

	private final @Nullable StatusReportSettings statusReports;

	private NodeSettings(Builder builder) {
		this.name = builder.name;
		this.listen = builder.listen;
		this.dialect = builder.dialect;
		this.hunt = builder.hunt;
		this.user = (builder.user != null) ? builder.user : UserSettings.of(builder.dialect);
		this.session = builder.session;
		this.transport = builder.transport;
		this.registration = builder.registration;
		this.businessCards = (builder.businessCards != null) ? builder.businessCards : builder.dialect == Dialect.RFC;
		this.maxPendingCalls = builder.maxPendingCalls;
		this.maxCallsInProgress = builder.maxCallsInProgress;
		this.callListener = builder.callListener;
		this.resolutionListener = builder.resolutionListener;
		this.elementListener = builder.elementListener;
		this.statusReports = builder.statusReports;
	}

	/**
	 * Starts to make settings.
	 * @param registrars the addresses of registrars, at least one unless registrars are
	 * learnt from their announcements. One that is unresolved is a name, which is
	 * resolved again and again.
	 * @return the builder
	 */
	public static Builder builder(List<InetSocketAddress> registrars) {
		return new Builder(HuntSettings.of(registrars));
	}

	/**
	 * Return the name of the node's thread.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return where pool users reach the pool elements of the node.
	 * @return the addresses to listen at, all with the same port; port 0 takes one that
	 * is free
	 */
	public List<InetSocketAddress> listen() {
		return this.listen;
	}

	/**
	 * Return the addresses of {@link #listen()} without their port.
	 * @return the addresses of this host
	 */
	public List<InetAddress> listenHosts() {
		return this.listen.stream().map(InetSocketAddress::getAddress).toList();
	}

	/**
	 * Return the dialect of ASAP.
	 * @return the dialect
	 */
	public Dialect dialect() {
		return this.dialect;
	}

	/**
	 * Return how a home registrar is looked for.
	 * @return the settings
	 */
	public HuntSettings hunt() {
		return this.hunt;
	}

	/**
	 * Return how pool handles are resolved.
	 * @return the settings
	 */
	public UserSettings user() {
		return this.user;
	}

	/**
	 * Return how sessions are watched.
	 * @return the settings
	 */
	public SessionSettings session() {
		return this.session;
	}

	/**
	 * Return how associations are carried.
	 * @return the settings
	 */
	public TransportSettings transport() {
		return this.transport;
	}

	/**
	 * Return how a pool element waits for its home registrar.
	 * @return the times
	 */
	public RegistrationTimers registration() {
		return this.registration;
	}

	/**
	 * Return whether business cards are exchanged.
	 * @return whether they are sent, and followed
	 */
	public boolean businessCards() {
		return this.businessCards;
	}

	/**
	 * Return how many calls of this node may be pending.
	 * @return the number of calls
	 */
	public int maxPendingCalls() {
		return this.maxPendingCalls;
	}

	/**
	 * Return how many calls that came by one association are carried out at a time.
	 * @return the number of calls
	 */
	public int maxCallsInProgress() {
		return this.maxCallsInProgress;
	}

	/**
	 * Return who is told of calls that end.
	 * @return the listener
	 */
	public CallListener callListener() {
		return this.callListener;
	}

	/**
	 * Return who is told of handle resolutions.
	 * @return the listener
	 */
	public ResolutionListener resolutionListener() {
		return this.resolutionListener;
	}

	/**
	 * Return who is told how the registrations of pool elements go.
	 * @return the listener, or {@code null} if nobody is
	 */
	public @Nullable PoolElementListener elementListener() {
		return this.elementListener;
	}

	/**
	 * Return how the node reports its status to a monitor.
	 * @return the settings, or {@code null} if it does not
	 */
	public @Nullable StatusReportSettings statusReports() {
		return this.statusReports;
	}

	/**
	 * Makes settings.
	 */
	public static final class Builder {

		private String name = "rserpool";

		private List<InetSocketAddress> listen = List.of(new InetSocketAddress(0));

		private Dialect dialect = Dialect.RFC;

		private HuntSettings hunt;

		private @Nullable UserSettings user;

		private SessionSettings session = SessionSettings.DEFAULT;

		private TransportSettings transport = TransportSettings.defaults();

		private RegistrationTimers registration = RegistrationTimers.FAST;

		private @Nullable Boolean businessCards;

		private int maxPendingCalls = 10_000;

		private int maxCallsInProgress = 1024;

		private CallListener callListener = CallListener.NONE;

		private ResolutionListener resolutionListener = ResolutionListener.NONE;

		private @Nullable PoolElementListener elementListener;

		private @Nullable StatusReportSettings statusReports;

		private Builder(HuntSettings hunt) {
			this.hunt = hunt;
		}

		/**
		 * Names the node's thread, {@code rserpool} otherwise.
		 * @param value the name
		 * @return this builder
		 */
		public Builder name(String value) {
			this.name = value;
			return this;
		}

		/**
		 * Says where pool users reach the pool elements of this node: at all local
		 * addresses, and a port that is free, otherwise. The registrars reach the
		 * elements at the same addresses and another port, which is drawn.
		 * @param addresses the addresses, all with the same port; port 0 takes one that
		 * is free
		 * @return this builder
		 * @throws IllegalArgumentException if there is none, or if their ports differ
		 */
		public Builder listen(InetSocketAddress... addresses) {
			List<InetSocketAddress> listening = List.of(addresses);
			if (listening.stream().mapToInt(InetSocketAddress::getPort).distinct().count() != 1) {
				throw new IllegalArgumentException(
						"Pool elements listen at one port of at least one address, not at " + listening);
			}
			this.listen = listening;
			return this;
		}

		/**
		 * Sets the dialect of ASAP, {@link Dialect#RFC} otherwise.
		 * @param value the dialect
		 * @return this builder
		 */
		public Builder dialect(Dialect value) {
			this.dialect = value;
			return this;
		}

		/**
		 * Sets how a home registrar is looked for, with the addresses of registrars.
		 * @param value the settings
		 * @return this builder
		 */
		public Builder hunt(HuntSettings value) {
			this.hunt = value;
			return this;
		}

		/**
		 * Sets by which transport protocols registrars, pool elements and pool users are
		 * reached, TCP otherwise. The first one is preferred; another one is used where
		 * somebody else does not have the first.
		 * @param value the transport protocols, at least one
		 * @return this builder
		 */
		public Builder protocols(List<TransportProtocol> value) {
			this.hunt = this.hunt.withProtocols(value);
			return this;
		}

		/**
		 * Sets how pool handles are resolved, {@link UserSettings#of(Dialect)} otherwise.
		 * @param value the settings
		 * @return this builder
		 */
		public Builder user(UserSettings value) {
			this.user = value;
			return this;
		}

		/**
		 * Changes how pool handles are resolved, from what was set so far.
		 * @param change makes the settings from the ones so far
		 * @return this builder
		 */
		public Builder changeUser(UnaryOperator<UserSettings> change) {
			this.user = change.apply((this.user != null) ? this.user : UserSettings.of(this.dialect));
			return this;
		}

		/**
		 * Sets how sessions are watched, {@link SessionSettings#DEFAULT} otherwise.
		 * @param value the settings
		 * @return this builder
		 */
		public Builder session(SessionSettings value) {
			this.session = value;
			return this;
		}

		/**
		 * Sets how associations are carried, {@link TransportSettings#defaults()}
		 * otherwise.
		 * @param value the settings
		 * @return this builder
		 */
		public Builder transport(TransportSettings value) {
			this.transport = value;
			return this;
		}

		/**
		 * Sets what stands between the roles of the node and the network, nothing
		 * otherwise.
		 * @param value such as a network that breaks in a test
		 * @return this builder
		 */
		public Builder interceptor(EndpointInterceptor value) {
			this.transport = this.transport.withInterceptor(value);
			return this;
		}

		/**
		 * Sets how long a pool element waits for the answer to a registration or
		 * deregistration, 1 s otherwise.
		 * @param value the time
		 * @return this builder
		 * @throws IllegalArgumentException if the time is not positive
		 */
		public Builder registrationTimeout(Duration value) {
			return registration(new RegistrationTimers(value, value, this.registration.maximumAttempts(),
					this.registration.endsUnanswered()));
		}

		/**
		 * Sets how a pool element waits for its home registrar,
		 * {@link RegistrationTimers#FAST} otherwise.
		 * @param value the times
		 * @return this builder
		 */
		public Builder registration(RegistrationTimers value) {
			this.registration = value;
			return this;
		}

		/**
		 * Sets all times of RFC 5352, section 7, for what was set so far,
		 * {@link Profile#FAST} otherwise.
		 * @param profile where the times come from
		 * @return this builder
		 */
		public Builder profile(Profile profile) {
			this.hunt = profile.times(this.hunt);
			changeUser(profile::times);
			this.registration = profile.registration();
			return this;
		}

		/**
		 * Sets whether business cards are exchanged (RFC 5352, section 3.9). They are in
		 * the dialect of the RFCs otherwise, and not in that of the reference
		 * implementation, which does not read them.
		 * @param value whether to send them, and to follow those that arrive
		 * @return this builder
		 */
		public Builder businessCards(boolean value) {
			this.businessCards = value;
			return this;
		}

		/**
		 * Sets how many calls of this node may be pending, 10,000 otherwise. One more
		 * fails at once.
		 * @param value the number of calls, at least 1
		 * @return this builder
		 */
		public Builder maxPendingCalls(int value) {
			this.maxPendingCalls = value;
			return this;
		}

		/**
		 * Sets how many calls that came by one association are carried out at a time,
		 * 1,024 otherwise. One more is refused in a way that lets its caller try another
		 * element.
		 * @param value the number of calls, at least 1
		 * @return this builder
		 */
		public Builder maxCallsInProgress(int value) {
			this.maxCallsInProgress = value;
			return this;
		}

		/**
		 * Set who is told of calls that end. Nobody is where nothing is said.
		 * @param value the listener
		 * @return this builder
		 */
		public Builder callListener(CallListener value) {
			this.callListener = value;
			return this;
		}

		/**
		 * Sets who is told of handle resolutions, on the loop of the node. Nobody is
		 * where nothing is said. What it throws is logged.
		 * @param value the listener
		 * @return this builder
		 */
		public Builder resolutionListener(ResolutionListener value) {
			this.resolutionListener = value;
			return this;
		}

		/**
		 * Sets who is told how the registrations of all pool elements go, on the loop of
		 * the node. Nobody is where nothing is said. What it throws is logged.
		 * @param value the listener
		 * @return this builder
		 */
		public Builder elementListener(PoolElementListener value) {
			this.elementListener = value;
			return this;
		}

		/**
		 * Sets how the node's pool elements, and the node as a pool user, report their
		 * status to a monitor of the reference implementation. They do not otherwise.
		 * @param value the settings, or {@code null} for no reports
		 * @return this builder
		 */
		public Builder statusReports(@Nullable StatusReportSettings value) {
			this.statusReports = value;
			return this;
		}

		/**
		 * Makes the settings.
		 * @return the settings
		 * @throws IllegalArgumentException if no registrar can be found, or a value is
		 * not positive
		 */
		public NodeSettings build() {
			if (this.hunt.registrars().isEmpty() && this.hunt.announcements().groups().isEmpty()) {
				throw new IllegalArgumentException(
						"A node needs the address of at least one registrar, or announcements to learn one from");
			}
			if (this.maxPendingCalls < 1 || this.maxCallsInProgress < 1) {
				throw new IllegalArgumentException("maxPendingCalls " + this.maxPendingCalls
						+ " and maxCallsInProgress " + this.maxCallsInProgress + " must be positive");
			}
			return new NodeSettings(this);
		}

	}

}
