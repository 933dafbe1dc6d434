package org.rserpool.registrar.app;

import org.jspecify.annotations.Nullable;
import org.rserpool.runtime.EndpointException;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Says in two sentences why the registrar does not start.
 */
class RegistrarFailureAnalyzer implements FailureAnalyzer {

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof InvalidPropertyException invalid) {
				return new FailureAnalysis(invalid.getMessage() + ".", invalid.action(), failure);
			}
			if (cause instanceof EndpointException) {
				return new FailureAnalysis(cause.getMessage(),
						"Change rserpool.registrar.asap.listen or rserpool.registrar.enrp.listen, or end the process that has the port.",
						failure);
			}
		}
		return null;
	}

}
