package org.rserpool.registrar;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.handlespace.Inconsistency;
import org.rserpool.handlespace.Pool;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.EnrpMessage.UpdateAction;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

/**
 * Registers and deregisters elements (RFC 5352, sections 3.1 and 3.2).
 */
final class Registrations {

	/** How many registrations may wait for the probe of an element with the same name. */
	private static final int MAX_CLASHES = 1024;

	private final Parts parts;

	/** Registrations that wait until an element with the same name has proven dead. */
	private final Map<ElementKey, Newcomer> clashes = new LinkedHashMap<>();

	Registrations(Parts parts) {
		this.parts = parts;
	}

	void register(AsapLink link, AsapMessage.Registration registration) {
		PoolHandle poolHandle = registration.poolHandle();
		ElementKey key = new ElementKey(poolHandle, registration.element().identifier());
		if (this.parts.isLeaving()) {
			// The element then looks for another registrar, which it would not if
			// rejected.
			this.parts.count(Counters.REJECTED_REGISTRATIONS);
			link.association().abort();
			return;
		}
		try {
			if (!isAllowed(link, poolHandle)) {
				throw new RejectedException(ErrorCause.SECURITY_CONSIDERATIONS);
			}
			PoolElement element = admission().admit(registration.element(), link.association())
				.withHomeRegistrar(this.parts.identifier());
			check(poolHandle, element);
			PoolElement old = this.parts.elements().find(key);
			if (old == null || isSame(old, element) || this.parts.monitor().link(key) == link) {
				commit(link, key, element);
			}
			else {
				resolveClash(link, key, element, old);
			}
		}
		catch (RejectedException ex) {
			reject(link, key, ex.errorCause());
		}
	}

	private boolean isAllowed(AsapLink link, PoolHandle poolHandle) {
		String refusal = this.parts.settings()
			.accessRules()
			.refusesElement(poolHandle, link.association().peerIdentity());
		if (refusal != null) {
			this.parts.refused(link.association(), refusal);
		}
		return refusal == null;
	}

	private Causes causes() {
		return new Causes(this.parts.codec());
	}

	private Admission admission() {
		return new Admission(causes());
	}

	private void check(PoolHandle poolHandle, PoolElement element) throws RejectedException {
		Pool pool = this.parts.handlespace().pool(poolHandle);
		Inconsistency inconsistency = this.parts.handlespace().check(poolHandle, element);
		if (pool != null && inconsistency != null) {
			throw new RejectedException(causes().of(inconsistency, pool));
		}
		if (this.parts.handlespace().size() >= this.parts.settings().maxPoolElements()
				&& this.parts.elements().find(new ElementKey(poolHandle, element.identifier())) == null) {
			throw new RejectedException(ErrorCause.LACK_OF_RESOURCES);
		}
	}

	private static boolean isSame(PoolElement old, PoolElement element) {
		return Addresses.meet(old.userTransport(), element.userTransport()) || (old.asapTransport() != null
				&& element.asapTransport() != null && Addresses.meet(old.asapTransport(), element.asapTransport()));
	}

	/**
	 * An element that is known by other addresses has the name. The newcomer gets it if
	 * the old one is dead, as it is if the newcomer is its restarted self; even if the
	 * association with the old one has not ended yet. If both are one element of a
	 * machine with several addresses, it is reached at those that are known, and asked to
	 * register from there: nobody else can tell.
	 */
	private void resolveClash(AsapLink link, ElementKey key, PoolElement element, PoolElement old)
			throws RejectedException {
		Newcomer waiting = this.clashes.get(key);
		if (waiting == null && this.clashes.size() >= MAX_CLASHES) {
			throw new RejectedException(ErrorCause.NON_UNIQUE_PE_IDENTIFIER);
		}
		if (old.asapTransport() == null && !this.parts.monitor().isRegistered(key)) {
			commit(link, key, element);
			return;
		}
		this.clashes.put(key, new Newcomer(link, element));
		if (waiting == null) {
			this.parts.monitor().summon(key, (alive) -> resolved(key, alive));
		}
		else {
			refuse(waiting, key, element);
		}
	}

