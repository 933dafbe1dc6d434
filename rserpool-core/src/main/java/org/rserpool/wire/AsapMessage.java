package org.rserpool.wire;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A message of the Aggregate Server Access Protocol (RFC 5352, section 2.2).
 *
 * @since 0.1
 */
public sealed interface AsapMessage extends Message {

	/**
	 * A pool element joins a pool, or renews its registration (RFC 5352, section 2.2.1).
	 *
	 * @param poolHandle the pool
	 * @param element the pool element
	 */
	record Registration(PoolHandle poolHandle, PoolElement element) implements AsapMessage {
	}

	/**
	 * A pool element leaves its pool (RFC 5352, section 2.2.2).
	 *
	 * @param poolHandle the pool
	 * @param identifier the pool element
	 */
	record Deregistration(PoolHandle poolHandle, int identifier) implements AsapMessage {
	}

	/**
	 * What the registrar says to a registration (RFC 5352, section 2.2.3).
	 *
	 * @param rejected whether the registration was refused
	 * @param poolHandle the pool
	 * @param identifier the pool element
	 * @param causes why it was refused; in a positive response, warnings
	 */
	record RegistrationResponse(boolean rejected, PoolHandle poolHandle, int identifier,
			List<ErrorCause> causes) implements AsapMessage {

		public RegistrationResponse {
			causes = List.copyOf(causes);
		}

	}

	/**
	 * What the registrar says to a deregistration, or, unasked, that a registration has
	 * ended (RFC 5352, section 2.2.4).
	 *
	 * @param poolHandle the pool
	 * @param identifier the pool element
	 * @param causes why the deregistration was refused; none if it was not
	 */
	record DeregistrationResponse(PoolHandle poolHandle, int identifier,
			List<ErrorCause> causes) implements AsapMessage {

		public DeregistrationResponse {
			causes = List.copyOf(causes);
		}

	}

	/**
	 * Asks for elements of a pool (RFC 5352, section 2.2.5).
	 *
	 * @param subscribe whether to be told of changes of the pool from now on (S bit)
	 * @param poolHandle the pool
	 * @param items how many elements are wanted, unsigned; {@link #ALL_ITEMS} for as many
	 * as possible; {@code null} where the registrar is to choose (Handle Resolution
	 * option, draft-dreibholz-rserpool-asap-hropt)
	 */
	record HandleResolution(boolean subscribe, PoolHandle poolHandle, @Nullable Integer items) implements AsapMessage {

		/** Asks for as many elements as possible. */
		public static final int ALL_ITEMS = 0xffffffff;

	}

	/**
	 * Elements of a pool, or why there are none (RFC 5352, section 2.2.6).
	 *
	 * @param subscribed whether changes of the pool will follow (A bit)
	 * @param poolHandle the pool
	 * @param policy the pool's policy, of which only the type counts; {@code null} means
	 * round robin
	 * @param elements the elements, in the order of selection
	 * @param causes why there are no elements; none in a positive response
	 */
	record HandleResolutionResponse(boolean subscribed, PoolHandle poolHandle, @Nullable MemberSelectionPolicy policy,
			List<PoolElement> elements, List<ErrorCause> causes) implements AsapMessage {

		public HandleResolutionResponse {
			elements = List.copyOf(elements);
			causes = List.copyOf(causes);
		}

	}

	/**
	 * A registrar asks an element whether it lives (RFC 5352, section 2.2.7).
	 *
	 * @param home whether the registrar wants to be the element's home (H bit)
	 * @param registrar the registrar's identifier
	 * @param poolHandle the pool
	 * @param identifier the pool element, or {@code null} where the message does not say:
	 * the RFC has no such field, the reference implementation adds it
	 */
	record EndpointKeepAlive(boolean home, int registrar, PoolHandle poolHandle,
			@Nullable Integer identifier) implements AsapMessage {
	}

	/**
	 * The element lives (RFC 5352, section 2.2.8).
	 *
	 * @param poolHandle the pool
	 * @param identifier the pool element
	 */
	record EndpointKeepAliveAck(PoolHandle poolHandle, int identifier) implements AsapMessage {
	}

	/**
	 * A user could not reach an element (RFC 5352, section 2.2.9).
	 *
	 * @param poolHandle the pool
	 * @param identifier the pool element
	 */
	record EndpointUnreachable(PoolHandle poolHandle, int identifier) implements AsapMessage {
	}

	/**
	 * A registrar makes itself known (RFC 5352, section 2.2.10).
	 *
	 * @param registrar the registrar's identifier
	 * @param transports where it is reached by ASAP; none means by SCTP at the address
	 * that the announcement came from
	 */
	record ServerAnnounce(int registrar, List<Transport> transports) implements AsapMessage {

		public ServerAnnounce {
			transports = List.copyOf(transports);
		}

	}

	/**
	 * State that the element wants the user to keep (RFC 5352, section 2.2.11).
	 *
	 * @param cookie the state
	 */
	record Cookie(Octets cookie) implements AsapMessage {
	}

	/**
	 * State that the user brings to the next element (RFC 5352, section 2.2.12).
	 *
	 * @param cookie the state, unchanged
	 */
	record CookieEcho(Octets cookie) implements AsapMessage {
	}

	/**
	 * A sender's own pool, and the elements to fail over to, in their order (RFC 5352,
	 * section 2.2.13).
	 *
	 * @param poolHandle the pool
	 * @param policy the pool's policy, which the reference implementation adds, or
	 * {@code null}
	 * @param elements the elements
	 */
	record BusinessCard(PoolHandle poolHandle, @Nullable MemberSelectionPolicy policy,
			List<PoolElement> elements) implements AsapMessage {

		public BusinessCard {
			elements = List.copyOf(elements);
		}

	}

	/**
	 * A message or parameter was not understood (RFC 5352, section 2.2.14).
	 *
	 * @param causes what was wrong
	 */
	record Error(List<ErrorCause> causes) implements AsapMessage {

		public Error {
			causes = List.copyOf(causes);
		}

	}

}
