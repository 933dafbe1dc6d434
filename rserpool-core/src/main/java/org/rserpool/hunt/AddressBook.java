package org.rserpool.hunt;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.rserpool.discovery.NamedAddresses;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.SocketAddresses;
import org.rserpool.wire.WireCodec;

/**
 * The addresses of registrars that are known: those that are configured, those that
 * configured names stand for, and those that are announced.
 */
final class AddressBook {

	private final RoleRuntime runtime;

	private final NamedAddresses configured;

	private final AnnouncedAddresses announced;

	AddressBook(RoleRuntime runtime, WireCodec codec, HuntSettings settings, HuntListeners told, Listener listener) {
		this.runtime = runtime;
		Changes changes = new Changes(told, listener);
		this.configured = new NamedAddresses(runtime, settings.registrars(), settings.resolveInterval(), changes);
		this.announced = new AnnouncedAddresses(runtime, codec, settings.announcements(), settings.protocols(),
				changes);
	}

	void start() {
		this.configured.start();
		this.announced.start();
	}

	void stop() {
		this.configured.stop();
		this.announced.stop();
	}

	boolean contains(InetSocketAddress address) {
		return this.configured.addresses().contains(address) || this.announced.addresses().contains(address);
	}

	/**
	 * Return whether addresses may become known without any being known now.
	 */
	boolean mayGrow() {
		return this.configured.hasNames() || this.announced.isListening();
	}

	/**
	 * Return all addresses in the order in which to try them: at random, but what is only
	 * announced, and may be forged, after what is configured.
	 */
	List<InetSocketAddress> inOrder() {
		Set<InetSocketAddress> trusted = this.configured.addresses();
		List<InetSocketAddress> all = shuffled(trusted);
		List<InetSocketAddress> others = shuffled(this.announced.addresses());
		others.removeAll(trusted);
		all.addAll(others);
		return all;
	}

	/**
	 * Return all addresses, those that are configured first.
	 */
	List<InetSocketAddress> all() {
		Set<InetSocketAddress> all = this.configured.addresses();
		all.addAll(this.announced.addresses());
		return List.copyOf(all);
	}

	/**
	 * Return the names that could not be resolved.
	 */
	Map<InetSocketAddress, String> failures() {
		return this.configured.failures();
	}

	private List<InetSocketAddress> shuffled(Set<InetSocketAddress> addresses) {
		List<InetSocketAddress> shuffled = new ArrayList<>(addresses);
		for (int i = shuffled.size() - 1; i > 0; i--) {
			Collections.swap(shuffled, i, this.runtime.random().nextInt(i + 1));
		}
		return shuffled;
	}

	/**
	 * Is told which addresses are known.
	 */
	interface Listener {

		void added(InetSocketAddress address);

		void removed(InetSocketAddress address);

	}

	/**
	 * Tells of addresses that are not known from elsewhere.
	 */
	private final class Changes implements NamedAddresses.Listener, AnnouncedAddresses.Listener {

		private final HuntListeners told;

		private final Listener listener;

		private Changes(HuntListeners told, Listener listener) {
			this.told = told;
			this.listener = listener;
		}

		@Override
		public void added(InetSocketAddress address) {
			this.listener.added(address);
		}

		@Override
		public void removed(InetSocketAddress address) {
			if (!contains(address)) {
				this.listener.removed(address);
			}
		}

		@Override
		public void unresolved(InetSocketAddress name, String reason) {
			this.told.tell((each) -> each.nameUnresolved(SocketAddresses.text(name), reason));
		}

		@Override
		public void ignored(InetSocketAddress source, String reason) {
			this.told.tell((each) -> each.announcementIgnored(source, reason));
		}

	}

}
