package org.rserpool.registrar;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.PoolHandle;

/**
 * An association with elements or users, and the elements that are reached over it.
 */
final class AsapLink extends Link {

	private final Set<ElementKey> elements = new LinkedHashSet<>();

	private final Set<PoolHandle> subscriptions = new LinkedHashSet<>();

	private final Set<PoolHandle> missed = new LinkedHashSet<>();

	private @Nullable UserReports reports;

	private final Parts parts;

	AsapLink(Parts parts, Association association) {
		super(parts, association, UserMessage.ASAP);
		this.parts = parts;
	}

	/**
	 * Return the pools whose changes are told.
	 */
	Set<PoolHandle> subscriptions() {
		return this.subscriptions;
	}

	/**
	 * Return the pools of which a change was not told because the association was slow.
	 */
	Set<PoolHandle> missed() {
		return this.missed;
	}

	/**
	 * Return whether a report that an element is unreachable is to be looked at.
	 */
	boolean acceptsReport(ElementKey key, long now) {
		UserReports known = this.reports;
		if (known == null) {
			known = new UserReports();
			this.reports = known;
		}
		return known.accept(key, now);
	}

	@Override
	void drained() {
		this.parts.subscriptions().drained(this);
	}

	Set<ElementKey> elements() {
		return this.elements;
	}

	/**
	 * Ends an association that this registrar set up to reach elements, when there are
	 * none left.
	 */
	void release(ElementKey key) {
		this.elements.remove(key);
		if (this.elements.isEmpty() && association().outbound()) {
			association().shutdown();
		}
	}

}
