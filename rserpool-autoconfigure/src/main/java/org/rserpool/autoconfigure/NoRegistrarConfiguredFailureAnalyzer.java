package org.rserpool.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says how to configure a registrar.
 */
class NoRegistrarConfiguredFailureAnalyzer extends AbstractFailureAnalyzer<NoRegistrarConfiguredException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NoRegistrarConfiguredException cause) {
		return new FailureAnalysis(
				"The application has beans with @PoolElement or @PoolUser, but no registrar is configured, and announcements are off.",
				"Set the property 'rserpool.registrars' to the addresses of one or more registrars, such as"
						+ " rserpool.registrars=registrar1:3863,registrar2:3863,"
						+ " or leave rserpool.announcements.enabled out to find one by multicast.",
				cause);
	}

}
