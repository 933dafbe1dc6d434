package org.rserpool.wire;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What decoding some octets came to. Any octets come to one of these; none throws.
 *
 * @param <M> ASAP or ENRP
 * @since 0.1
 */
public sealed interface Decoded<M extends Message> {

	/**
	 * A message was read.
	 *
	 * @param <M> ASAP or ENRP
	 * @param message the message
	 * @param report what to tell its sender in an error message: parameters that were
	 * skipped, but are to be reported; mostly nothing
	 */
	record Success<M extends Message>(M message, List<ErrorCause> report) implements Decoded<M> {

		public Success {
			report = List.copyOf(report);
		}

	}

	/**
	 * No message could be read; what was received is to be discarded.
	 *
	 * @param <M> ASAP or ENRP
	 * @param reason what is wrong and where, for logs
	 * @param report what to tell the sender in an error message; nothing where it is to
	 * be discarded silently, as an unknown message of type 00 or an error is
	 * @param sender in ENRP, the identifier of the sending registrar if it could be read
	 */
	record Failure<M extends Message>(String reason, List<ErrorCause> report,
			@Nullable Integer sender) implements Decoded<M> {

		public Failure {
			report = List.copyOf(report);
		}

	}

}
