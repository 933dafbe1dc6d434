package org.rserpool.registrar;

import org.rserpool.handlespace.Inconsistency;
import org.rserpool.handlespace.Pool;
import org.rserpool.wire.ErrorCause;
import org.rserpool.wire.Transport;
import org.rserpool.wire.WireCodec;

/**
 * Error causes with the information that they call for.
 */
final class Causes {

	private final WireCodec codec;

	Causes(WireCodec codec) {
		this.codec = codec;
	}

	ErrorCause invalid(Transport transport) {
		return new ErrorCause(ErrorCause.INVALID_VALUES, this.codec.encodeParameter(transport));
	}

	ErrorCause of(Inconsistency inconsistency, Pool pool) {
		return switch (inconsistency) {
			case POLICY ->
				new ErrorCause(ErrorCause.INCONSISTENT_POOLING_POLICY, this.codec.encodeParameter(pool.policy()));
			case TRANSPORT_TYPE ->
				new ErrorCause(ErrorCause.INCONSISTENT_TRANSPORT_TYPE, this.codec.encodeParameter(pool.transport()));
			case TRANSPORT_USE -> ErrorCause.of(ErrorCause.INCONSISTENT_DATA_CONTROL_CONFIGURATION);
		};
	}

}
