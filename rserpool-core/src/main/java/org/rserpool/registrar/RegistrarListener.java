package org.rserpool.registrar;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import org.rserpool.runtime.Association;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * Is told what happens at a registrar, on its loop; this is the registrar's log. An
 * implementation must not call the registrar back, and must not throw.
 *
 * @since 0.1
 */
public interface RegistrarListener {

	/**
	 * The registrar's state changed.
	 * @param state the new state
	 */
	default void stateChanged(RegistrarSnapshot.State state) {
	}

	/**
	 * An element registered here, or was learnt from a peer.
	 * @param poolHandle the pool
	 * @param element the element as it is now
	 * @param again whether it was known already
	 */
	default void elementRegistered(PoolHandle poolHandle, PoolElement element, boolean again) {
	}

	/**
	 * An element left the handlespace.
	 * @param poolHandle the pool
	 * @param element the element as it was
	 * @param reason why
	 */
	default void elementRemoved(PoolHandle poolHandle, PoolElement element, RemovalReason reason) {
	}

	/**
	 * A registration was refused.
	 * @param poolHandle the pool
	 * @param identifier the pool element's identifier
	 * @param cause why
	 */
	default void registrationRejected(PoolHandle poolHandle, int identifier, ErrorCause cause) {
	}

	/**
	 * Somebody was refused because of the certificate at the other end of an association,
	 * or because there is none.
	 * @param association where the peer is
	 * @param reason why, with the certificate, what it wanted, and the rule
	 */
	default void accessRefused(Association association, String reason) {
	}

	/**
	 * A peer was heard for the first time, or again after it was thought dead.
	 * @param identifier the peer's identifier
	 */
	default void peerUp(int identifier) {
	}

	/**
	 * The name of a peer could not be resolved. What it stood for before is kept, and it
	 * is resolved again and again. Told once for one reason.
	 * @param name the name, as it was configured
	 * @param reason why, in words
	 */
	default void peerUnresolved(String name, String reason) {
	}

	/**
	 * A peer is thought dead.
	 * @param identifier the peer's identifier
	 */
	default void peerDown(int identifier) {
	}

	/**
	 * This registrar wants to take over the elements of another one.
	 * @param target the registrar that is thought dead
	 */
	default void takeoverStarted(int target) {
	}

	/**
	 * This registrar is the new home of the elements of another one.
	 * @param target the registrar that is thought dead
	 * @param elements how many elements it owned
	 */
	default void takeoverWon(int target, int elements) {
	}

	/**
	 * Every element that was taken over has answered, or was removed.
	 * @param target the registrar that is thought dead
	 * @param elements how many elements answered
	 * @param duration the time since {@link #takeoverStarted}
	 */
	default void takeoverFinished(int target, int elements, Duration duration) {
	}

	/**
	 * Another registrar is the new home of the elements of one that is thought dead.
	 * @param target the registrar that is thought dead
	 * @param winner the new home
	 * @param elements how many elements of it this registrar knew
	 */
	default void takenOver(int target, int winner, int elements) {
	}

	/**
	 * What a peer says it owns is not what this registrar knows of it, which it now asks
	 * for (RFC 5353, section 3.6.2).
	 * @param peer the peer's identifier
	 * @param expected the checksum of this registrar's copy, 16 bits
	 * @param reported the checksum that the peer reported, 16 bits
	 */
	default void checksumMismatch(int peer, int expected, int reported) {
	}

	/**
	 * Another registrar has this one's identifier. What it says is ignored.
	 * @param identifier the identifier
	 * @param replacement the identifier that this registrar has from now on, or
	 * {@link org.rserpool.wire.Identifiers#NONE} if it gives service already and cannot
	 * change it: then the other one has to be given another identifier
	 * @param own where this registrar listens for peers
	 * @param other where the other one is reached
	 */
	default void identifierCollision(int identifier, int replacement, List<InetSocketAddress> own,
			List<InetSocketAddress> other) {
	}

	/**
	 * A peer or an element did not keep to the protocol.
	 * @param association where the message came from
	 * @param reason what is wrong
	 */
	default void protocolError(Association association, String reason) {
	}

}
