package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.wire.Identifiers;

/**
 * Makes contact with the peers that are configured, and again with peers that were lost:
 * for as long as it takes, so that an operation scope forms in whatever order its
 * registrars start, and again after a partition.
 */
final class Contacts {

	private static final int MAX_LOST_PEERS = 64;

	private static final int MAX_ATTEMPTS = 200;

	/** By how much the delay between attempts grows at most. */
	private static final int MAX_BACK_OFF = 30;

	private final Parts parts;

	private final List<Contact> contacts = new ArrayList<>();

	Contacts(Parts parts) {
		this.parts = parts;
	}

	/**
	 * Starts to make contact.
	 */
	void start() {
		List<InetSocketAddress> own = this.parts.enrp().localAddresses();
		for (InetSocketAddress address : this.parts.settings().peers()) {
			if (!own.contains(address)) {
				this.contacts.add(new Contact(address, true, this.parts.runtime().nanoTime()));
			}
		}
		check();
	}

	boolean hasConfigured() {
		return this.contacts.stream().anyMatch(Contact::isConfigured);
	}

	/**
	 * Return whether nothing more is to be expected soon from any configured peer.
	 */
	boolean areSettled() {
		return this.contacts.stream().filter(Contact::isConfigured).allMatch((contact) -> contact.settled);
	}

	/**
	 * Tries to find a lost peer again.
	 */
	void remember(Peer peer) {
		List<InetSocketAddress> addresses = peer.addresses();
		if (!addresses.isEmpty() && this.contacts.stream().noneMatch((contact) -> addresses.contains(contact.address()))
				&& this.contacts.stream().filter((contact) -> !contact.isConfigured()).count() < MAX_LOST_PEERS) {
			this.contacts.add(new Contact(addresses.get(0), false,
					this.parts.runtime().nanoTime() + this.parts.settings().timers().startRetryDelay().toNanos()));
		}
	}

	private void check() {
		this.contacts
			.removeIf((contact) -> !contact.isConfigured() && (isReached(contact) || contact.attempts >= MAX_ATTEMPTS));
		long now = this.parts.runtime().nanoTime();
		for (Contact contact : List.copyOf(this.contacts)) {
			if (contact.link == null && contact.nextAttempt - now <= 0 && !isReached(contact)) {
				connect(contact);
			}
		}
		this.parts.schedule(this.parts.spread(this.parts.settings().timers().startRetryDelay(), 0.25), this::check);
	}

	private boolean isReached(Contact contact) {
		return this.parts.peers()
			.all()
			.stream()
			.anyMatch((peer) -> peer.link() != null && peer.addresses().contains(contact.address()));
	}

	private void connect(Contact contact) {
		contact.attempts++;
		contact.link = this.parts.enrp().connect(this.parts.settings().protocol(), List.of(contact.address()));
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
		if (contact != null) {
			contact.link = null;
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

}
