package org.rserpool.registrar;

import org.jspecify.annotations.Nullable;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.wire.EnrpMessage.UpdateAction;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Changes the handlespace, and lets everybody know who is to know.
 */
final class Elements {

	private final Parts parts;

	Elements(Parts parts) {
		this.parts = parts;
	}

	@Nullable PoolElement find(ElementKey key) {
		return this.parts.handlespace().find(key);
	}

	boolean isOwn(ElementKey key) {
		PoolElement element = find(key);
		return element != null && element.homeRegistrar() == this.parts.identifier();
	}

	/**
	 * Puts an element that another registrar owns.
	 */
	void learn(PoolHandle poolHandle, PoolElement element) {
		if (element.identifier() == Identifiers.NONE) {
			return;
		}
		ElementKey key = new ElementKey(poolHandle, element.identifier());
		PoolElement old = find(key);
		boolean again = put(poolHandle, element);
		if (old != null && old.homeRegistrar() == element.homeRegistrar()) {
			this.parts.monitor().stillForeign(key, element);
		}
		else {
			this.parts.monitor().foreign(key, element);
		}
		this.parts.listener().elementRegistered(poolHandle, element, again);
	}

	/**
	 * Puts an element, whoever owns it.
	 * @return whether it was known already
	 */
	boolean put(PoolHandle poolHandle, PoolElement element) {
		PoolElement old = this.parts.handlespace().put(poolHandle, element);
		if (old == null || !old.policy().equals(element.policy())
				|| !old.userTransport().equals(element.userTransport()) || !old.metadata().equals(element.metadata())) {
			this.parts.subscriptions().changed(poolHandle);
		}
		return old != null;
	}

	/**
	 * Gives an own element up, because another registrar is its home now.
	 */
	void giveUp(ElementKey key, int registrar) {
		PoolElement element = this.parts.handlespace().setOwner(key, registrar);
		if (element != null) {
			this.parts.monitor().foreign(key, element);
		}
	}

	/**
	 * Removes an element. If this registrar owns it, the peers are told.
	 */
	void remove(ElementKey key, RemovalReason reason) {
		PoolElement removed = this.parts.handlespace().remove(key);
		if (removed == null) {
			return;
		}
		this.parts.subscriptions().changed(key.poolHandle());
		this.parts.counters().count(reason);
		this.parts.listener().elementRemoved(key.poolHandle(), removed, reason);
		if (removed.homeRegistrar() == this.parts.identifier()) {
			this.parts.updates().announce(UpdateAction.DEL_PE, key.poolHandle(), removed);
		}
		this.parts.monitor().forget(key);
	}

}
