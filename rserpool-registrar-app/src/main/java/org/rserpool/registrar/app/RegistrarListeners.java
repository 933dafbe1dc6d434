package org.rserpool.registrar.app;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.registrar.RemovalReason;
import org.rserpool.runtime.Association;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Passes on to several what happens at the registrar.
 */
final class RegistrarListeners implements RegistrarListener {

	private final List<RegistrarListener> listeners;

	RegistrarListeners(List<RegistrarListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	private void tell(Consumer<RegistrarListener> what) {
		this.listeners.forEach(what);
	}

	@Override
	public void stateChanged(RegistrarSnapshot.State state) {
		tell((listener) -> listener.stateChanged(state));
	}

	@Override
	public void elementRegistered(PoolHandle poolHandle, PoolElement element, boolean again) {
		tell((listener) -> listener.elementRegistered(poolHandle, element, again));
	}

	@Override
	public void elementRemoved(PoolHandle poolHandle, PoolElement element, RemovalReason reason) {
		tell((listener) -> listener.elementRemoved(poolHandle, element, reason));
	}

	@Override
	public void registrationRejected(PoolHandle poolHandle, int identifier, ErrorCause cause) {
		tell((listener) -> listener.registrationRejected(poolHandle, identifier, cause));
	}

	@Override
	public void peerUp(int identifier) {
		tell((listener) -> listener.peerUp(identifier));
	}

	@Override
	public void peerUnresolved(String name, String reason) {
		tell((listener) -> listener.peerUnresolved(name, reason));
	}

	@Override
	public void peerDown(int identifier) {
		tell((listener) -> listener.peerDown(identifier));
	}

	@Override
	public void takeoverStarted(int target) {
		tell((listener) -> listener.takeoverStarted(target));
	}

	@Override
	public void takeoverWon(int target, int elements) {
		tell((listener) -> listener.takeoverWon(target, elements));
	}

	@Override
	public void takeoverFinished(int target, int elements, Duration duration) {
		tell((listener) -> listener.takeoverFinished(target, elements, duration));
	}

	@Override
	public void takenOver(int target, int winner, int elements) {
		tell((listener) -> listener.takenOver(target, winner, elements));
	}

	@Override
	public void checksumMismatch(int peer, int expected, int reported) {
		tell((listener) -> listener.checksumMismatch(peer, expected, reported));
	}

	@Override
	public void identifierCollision(int identifier, int replacement, List<InetSocketAddress> own,
			List<InetSocketAddress> other) {
		tell((listener) -> listener.identifierCollision(identifier, replacement, own, other));
	}

	@Override
	public void accessRefused(Association association, String reason) {
		tell((listener) -> listener.accessRefused(association, reason));
	}

	@Override
	public void protocolError(Association association, String reason) {
		tell((listener) -> listener.protocolError(association, reason));
	}

}
