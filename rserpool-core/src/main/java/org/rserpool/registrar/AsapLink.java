package org.rserpool.registrar;

import java.util.LinkedHashSet;
import java.util.Set;

import org.rserpool.handlespace.ElementKey;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.UserMessage;

/**
 * An association with elements or users, and the elements that are reached over it.
 */
final class AsapLink extends Link {

	private final Set<ElementKey> elements = new LinkedHashSet<>();

	AsapLink(Parts parts, Association association) {
		super(parts, association, UserMessage.ASAP);
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
