package org.rserpool.hunt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Who is told how a hunt goes.
 */
final class HuntListeners {

	// Replaced, never changed: a listener may come or go while all are told something.
	private List<RegistrarHuntListener> listeners = List.of();

	void add(RegistrarHuntListener listener) {
		List<RegistrarHuntListener> more = new ArrayList<>(this.listeners);
		more.add(listener);
		this.listeners = List.copyOf(more);
	}

	void remove(RegistrarHuntListener listener) {
		this.listeners = this.listeners.stream().filter((known) -> known != listener).toList();
	}

	void tell(Consumer<RegistrarHuntListener> event) {
		this.listeners.forEach(event);
	}

}
