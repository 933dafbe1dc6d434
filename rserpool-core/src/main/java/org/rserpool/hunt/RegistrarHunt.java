package org.rserpool.hunt;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.EndpointSpecification.Channel;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.WireCodec;

/**
 * Finds a home registrar, and another one when it is lost (server hunt, RFC 5352, section
 * 3.6). All pool elements and pool users of a process share one hunt, and so one home.
 *
 * @since 0.1
 */
public final class RegistrarHunt {

	private final RoleRuntime runtime;

	private final WireCodec codec;

	private final HuntSettings settings;

	private final AsapReceiver receiver;

	private final AddressBook book;

	private final Search search;

	private final Standbys standbys;

	private final HuntListeners listeners = new HuntListeners();

	private final EndpointListener endpointListener = new AsapListener();

	private final ProtocolChoice choice;

	private final Map<TransportProtocol, Endpoint> connecting = new EnumMap<>(TransportProtocol.class);

	private final Map<TransportProtocol, Endpoint> listening = new EnumMap<>(TransportProtocol.class);

	private @Nullable Home home;

	/** By which association a home said something last. */
	private @Nullable Association heard;

	private boolean running;

	/**
	 * Makes a hunt, not started.
	 * @param runtime its surroundings
	 * @param codec writes and reads messages
	 * @param settings how to look
	 */
	public RegistrarHunt(RoleRuntime runtime, WireCodec codec, HuntSettings settings) {
		this.runtime = runtime;
		this.codec = codec;
		this.settings = settings;
		this.choice = new ProtocolChoice(settings.protocols());
		this.receiver = new AsapReceiver(runtime, codec,
				(association, reason) -> tell((listener) -> listener.undecodable(association, reason)));
		this.book = new AddressBook(runtime, codec, settings, this.listeners, new Changes());
		Attempts attempts = new Attempts();
		this.search = new Search(runtime, settings, attempts);
		this.standbys = new Standbys(runtime, settings, attempts);
	}

	/**
	 * Adds a listener. It is told what happens from now on.
	 * @param listener who is to be told
	 */
	public void addListener(RegistrarHuntListener listener) {
		this.listeners.add(listener);
	}

	/**
	 * Removes a listener.
	 * @param listener who is told no more
	 */
	public void removeListener(RegistrarHuntListener listener) {
		this.listeners.remove(listener);
	}

	/**
	 * Listens for registrars that come to this process, as a pool element needs it to be
	 * watched and to be taken over, by each transport protocol of the settings. Does
	 * nothing if it listens already.
	 * @param local the addresses to bind to, all with the same port; port 0 takes one
	 * that is free
	 * @return the addresses that it listens at by the first transport protocol, with the
	 * real port
	 * @throws EndpointException if an address is taken or not local
	 */
	public List<InetSocketAddress> listen(InetSocketAddress... local) {
		for (TransportProtocol protocol : this.settings.protocols()) {
			if (!this.listening.containsKey(protocol)) {
				this.listening.put(protocol, this.runtime
					.open(EndpointSpecification.listening(protocol, Channel.ASAP, local), this.endpointListener));
			}
		}
		leave(this.connecting.remove(TransportProtocol.SCTP));
		return listeningAddresses(this.settings.protocols().get(0));
	}

	/**
	 * Looks for a home again from the port that is listened at now: a registrar takes the
	 * port that an SCTP association comes from for the one where the element is reached.
	 */
	private void leave(@Nullable Endpoint abandoned) {
		if (abandoned == null) {
			return;
		}
		Home previous = this.home;
		this.home = null;
		this.standbys.stop();
		this.search.stop();
		abandoned.close();
		if (previous != null) {
			tell((listener) -> listener.homeLost(previous, "this process begins to listen for registrars"));
		}
		if (this.running) {
			this.search.start(null);
		}
	}

	/**
	 * Return where registrars reach this process.
	 * @param protocol the transport protocol that they use
	 * @return the addresses with the port; none if it does not listen
	 */
	public List<InetSocketAddress> listeningAddresses(TransportProtocol protocol) {
		Endpoint endpoint = this.listening.get(protocol);
		return (endpoint != null) ? endpoint.localAddresses() : List.of();
	}

	/**
	 * Starts to look for a home registrar.
	 */
	public void start() {
		if (!this.running) {
			this.running = true;
			this.book.start();
			this.search.start(null);
		}
	}

