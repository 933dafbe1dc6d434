package org.rserpool.autoconfigure;

import org.rserpool.runtime.EndpointException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to do when pool elements cannot listen.
 */
class EndpointFailureAnalyzer extends AbstractFailureAnalyzer<EndpointException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, EndpointException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Set 'rserpool.listen' to an address of this machine, as host:port, and to a port that is free; port 0"
						+ " draws one.",
				cause);
	}

}
