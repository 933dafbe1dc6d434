package org.rserpool.autoconfigure;

import org.rserpool.spring.session.PoolSessionKeysMissingException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which property a pool element with sessions lacks.
 */
class PoolSessionKeysMissingFailureAnalyzer extends AbstractFailureAnalyzer<PoolSessionKeysMissingException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, PoolSessionKeysMissingException cause) {
		String prefix = "rserpool.element." + cause.pool() + ".state.";
		return new FailureAnalysis(cause.getMessage() + ".",
				"Set the property '" + prefix + "keys' to the same value at all elements of the pool, as"
						+ " IDENTIFIER:SECRET with at least 16 random octets in Base64, for example from"
						+ " 'openssl rand -base64 32'. For development, '" + prefix
						+ "ephemeral-key=true' draws a key at each start; sessions are then lost with their element.",
				cause);
	}

}
