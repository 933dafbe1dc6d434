package org.rserpool.wire;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A message of the Endpoint Handlespace Redundancy Protocol (RFC 5353, section 2).
 *
 * @since 0.1
 */
public sealed interface EnrpMessage extends Message {

	/**
	 * Return who sent the message.
	 * @return the sending registrar's identifier
	 */
	int sender();

	/**
	 * Return who is to receive the message.
	 * @return the receiving registrar's identifier, or {@link Identifiers#NONE} for all
	 */
	int receiver();

	/**
	 * A registrar lives (RFC 5353, section 2.1).
	 *
	 * @param replyRequired whether the receiver is to answer with a presence (R bit)
	 * @param sender the sending registrar
	 * @param receiver the receiving registrar, or none
	 * @param checksum the checksum of the elements that the sender owns, 16 bits, or
	 * {@code null} where the message does not say
	 * @param information where the sender is reached, or {@code null} where the message
	 * does not say
	 */
	record Presence(boolean replyRequired, int sender, int receiver, @Nullable Integer checksum,
			@Nullable ServerInformation information) implements EnrpMessage {
	}

	/**
	 * Asks for the handlespace (RFC 5353, section 2.2).
	 *
	 * @param ownOnly whether only the elements that the receiver owns are wanted (W bit)
	 * @param sender the sending registrar
	 * @param receiver the receiving registrar, or none
	 */
	record HandleTableRequest(boolean ownOnly, int sender, int receiver) implements EnrpMessage {
	}

	/**
	 * A part of the handlespace (RFC 5353, section 2.3).
	 *
	 * @param rejected whether the request was refused (R bit)
	 * @param more whether another request brings more (M bit)
	 * @param sender the sending registrar
	 * @param receiver the receiving registrar, or none
	 * @param pools the pools; one pool handle may stand there more than once
	 */
	record HandleTableResponse(boolean rejected, boolean more, int sender, int receiver,
			List<PoolEntry> pools) implements EnrpMessage {

		public HandleTableResponse {
			pools = List.copyOf(pools);
		}

	}

	/**
	 * A pool and some of its elements, in a handle table.
	 *
	 * @param poolHandle the pool
	 * @param elements the elements
	 */
	record PoolEntry(PoolHandle poolHandle, List<PoolElement> elements) {

		public PoolEntry {
			elements = List.copyOf(elements);
		}

	}

	/**
	 * What a handle update does (RFC 5353, section 2.4).
	 */
	enum UpdateAction {

		/** Adds an element, or replaces it. */
		ADD_PE,

		/** Removes an element. */
		DEL_PE

	}

	/**
	 * An element came, changed or went (RFC 5353, section 2.4).
	 *
	 * @param takeoverSuggested whether the receiver is asked to become the element's home
	 * (T bit, draft-dreibholz-rserpool-enrp-takeover)
	 * @param sender the sending registrar
	 * @param receiver the receiving registrar, or none
	 * @param action what happened
	 * @param poolHandle the pool
	 * @param element the element
	 */
	record HandleUpdate(boolean takeoverSuggested, int sender, int receiver, UpdateAction action, PoolHandle poolHandle,
			PoolElement element) implements EnrpMessage {
	}

	/**
	 * Asks for the registrars that the receiver knows (RFC 5353, section 2.5).
	 *
	 * @param sender the sending registrar
	 * @param receiver the receiving registrar, or none
	 */
	record ListRequest(int sender, int receiver) implements EnrpMessage {
	}

	/**
	 * The registrars that the sender knows (RFC 5353, section 2.6).
	 *
	 * @param rejected whether the request was refused (R bit)
	 * @param sender the sending registrar
	 * @param receiver the receiving registrar, or none
	 * @param servers the registrars
	 */
	record ListResponse(boolean rejected, int sender, int receiver,
			List<ServerInformation> servers) implements EnrpMessage {

		public ListResponse {
			servers = List.copyOf(servers);
		}

	}

	/**
	 * The sender wants to take over the elements of another registrar (RFC 5353, section
	 * 2.7).
	 *
	 * @param sender the sending registrar
	 * @param receiver the receiving registrar, or none
	 * @param target the registrar that is thought dead
	 */
	record InitTakeover(int sender, int receiver, int target) implements EnrpMessage {
	}

	/**
	 * The sender has no objection to a takeover (RFC 5353, section 2.8).
	 *
	 * @param sender the sending registrar
	 * @param receiver the receiving registrar, or none
	 * @param target the registrar that is thought dead
	 */
	record InitTakeoverAck(int sender, int receiver, int target) implements EnrpMessage {
	}

	/**
	 * The sender has taken over the elements of another registrar (RFC 5353, section
	 * 2.9).
	 *
	 * @param sender the sending registrar
	 * @param receiver the receiving registrar, or none
	 * @param target the registrar that was thought dead
	 */
	record TakeoverServer(int sender, int receiver, int target) implements EnrpMessage {
	}

	/**
	 * A message or parameter was not understood (RFC 5353, section 2.10).
	 *
	 * @param sender the sending registrar
	 * @param receiver the receiving registrar, or none
	 * @param causes what was wrong
	 */
	record Error(int sender, int receiver, List<ErrorCause> causes) implements EnrpMessage {

		public Error {
			causes = List.copyOf(causes);
		}

	}

}