	/**
	 * Gives up the home registrar, and all associations. The listeners are not told.
	 */
	public void stop() {
		this.running = false;
		this.book.stop();
		this.search.stop();
		this.standbys.stop();
		this.home = null;
		this.connecting.values().forEach(Endpoint::close);
		this.connecting.clear();
		this.listening.values().forEach(Endpoint::close);
		this.listening.clear();
	}

	/**
	 * Return the home registrar.
	 * @return the home, or {@code null} while there is none
	 */
	public @Nullable Home home() {
		return this.home;
	}

	/**
	 * Return the registrars that this process is associated with besides its home.
	 * @return their addresses
	 */
	public List<InetSocketAddress> standbys() {
		return this.standbys.addresses();
	}

	/**
	 * Return the addresses of registrars that are known now.
	 * @return those that are configured, those that configured names stand for, and those
	 * that are announced
	 */
	public List<InetSocketAddress> knownAddresses() {
		return this.book.all();
	}

	/**
	 * Return the addresses that did not become home when they were tried last, and the
	 * names that could not be resolved.
	 * @return each address with the reason
	 */
	public List<HuntFailure> failures() {
		List<HuntFailure> failures = new ArrayList<>(this.search.failures());
		this.book.failures().forEach((name, reason) -> failures.add(new HuntFailure(name, reason)));
		return List.copyOf(failures);
	}

	/**
	 * Sends a message to the home registrar.
	 * @param message the message
	 * @return whether it was sent; {@code false} if there is no home, or it takes no
	 * message now
	 * @throws IllegalArgumentException if the message cannot be encoded
	 */
	public boolean send(AsapMessage message) {
		return this.home != null && send(this.home.association(), message);
	}

	/**
	 * Sends a message by an association that a registrar's message came by.
	 * @param association the association
	 * @param message the message
	 * @return whether it was sent
	 * @throws IllegalArgumentException if the message cannot be encoded
	 */
	public boolean send(Association association, AsapMessage message) {
		UserMessage encoded = new UserMessage(UserMessage.ASAP, this.codec.encode(message));
		return association.send(encoded) == SendResult.QUEUED;
	}

	/**
	 * Makes a registrar home that asked for it (H bit of a keep-alive, RFC 5352, section
	 * 3.4 KA2.4). Nothing changes if it is home already.
	 * @param association the association that it asked by
	 * @param registrar its identifier
	 */
	public void adopt(Association association, int registrar) {
		Home present = this.home;
		if (!this.running || (present != null && present.association() != association && present.identifier() != null
				&& present.identifier() == registrar)) {
			return;
		}
		this.search.stop();
		if (present != null && present.association() == association) {
			this.home = new Home(association, registrar, present.address());
		}
		else {
			become(new Home(association, registrar, association.peerAddresses().get(0)),
					"another registrar took this process over");
		}
		this.standbys.begin(Map.of());
	}

	/**
	 * Says that the home registrar does not answer. A standby becomes home at once;
	 * without one, another registrar is looked for, and the home stays until that is
	 * found, or until it says something again.
	 * @param association the association that brought no answer; nothing happens if it is
	 * not the one with the home registrar
	 * @param reason what was not answered, in words
	 */
	public void doubt(Association association, String reason) {
		Home present = this.home;
		if (!this.running || present == null || present.association() != association || this.search.running()) {
			return;
		}
		this.search.note(present.address(), reason);
		Home standby = this.standbys.take();
		if (standby != null) {
			become(standby, reason);
			this.standbys.begin(Map.of());
		}
		else {
			this.standbys.suspend();
			this.search.start(present.address());
		}
	}

	private Endpoint endpoint(TransportProtocol protocol) {
		Endpoint endpoint = this.listening.get(protocol);
		return (endpoint != null) ? endpoint : this.connecting.computeIfAbsent(protocol,
				(key) -> this.runtime.open(EndpointSpecification.connecting(key, Channel.ASAP), this.endpointListener));
	}

	private void become(Home next, String reason) {
		Home previous = this.home;
		this.home = null;
		if (previous != null) {
			if (previous.association().outbound()) {
				previous.association().abort();
			}
			tell((listener) -> listener.homeLost(previous, reason));
		}
		this.home = next;
		tell((listener) -> listener.homeFound(next));
	}

