package org.rserpool.spring.grpc;

import java.util.concurrent.CompletionException;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.CallOutcome;
import org.rserpool.rpc.FailoverRequest;
import org.rserpool.spring.observation.ClientObservations;

/**
 * The observation of a call, if anybody observes.
 *
 * @param observed the observation, or {@code null}
 */
record CallObservation(@Nullable ClientObservations observed) {

	static CallObservation start(ObservationRegistry registry, String pool, MethodDescriptor<?, ?> method) {
		return new CallObservation(ClientObservations.start(registry, pool, GrpcPoolElementBinding.NAME,
				method.getFullMethodName(), null));
	}

	FailoverRequest of(FailoverRequest request) {
		return (this.observed != null) ? request.withObserver(this.observed) : request;
	}

	/**
	 * Lets an attempt take its trace context along, in the place of that of the call.
	 */
	void propagate(Metadata headers) {
		if (this.observed != null) {
			PoolMetadata.replace(headers, this.observed.propagated());
		}
	}

	Observation.Scope openScope() {
		return (this.observed != null) ? this.observed.current().openScope() : Observation.Scope.NOOP;
	}

	/**
	 * There is no other attempt.
	 */
	void failed(Throwable failure) {
		if (this.observed != null) {
			this.observed.stop((failure instanceof CompletionException && failure.getCause() != null)
					? failure.getCause() : failure);
		}
	}

	/**
	 * The call ends with its last attempt.
	 */
	void ended(CallOutcome outcome, Status status) {
		if (this.observed != null) {
			this.observed.stopAfterAttempt(outcome,
					(outcome == CallOutcome.ANSWERED) ? null : status.asRuntimeException());
		}
	}

	/**
	 * Nobody waits for the call any more, or it failed on this side.
	 */
	void abandon(@Nullable Throwable failure) {
		if (this.observed != null) {
			this.observed.abandon(failure);
		}
	}

}
