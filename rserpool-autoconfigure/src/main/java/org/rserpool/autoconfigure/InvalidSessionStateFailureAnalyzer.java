package org.rserpool.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which property for the state of sessions is wrong.
 */
class InvalidSessionStateFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSessionStateException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSessionStateException cause) {
		String hint = cause.property().endsWith(".keys")
				? ", each key as IDENTIFIER:SECRET with at least 16 octets in Base64, for example from"
						+ " 'openssl rand -base64 32'"
				: "";
		return new FailureAnalysis(cause.getMessage() + ".", "Correct the property '" + cause.property() + "'" + hint
				+ ". It has to be the same at all elements of the pool.", cause);
	}

}
