package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.discovery.NamedAddresses;
import org.rserpool.registrar.Contact.Kind;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.wire.Identifiers;

/**
 * Makes contact with the peers that are configured, and again with peers that were lost:
 * for as long as it takes, so that an operation scope forms in whatever order its
 * registrars start, and again after a partition.
 */
final class Contacts {

	private static final int MAX_LOST_PEERS = 64;

	private static final int MAX_HINTS = 16;

	private static final int MAX_ATTEMPTS = 200;

	/** By how much the delay between attempts grows at most. */
	private static final int MAX_BACK_OFF = 30;

	private final Parts parts;

	private final List<Contact> contacts = new ArrayList<>();

	private @Nullable NamedAddresses configured;

	Contacts(Parts parts) {
		this.parts = parts;
	}

	/**
	 * Starts to make contact.
	 */
	void start() {
		NamedAddresses addresses = new NamedAddresses(this.parts.runtime(), this.parts.settings().peers(),
				this.parts.settings().resolveInterval(), new Names());
		this.configured = addresses;
		addresses.addresses().forEach(this::add);
		addresses.start();
		check();
	}

	void stop() {
		if (this.configured != null) {
			this.configured.stop();
		}
	}

	private @Nullable Contact add(InetSocketAddress address) {
		if (this.parts.enrp().localAddresses().contains(address)) {
			return null;
		}
		Contact contact = new Contact(address, Kind.CONFIGURED, this.parts.runtime().nanoTime());
		this.contacts.add(contact);
		return contact;
	}

	boolean hasConfigured() {
		return (this.configured != null && this.configured.hasNames())
				|| this.contacts.stream().anyMatch(Contact::isConfigured);
	}

	/**
	 * Return whether nothing more is to be expected soon from any configured peer.
	 */
	boolean areSettled() {
		return (this.configured == null || this.configured.isSettled())
				&& this.contacts.stream().filter(Contact::isConfigured).allMatch((contact) -> contact.settled);
	}

	/**
	 * Tries to find a lost peer again.
	 */
	void remember(Peer peer) {
		List<InetSocketAddress> addresses = peer.addresses();
		if (!addresses.isEmpty() && this.contacts.stream().noneMatch((contact) -> addresses.contains(contact.address()))
				&& this.contacts.stream().filter((contact) -> !contact.isConfigured()).count() < MAX_LOST_PEERS) {
			this.contacts.add(new Contact(addresses.get(0), Kind.LOST,
					this.parts.runtime().nanoTime() + this.parts.settings().timers().startRetryDelay().toNanos()));
		}
	}

	/**
	 * Looks once whether a registrar is where a datagram said. Such datagrams may be
	 * forged, so there are only so many attempts at a time.
	 */
	void suggest(InetSocketAddress address) {
		if (this.parts.enrp().localAddresses().contains(address)
				|| this.contacts.stream().anyMatch((contact) -> contact.address().equals(address))
				|| this.contacts.stream().filter(Contact::isHint).count() >= MAX_HINTS) {
			return;
		}
		Contact contact = new Contact(address, Kind.HINT, this.parts.runtime().nanoTime());
		if (!isReached(contact)) {
			this.contacts.add(contact);
			connect(contact);
		}
	}

	private void check() {
		this.contacts
			.removeIf((contact) -> !contact.isConfigured() && (isReached(contact) || contact.attempts >= MAX_ATTEMPTS));
		long now = this.parts.runtime().nanoTime();
		dropHints(now);
		for (Contact contact : List.copyOf(this.contacts)) {
			if (contact.link == null && contact.nextAttempt - now <= 0 && !isReached(contact)) {
				connect(contact);
			}
		}
		this.parts.schedule(this.parts.spread(this.parts.settings().timers().startRetryDelay(), 0.25), this::check);
	}

	/**
	 * Ends what did not lead to a registrar in time.
	 */
	private void dropHints(long now) {
		long patience = this.parts.settings().timers().maxTimeNoResponse().toNanos();
		for (Contact contact : this.contacts.stream().filter(Contact::isHint).toList()) {
			PeerLink link = contact.link;
			if (link == null || link.peer() != Identifiers.NONE) {
				this.contacts.remove(contact);
			}
			else if (now - contact.nextAttempt > patience) {
				link.association().abort();
			}
		}
	}

	private boolean isReached(Contact contact) {
		return this.parts.peers()
			.all()
			.stream()
			.anyMatch((peer) -> peer.link() != null && peer.addresses().contains(contact.address()));
	}

	private void connect(Contact contact) {
		contact.attempts++;
		TransportProtocol protocol = this.parts.settings().protocols().get(contact.protocol);
		contact.link = this.parts.enrp().connect(protocol, List.of(contact.address()));
		PeerLink link = contact.link;
		if (link != null) {
			link.sendWhenUp(() -> this.parts.peers().presence(link, true, Identifiers.NONE));
		}
	}

	void linkUp(PeerLink link) {
		Contact contact = find(link);
		if (contact != null && contact.isConfigured()) {
			contact.attempts = 0;
		}
	}

	void linkDown(PeerLink link) {
		Contact contact = find(link);
		if (contact != null && !link.wasUp() && contact.protocol + 1 < this.parts.settings().protocols().size()) {
			contact.protocol++;
			connect(contact);
		}
		else if (contact != null && contact.isHint()) {
			this.contacts.remove(contact);
		}
		else if (contact != null) {
			contact.link = null;
			contact.protocol = 0;
			contact.settled = true;
			int backOff = contact.isConfigured() ? 0 : Math.min(contact.attempts, MAX_BACK_OFF);
			delay(contact, backOff);
			this.parts.startUp().contactSettled();
		}
	}

	/**
	 * A peer answered for the first time, or refused to be the mentor.
	 */
	void settled(Peer peer) {
		for (Contact contact : this.contacts) {
			if ((contact.link != null && contact.link.peer() == peer.identifier())
					|| peer.addresses().contains(contact.address())) {
				contact.settled = true;
			}
		}
	}

	/**
	 * An association leads from this registrar to itself.
	 */
	void metSelf(PeerLink link) {
		link.abort("this registrar's own identifier " + Identifiers.toString(this.parts.identifier())
				+ " came from there: it is among its own peers");
		Contact contact = find(link);
		if (contact != null) {
			delay(contact, MAX_BACK_OFF);
		}
	}

	private void delay(Contact contact, int times) {
		long next = this.parts.runtime().nanoTime()
				+ times * this.parts.settings().timers().startRetryDelay().toNanos();
		if (next - contact.nextAttempt > 0) {
			contact.nextAttempt = next;
		}
	}

	private @Nullable Contact find(PeerLink link) {
		for (Contact contact : this.contacts) {
			if (contact.link == link) {
				return contact;
			}
		}
		return null;
	}

	/**
	 * Hears what the names of peers stand for.
	 */
	private final class Names implements NamedAddresses.Listener {

		@Override
		public void added(InetSocketAddress address) {
			Contact contact = add(address);
			if (contact != null && !isReached(contact)) {
				connect(contact);
			}
		}

		@Override
		public void removed(InetSocketAddress address) {
			Contacts.this.contacts.removeIf((contact) -> contact.isConfigured() && contact.address().equals(address));
		}

		@Override
		public void settled() {
			Contacts.this.parts.startUp().contactSettled();
		}

		@Override
		public void unresolved(InetSocketAddress name, String reason) {
			String host = name.getHostString();
			Contacts.this.parts.listener()
				.peerUnresolved((name.getPort() == 0) ? host : host + ":" + name.getPort(), reason);
		}

	}

}
