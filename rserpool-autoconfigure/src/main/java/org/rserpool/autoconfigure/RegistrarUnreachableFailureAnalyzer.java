package org.rserpool.autoconfigure;

import org.rserpool.spring.node.RegistrarUnreachableException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to do when no registrar answers, and the application is not to start then.
 */
class RegistrarUnreachableFailureAnalyzer extends AbstractFailureAnalyzer<RegistrarUnreachableException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RegistrarUnreachableException cause) {
		return new FailureAnalysis(
				cause.getMessage() + ", and the property 'rserpool.startup.failure-policy' says that the application"
						+ " fails then.",
				"Start a registrar at one of the addresses of 'rserpool.registrars', correct that property, wait longer"
						+ " by 'rserpool.startup.timeout', or set 'rserpool.startup.failure-policy' to retry or ignore.",
				cause);
	}

}
