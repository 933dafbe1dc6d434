package org.rserpool.registrar.app;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.registrar.RemovalReason;
import org.rserpool.runtime.Association;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Records what happens at the registrar for those who look at it.
 */
class EventRecorder implements RegistrarListener {

	private final EventRing ring;

	private final Clock clock;

	EventRecorder(EventRing ring, Clock clock) {
		this.ring = ring;
		this.clock = clock;
	}

	@Override
	public void stateChanged(RegistrarSnapshot.State state) {
		add("state", false, null, null, null, state.name(), "The registrar is " + state);
	}

	@Override
	public void elementRegistered(PoolHandle poolHandle, PoolElement element, boolean again) {
		if (!again) {
			add("registered", false, poolHandle, id(element.identifier()), id(element.homeRegistrar()), null,
					"registered, home " + id(element.homeRegistrar()));
		}
	}

	@Override
	public void elementRemoved(PoolHandle poolHandle, PoolElement element, RemovalReason reason) {
		boolean warning = switch (reason) {
			case DEREGISTERED, PEER_UPDATE -> false;
			case EXPIRED, KEEP_ALIVE_TIMEOUT, UNREACHABLE, REPORTED_UNREACHABLE, AUDIT -> true;
		};
		add("removed", warning, poolHandle, id(element.identifier()), id(element.homeRegistrar()), reason.name(),
				"removed: " + why(reason));
	}

	private static String why(RemovalReason reason) {
		return switch (reason) {
			case DEREGISTERED -> "it asked to leave";
			case EXPIRED -> "its registration was not renewed in time";
			case KEEP_ALIVE_TIMEOUT -> "it did not answer a keep-alive in time";
			case UNREACHABLE -> "it could not be reached";
			case REPORTED_UNREACHABLE -> "users reported too often that they could not reach it";
			case PEER_UPDATE -> "its home registrar said that it left";
			case AUDIT -> "its home registrar does not know it any more";
		};
	}

	@Override
	public void registrationRejected(PoolHandle poolHandle, int identifier, ErrorCause cause) {
		add("rejected", true, poolHandle, id(identifier), null, null, "registration rejected: " + cause.describe());
	}

	@Override
	public void peerUp(int identifier) {
		add("peer-up", false, null, null, id(identifier), null, "Peer " + id(identifier) + " is up");
	}

	@Override
	public void peerUnresolved(String name, String reason) {
		add("peer-unresolved", true, null, null, null, null,
				"Peers by the name " + name + " cannot be found: " + reason);
	}

	@Override
	public void peerDown(int identifier) {
		add("peer-lost", true, null, null, id(identifier), null, "Peer " + id(identifier) + " is thought dead");
	}

	@Override
	public void takeoverStarted(int target) {
		add("takeover-started", false, null, null, id(target), null, "Takeover of " + id(target) + " started");
	}

	@Override
	public void takeoverWon(int target, int elements) {
		add("takeover-won", false, null, null, id(target), null,
				"Takeover of " + id(target) + ": this registrar is the home of its " + counted(elements) + " now");
	}

	@Override
	public void takeoverFinished(int target, int elements, Duration duration) {
		add("takeover-finished", false, null, null, id(target), null, "Takeover of " + id(target) + " finished: "
				+ counted(elements) + " answered, after " + duration.toMillis() + " ms");
	}

	@Override
	public void takenOver(int target, int winner, int elements) {
		add("taken-over", false, null, null, id(winner), null,
				"Registrar " + id(winner) + " took over the " + counted(elements) + " of " + id(target));
	}

	@Override
	public void checksumMismatch(int peer, int expected, int reported) {
		add("checksum-mismatch", false, null, null, id(peer), null,
				"Peer " + id(peer) + " reports checksum " + HandlespaceViews.checksum(reported)
						+ " of its elements, known here is " + HandlespaceViews.checksum(expected)
						+ "; they are asked for");
	}

	@Override
	public void identifierCollision(int identifier, int replacement, List<InetSocketAddress> own,
			List<InetSocketAddress> other) {
		add("identifier-collision", true, null, null, id(identifier), null,
				"Identifier " + id(identifier) + " is also that of the registrar at "
						+ HandlespaceViews.addresses(other)
						+ ((replacement != Identifiers.NONE) ? "; this one is " + id(replacement) + " now" : ""));
	}

	@Override
	public void accessRefused(Association association, String reason) {
		add("access-refused", true, null, null, null, null,
				"Refused " + HandlespaceViews.addresses(association.peerAddresses()) + ": " + reason);
	}

	@Override
	public void protocolError(Association association, String reason) {
		add("protocol-error", true, null, null, null, null,
				"Protocol error from " + HandlespaceViews.addresses(association.peerAddresses()) + ": " + reason);
	}

	private void add(String type, boolean warning, @Nullable PoolHandle pool, @Nullable String element,
			@Nullable String registrar, @Nullable String reason, String text) {
		String name = (pool != null) ? PoolKeys.text(pool) : null;
		String subject = (name != null) ? "Pool " + name + ": element " + element + " " : "";
		this.ring.add(new RegistrarEvent(this.clock.instant(), type, warning, name, element, registrar, reason,
				subject + PoolKeys.cut(text)));
	}

	private static String counted(int elements) {
		return elements + ((elements == 1) ? " element" : " elements");
	}

	private static String id(int identifier) {
		return Identifiers.toString(identifier);
	}

}