	/**
	 * Refuses who waited, but for an earlier registration of the one who does not wait
	 * any more.
	 */
	private void refuse(Newcomer waiting, ElementKey key, PoolElement preferred) {
		if (!isSame(waiting.element(), preferred) && waiting.link().isUp()) {
			reject(waiting.link(), key, ErrorCause.of(ErrorCause.NON_UNIQUE_PE_IDENTIFIER));
		}
	}

	private void resolved(ElementKey key, boolean alive) {
		Newcomer newcomer = this.clashes.remove(key);
		if (newcomer == null || !newcomer.link().isUp()) {
			return;
		}
		if (alive) {
			reject(newcomer.link(), key, ErrorCause.of(ErrorCause.NON_UNIQUE_PE_IDENTIFIER));
			return;
		}
		try {
			check(key.poolHandle(), newcomer.element());
			commit(newcomer.link(), key, newcomer.element());
		}
		catch (RejectedException ex) {
			reject(newcomer.link(), key, ex.errorCause());
		}
	}

	private void commit(AsapLink link, ElementKey key, PoolElement element) {
		boolean renewal = this.parts.monitor().link(key) == link && this.parts.monitor().isRegistered(key);
		Newcomer waiting = this.clashes.remove(key);
		if (waiting != null) {
			refuse(waiting, key, element);
		}
		boolean again = this.parts.elements().put(key.poolHandle(), element);
		this.parts.count(again ? Counters.REREGISTRATIONS : Counters.REGISTRATIONS);
		this.parts.monitor().registered(key, element, link);
		link.send(new AsapMessage.RegistrationResponse(false, key.poolHandle(), key.identifier(), List.of()));
		this.parts.updates().announce(UpdateAction.ADD_PE, key.poolHandle(), element);
		this.parts.listener().elementRegistered(key.poolHandle(), element, again);
		if (renewal) {
			this.parts.suggestions().renewed(link, key, element);
		}
	}

	private void reject(AsapLink link, ElementKey key, ErrorCause cause) {
		this.parts.count(Counters.REJECTED_REGISTRATIONS);
		this.parts.listener().registrationRejected(key.poolHandle(), key.identifier(), cause);
		link.send(new AsapMessage.RegistrationResponse(true, key.poolHandle(), key.identifier(), List.of(cause)));
	}

	void deregister(AsapLink link, AsapMessage.Deregistration deregistration) {
		ElementKey key = new ElementKey(deregistration.poolHandle(), deregistration.identifier());
		PoolElement element = this.parts.elements().find(key);
		if (element != null && !(isItself(link, key, element) && isAllowed(link, key.poolHandle()))) {
			respond(link, key, List.of(ErrorCause.of(ErrorCause.SECURITY_CONSIDERATIONS)));
			return;
		}
		respond(link, key, List.of());
		if (element != null && element.homeRegistrar() != this.parts.identifier()) {
			// Peers take a removal only from the owner.
			PoolElement own = element.withHomeRegistrar(this.parts.identifier());
			this.parts.handlespace().put(key.poolHandle(), own);
			this.parts.updates().announce(UpdateAction.ADD_PE, key.poolHandle(), own);
		}
		this.parts.elements().remove(key, RemovalReason.DEREGISTERED);
	}

	private void respond(AsapLink link, ElementKey key, List<ErrorCause> causes) {
		link.send(new AsapMessage.DeregistrationResponse(key.poolHandle(), key.identifier(), causes));
	}

	/**
	 * Returns whether an association may be the element's: no element deregisters
	 * another.
	 */
	private boolean isItself(AsapLink link, ElementKey key, PoolElement element) {
		if (this.parts.monitor().link(key) == link || element.asapTransport() == null) {
			return true;
		}
		Transport transport = element.asapTransport();
		List<InetAddress> known = Addresses.hosts(Addresses.of(transport));
		return Addresses.hosts(link.association().peerAddresses()).stream().anyMatch(known::contains);
	}

	/**
	 * Who waits for a name.
	 */
	private record Newcomer(AsapLink link, PoolElement element) {

	}

}
