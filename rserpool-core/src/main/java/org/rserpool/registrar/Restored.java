package org.rserpool.registrar;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.handlespace.Handlespace;
import org.rserpool.registrar.RegistrarSnapshot.State;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.EnrpMessage.PoolEntry;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * What the registrar knew before it restarted. Until service starts, pool users are
 * answered from it, and nobody else sees it. If a mentor hands out its handlespace, that
 * holds, and this is forgotten. If there is no mentor, this is the beginning.
 */
final class Restored {

	private final Parts parts;

	private @Nullable SavedHandlespace saved;

	private Handlespace handlespace = new Handlespace();

	Restored(Parts parts, @Nullable SavedHandlespace saved) {
		this.parts = parts;
		if (saved != null && saved.size() > 0) {
			this.saved = saved;
			for (PoolEntry pool : saved.pools()) {
				pool.elements().forEach((element) -> put(pool.poolHandle(), element));
			}
		}
	}

	private void put(PoolHandle poolHandle, PoolElement element) {
		if (element.identifier() != Identifiers.NONE
				&& this.handlespace.size() < this.parts.settings().maxPoolElements()) {
			this.handlespace.put(poolHandle, element);
		}
	}

	/**
	 * Return what pool users are answered from, or {@code null} if that is the
	 * registrar's own handlespace.
	 */
	@Nullable Handlespace served() {
		return isServed() ? this.handlespace : null;
	}

	boolean isServed() {
		return this.saved != null && this.parts.state() == State.STARTING;
	}

	/**
	 * Return what was saved before, while it is served.
	 */
	@Nullable SavedHandlespace saved() {
		return isServed() ? this.saved : null;
	}

	/**
	 * Serves a message before service starts. Elements look for another registrar, as
	 * they would without this.
	 */
	void handle(AsapLink link, AsapMessage message) {
		if (message instanceof AsapMessage.HandleResolution resolution) {
			this.parts.resolutions().resolve(link, resolution);
		}
		else if (message instanceof AsapMessage.EndpointUnreachable report) {
			this.parts.count(Counters.FAILURE_REPORTS);
			this.handlespace.suspect(new ElementKey(report.poolHandle(), report.identifier()));
		}
		else {
			link.association().abort();
		}
	}

	/**
	 * Begins with what was known, because there is no mentor. The former own elements are
	 * this registrar's again, and asked as soon as service starts. Those of others are
	 * taken over if their owners do not turn up.
	 */
	void begin() {
		SavedHandlespace known = this.saved;
		if (known == null) {
			return;
		}
		for (Handlespace.Entry entry : List.copyOf(this.handlespace.elements(null, Integer.MAX_VALUE))) {
			ElementKey key = entry.key();
			if (this.parts.elements().find(key) != null) {
				continue;
			}
			if (entry.element().homeRegistrar() == known.registrar()) {
				this.parts.handlespace()
					.put(key.poolHandle(), entry.element().withHomeRegistrar(this.parts.identifier()));
			}
			else {
				this.parts.updates().copy(key.poolHandle(), entry.element());
			}
		}
	}

	/**
	 * Service starts.
	 */
	void forget() {
		this.saved = null;
		this.handlespace = new Handlespace();
	}

}