	private void lost(Home previous, String reason) {
		boolean silent = this.heard != previous.association();
		this.home = null;
		this.search.note(previous.address(), reason);
		Home standby = this.standbys.take();
		if (standby == null) {
			this.standbys.suspend();
			if (silent) {
				this.search.startLater(previous.address());
			}
			else {
				this.search.start(previous.address());
			}
			tell((listener) -> listener.homeLost(previous, reason));
			return;
		}
		this.search.stop();
		tell((listener) -> listener.homeLost(previous, reason));
		this.home = standby;
		tell((listener) -> listener.homeFound(standby));
		this.standbys.begin(Map.of());
	}

	private void tell(Consumer<RegistrarHuntListener> event) {
		this.listeners.tell(event);
	}

	/**
	 * Hears of associations with registrars.
	 */
	private final class AsapListener implements EndpointListener {

		@Override
		public void up(Association association) {
			InetSocketAddress address = RegistrarHunt.this.search.succeeded(association);
			if (address != null) {
				Map<Association, InetSocketAddress> surplus = RegistrarHunt.this.search.release();
				become(new Home(association, null, address), "it did not answer");
				RegistrarHunt.this.standbys.begin(surplus);
			}
			else {
				RegistrarHunt.this.standbys.up(association);
			}
		}

		@Override
		public void message(Association association, UserMessage message) {
			AsapMessage received = RegistrarHunt.this.receiver.receive(association, message);
			if (received != null) {
				noteLife(association, received);
				tell((listener) -> listener.message(association, received));
			}
		}

		@Override
		public void down(Association association, DownReason reason, String detail) {
			Home home = RegistrarHunt.this.home;
			if (home != null && home.association() == association) {
				lost(home, detail);
			}
			else if (!RegistrarHunt.this.standbys.down(association)) {
				RegistrarHunt.this.search.failed(association, detail);
			}
		}

		private void noteLife(Association association, AsapMessage message) {
			Home home = RegistrarHunt.this.home;
			if (home != null && home.association() == association) {
				RegistrarHunt.this.heard = association;
				RegistrarHunt.this.search.proven();
				if (RegistrarHunt.this.search.running()) {
					RegistrarHunt.this.search.stop();
					RegistrarHunt.this.standbys.begin(Map.of());
				}
				if (message instanceof AsapMessage.EndpointKeepAlive keepAlive) {
					RegistrarHunt.this.home = new Home(association, keepAlive.registrar(), home.address());
				}
			}
		}

	}

	/**
	 * What search and standbys ask for.
	 */
	private final class Attempts implements Search.Surroundings {

		@Override
		public Association associate(InetSocketAddress address) {
			return endpoint(RegistrarHunt.this.choice.of(address)).associate(List.of(address));
		}

		@Override
		public @Nullable Association associateOtherwise(InetSocketAddress address) {
			TransportProtocol next = RegistrarHunt.this.choice.next(address);
			return (next != null && knows(address)) ? endpoint(next).associate(List.of(address)) : null;
		}

		@Override
		public void unanswered(InetSocketAddress address) {
			RegistrarHunt.this.choice.next(address);
		}

		@Override
		public List<InetSocketAddress> addresses() {
			return RegistrarHunt.this.book.inOrder();
		}

		@Override
		public boolean knows(InetSocketAddress address) {
			return RegistrarHunt.this.book.contains(address);
		}

		@Override
		public boolean mayKnowMore() {
			return RegistrarHunt.this.book.mayGrow();
		}

		@Override
		public int held() {
			Home present = RegistrarHunt.this.home;
			return RegistrarHunt.this.standbys.size() + ((present != null && present.association().outbound()) ? 1 : 0);
		}

		@Override
		public @Nullable InetSocketAddress homeAddress() {
			Home present = RegistrarHunt.this.home;
			return (present != null) ? present.address() : null;
		}

		@Override
		public void nothingFound() {
			List<HuntFailure> failures = failures();
			tell((listener) -> listener.nothingFound(failures));
		}

	}

	/**
	 * Hears which addresses are known.
	 */
	private final class Changes implements AddressBook.Listener {

		@Override
		public void added(InetSocketAddress address) {
			tell((listener) -> listener.addressAdded(address));
			RegistrarHunt.this.search.offer(address);
			RegistrarHunt.this.standbys.offer();
		}

		@Override
		public void removed(InetSocketAddress address) {
			RegistrarHunt.this.search.withdraw(address);
			tell((listener) -> listener.addressRemoved(address));
		}

	}

}
