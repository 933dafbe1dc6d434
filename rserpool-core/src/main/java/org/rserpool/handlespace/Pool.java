package org.rserpool.handlespace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

import org.rserpool.policy.MemberSelection;
import org.rserpool.wire.IdentifierMap;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.TransportUse;

/**
 * A pool: elements that offer the same service. Its policy, and the type and use of the
 * user transport, are those of its first element (RFC 5352, section 3.1).
 *
 * @since 0.1
 */
public final class Pool {

	private final PoolHandle handle;

	private final MemberSelectionPolicy policy;

	private final Transport transport;

	private final IdentifierMap<PoolElement> elements = new IdentifierMap<>();

	/** The identifiers of the elements that each registrar owns. */
	private final IdentifierMap<IdentifierMap<Boolean>> owned = new IdentifierMap<>();

	private final long checksumPart;

	private final MemberSelection trusted;

	private final MemberSelection suspected;

	Pool(PoolHandle handle, PoolElement first) {
		this.handle = handle;
		this.checksumPart = HandlespaceChecksum.part(handle);
		this.policy = first.policy();
		this.transport = first.userTransport();
		this.trusted = MemberSelection.of(this.policy.number());
		this.suspected = MemberSelection.of(this.policy.number());
	}

	/**
	 * Return the name.
	 * @return the pool handle
	 */
	public PoolHandle handle() {
		return this.handle;
	}

	/**
	 * Return the policy of the first element, of which the type is the pool's.
	 * @return the policy
	 */
	public MemberSelectionPolicy policy() {
		return this.policy;
	}

	/**
	 * Return the user transport of the first element, of which the type and the use are
	 * the pool's.
	 * @return the transport
	 */
	public Transport transport() {
		return this.transport;
	}

	/**
	 * Return the elements.
	 * @return a view, in the order of identifiers
	 */
	public Collection<PoolElement> elements() {
		return Collections.unmodifiableCollection(this.elements.values());
	}

	/**
	 * List elements, from behind one on.
	 * @param after the identifier of the last that is not wanted, or {@code null} to
	 * start at the first
	 * @param limit how many at most
	 * @return the elements in the order of identifiers; a copy
	 */
	public List<PoolElement> elements(@Nullable Integer after, int limit) {
		List<PoolElement> page = new ArrayList<>();
		Iterator<PoolElement> rest = this.elements.valuesAfter(after);
		while (page.size() < limit && rest.hasNext()) {
			page.add(rest.next());
		}
		return page;
	}

	/**
	 * Return whether an element is suspected, as {@link Handlespace#suspect} says.
	 * @param element an element of this pool
	 * @return whether it is
	 */
	public boolean isSuspected(PoolElement element) {
		// To replace an element by itself changes nothing, and tells whether it is there.
		return this.suspected.size() > 0 && this.suspected.replace(element);
	}

	/**
	 * Return how many elements a registrar owns.
	 * @param registrar its identifier
	 * @return the number of elements of this pool
	 */
	public int owned(int registrar) {
		IdentifierMap<Boolean> identifiers = this.owned.get(registrar);
		return (identifiers != null) ? identifiers.size() : 0;
	}

	IdentifierMap<PoolElement> byIdentifier() {
		return this.elements;
	}

	@Nullable Inconsistency check(PoolElement element) {
		if (element.policy().number() != this.policy.number()) {
			return Inconsistency.POLICY;
		}
		if (element.userTransport().getClass() != this.transport.getClass()) {
			return Inconsistency.TRANSPORT_TYPE;
		}
		return (use(element.userTransport()) != use(this.transport)) ? Inconsistency.TRANSPORT_USE : null;
	}

	private static TransportUse use(Transport transport) {
		if (transport instanceof Transport.Sctp sctp) {
			return sctp.use();
		}
		return (transport instanceof Transport.Tcp tcp) ? tcp.use() : TransportUse.DATA_ONLY;
	}

	/**
	 * Return what the pool handle adds to a checksum for each element.
	 */
	long checksumPart() {
		return this.checksumPart;
	}

	/**
	 * Return the identifiers of the elements that a registrar owns, or {@code null} if
	 * there is none.
	 */
	@Nullable IdentifierMap<Boolean> ownedBy(int registrar) {
		return this.owned.get(registrar);
	}

	/**
	 * Notes that a registrar owns an element.
	 * @return whether it is the first
	 */
	boolean own(int registrar, int identifier) {
		IdentifierMap<Boolean> identifiers = this.owned.get(registrar);
		boolean first = identifiers == null;
		if (identifiers == null) {
			identifiers = new IdentifierMap<>();
			this.owned.put(registrar, identifiers);
		}
		identifiers.put(identifier, Boolean.TRUE);
		return first;
	}

	/**
	 * Notes that a registrar does not own an element any more.
	 * @return whether it was the last
	 */
	boolean disown(int registrar, int identifier) {
		IdentifierMap<Boolean> identifiers = this.owned.get(registrar);
		if (identifiers == null || identifiers.remove(identifier) == null || !identifiers.isEmpty()) {
			return false;
		}
		this.owned.remove(registrar);
		return true;
	}

	/**
	 * Names an element. All keys share this pool's handle, which saves memory, and time
	 * when they are compared.
	 */
	ElementKey key(int identifier) {
		return new ElementKey(this.handle, identifier);
	}

	@Nullable PoolElement put(PoolElement element) {
		PoolElement old = this.elements.put(element.identifier(), element);
		if (this.suspected.size() > 0) {
			this.suspected.remove(element.identifier());
		}
		this.trusted.put(element);
		return old;
	}

	/**
	 * Replaces an element by one that is selected like it.
	 */
	void replace(PoolElement element) {
		this.elements.put(element.identifier(), element);
		if (!this.trusted.replace(element)) {
			this.suspected.replace(element);
		}
	}

	void suspect(PoolElement element) {
		if (this.trusted.remove(element.identifier())) {
			this.suspected.put(element);
		}
	}

	void trust(PoolElement element) {
		if (this.suspected.remove(element.identifier())) {
			this.trusted.put(element);
		}
	}

	@Nullable PoolElement remove(int identifier) {
		PoolElement removed = this.elements.remove(identifier);
		if (!this.trusted.remove(identifier)) {
			this.suspected.remove(identifier);
		}
		return removed;
	}

	List<PoolElement> select(int items, RandomGenerator random) {
		return ((this.trusted.size() > 0) ? this.trusted : this.suspected).select(items, random);
	}

}
