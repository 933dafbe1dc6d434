package org.rserpool.transport;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.TransportProtocol;

/**
 * Which transport carries messages, as a configuration says it.
 *
 * @since 0.1
 */
public enum TransportChoice {

	/** SCTP where it is supported, or else TCP. */
	AUTO,

	/** TCP. */
	TCP,

	/** SCTP. */
	SCTP;

	private static final Logger logger = LoggerFactory.getLogger(TransportChoice.class);

	/**
	 * Return the transport protocols to use on this machine. Where SCTP is wanted but
	 * missing, the log says so.
	 * @return the transport protocols, the preferred one first; at least one
	 * @throws EndpointException if SCTP is chosen and missing; the message says what is
	 * missing
	 */
	public List<TransportProtocol> protocols() {
		return protocols(false);
	}

	/**
	 * Return the transport protocols to use on this machine. Where SCTP is wanted but
	 * missing, or would not be encrypted, the log says so.
	 * @param encrypted whether associations are to be encrypted, which those over SCTP
	 * cannot be
	 * @return the transport protocols, the preferred one first; at least one
	 * @throws EndpointException if SCTP is chosen and cannot be used; the message says
	 * why
	 */
	public List<TransportProtocol> protocols(boolean encrypted) {
		if (encrypted && this == SCTP) {
			throw new EndpointException("SCTP cannot be encrypted here");
		}
		if (encrypted) {
			logger.info("Associations use TCP alone, as those over SCTP would not be encrypted");
			return List.of(TransportProtocol.TCP);
		}
		String missing = (this == TCP) ? null : RoleLoop.missing(TransportProtocol.SCTP);
		if (missing != null && this == SCTP) {
			throw new EndpointException("SCTP cannot be used here: " + missing);
		}
		if (missing != null) {
			logger.info("Associations use TCP, as SCTP cannot be used here: {}", missing);
		}
		return switch (this) {
			case AUTO -> (missing != null) ? List.of(TransportProtocol.TCP)
					: List.of(TransportProtocol.SCTP, TransportProtocol.TCP);
			case TCP -> List.of(TransportProtocol.TCP);
			case SCTP -> List.of(TransportProtocol.SCTP);
		};
	}

}
