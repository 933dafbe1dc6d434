package org.rserpool.registrar.app;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.registrar.RemovalReason;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.SocketAddresses;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what happens at the registrar.
 */
class RegistrarLog implements RegistrarListener {

	private static final Logger logger = LoggerFactory.getLogger(RegistrarLog.class);

	private static final int REFUSALS = 256;

	private final Map<String, Boolean> refusals = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
			return size() > REFUSALS;
		}

	};

	@Override
	public void stateChanged(RegistrarSnapshot.State state) {
		logger.info("The registrar is {}", state);
	}

	@Override
	public void elementRegistered(PoolHandle poolHandle, PoolElement element, boolean again) {
		if (again) {
			logger.debug("Pool {}: element {} registered again, home {}", poolHandle, id(element.identifier()),
					id(element.homeRegistrar()));
		}
		else {
			logger.info("Pool {}: element {} registered, home {}", poolHandle, id(element.identifier()),
					id(element.homeRegistrar()));
		}
	}

	@Override
	public void elementRemoved(PoolHandle poolHandle, PoolElement element, RemovalReason reason) {
		logger.info("Pool {}: element {} removed, {}", poolHandle, id(element.identifier()), reason);
	}

	@Override
	public void registrationRejected(PoolHandle poolHandle, int identifier, ErrorCause cause) {
		logger.warn("Pool {}: registration of element {} rejected: {}", poolHandle, id(identifier), cause.describe());
	}

	/**
	 * Logs each refusal once, as whoever is refused may try again and again.
	 */
	@Override
	public void accessRefused(Association association, String reason) {
		if (this.refusals.put(reason, true) == null) {
			logger.warn("Refused {}: {}", SocketAddresses.text(association.peerAddresses()), reason);
		}
		else {
			logger.debug("Refused {} again: {}", SocketAddresses.text(association.peerAddresses()), reason);
		}
	}

	@Override
	public void peerUp(int identifier) {
		logger.info("Peer {} is up", id(identifier));
	}

	@Override
	public void peerUnresolved(String name, String reason) {
		logger.warn("Peers by the name {} cannot be found: {}; it is tried again", name, reason);
	}

	@Override
	public void peerDown(int identifier) {
		logger.warn("Peer {} is thought dead", id(identifier));
	}

	@Override
	public void takeoverStarted(int target) {
		logger.info("Takeover of {} started", id(target));
	}

	@Override
	public void takeoverWon(int target, int elements) {
		logger.info("Takeover of {} won: {} elements have a new home here", id(target), elements);
	}

	@Override
	public void takeoverFinished(int target, int elements, Duration duration) {
		logger.info("Takeover of {} finished: {} elements answered, after {} ms", id(target), elements,
				duration.toMillis());
	}

	@Override
	public void takenOver(int target, int winner, int elements) {
		logger.info("{} took over from {}: {} elements have a new home there", id(winner), id(target), elements);
	}

	@Override
	public void checksumMismatch(int peer, int expected, int reported) {
		logger.debug("Peer {} reports checksum {} of its elements, known here is {}; they are asked for", id(peer),
				HandlespaceViews.checksum(reported), HandlespaceViews.checksum(expected));
	}

	@Override
	public void identifierCollision(int identifier, int replacement, List<InetSocketAddress> own,
			List<InetSocketAddress> other) {
		if (replacement != Identifiers.NONE) {
			logger.warn("Identifier {} of this registrar at {} belongs to the registrar at {}; this one is {} now",
					id(identifier), SocketAddresses.text(own), SocketAddresses.text(other), id(replacement));
		}
		else {
			logger.error(
					"Identifier {} of this registrar at {} is also that of the registrar at {}, which is ignored;"
							+ " give one of them another rserpool.registrar.id, or none, and restart it",
					id(identifier), SocketAddresses.text(own), SocketAddresses.text(other));
		}
	}

	@Override
	public void protocolError(Association association, String reason) {
		logger.warn("Protocol error from {}: {}", SocketAddresses.text(association.peerAddresses()), reason);
	}

	private static String id(int identifier) {
		return Identifiers.toString(identifier);
	}

}
