package org.rserpool.registrar;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Counts what happens at a registrar. All names are there from the start.
 */
final class Counters {

	static final String REGISTRATIONS = "registrations";

	static final String REREGISTRATIONS = "reregistrations";

	static final String REJECTED_REGISTRATIONS = "rejected_registrations";

	static final String RESOLUTIONS = "handle_resolutions_found";

	static final String UNKNOWN_RESOLUTIONS = "handle_resolutions_unknown";

	static final String SUBSCRIPTIONS_GRANTED = "subscriptions_granted";

	static final String SUBSCRIPTIONS_REFUSED = "subscriptions_refused";

	static final String POOL_UPDATES_SENT = "pool_updates_sent";

	static final String FAILURE_REPORTS = "failure_reports";

	static final String FAILURE_REPORTS_IGNORED = "failure_reports_ignored";

	static final String KEEP_ALIVES_SENT = "keepalives_sent";

	static final String KEEP_ALIVES_ACKED = "keepalives_acked";

	static final String KEEP_ALIVES_TIMEOUT = "keepalives_timeout";

	static final String UPDATES_SENT = "handle_updates_sent";

	static final String UPDATES_RECEIVED = "handle_updates_received";

	static final String AUDIT_MISMATCHES = "audit_mismatches";

	static final String SYNCHRONIZATIONS = "synchronizations";

	static final String TAKEOVERS_STARTED = "takeovers_started";

	static final String TAKEOVERS_WON = "takeovers_won";

	static final String TAKEOVERS_STOPPED = "takeovers_stopped";

	static final String TAKEOVERS_SUGGESTED = "takeovers_suggested";

	static final String IDENTIFIER_COLLISIONS = "identifier_collisions";

	static final String OWNER_CONFLICTS = "owner_conflicts";

	static final String ANNOUNCEMENTS_SENT = "announcements_sent";

	static final String ANNOUNCEMENTS_RECEIVED = "announcements_received";

	static final String PARSE_ERRORS = "parse_errors";

	static final String ERRORS_SENT = "errors_sent";

	static final String ERRORS_RECEIVED = "errors_received";

	static final String NOT_SENT = "messages_not_sent";

	static final String REFUSED_ASSOCIATIONS = "refused_associations";

	static final String REFUSED_CERTIFICATES = "refused_certificates";

	private final Map<String, Long> values = new LinkedHashMap<>();

	Counters() {
		for (String name : new String[] { REGISTRATIONS, REREGISTRATIONS, REJECTED_REGISTRATIONS, RESOLUTIONS,
				UNKNOWN_RESOLUTIONS, SUBSCRIPTIONS_GRANTED, SUBSCRIPTIONS_REFUSED, POOL_UPDATES_SENT, FAILURE_REPORTS,
				FAILURE_REPORTS_IGNORED, KEEP_ALIVES_SENT, KEEP_ALIVES_ACKED, KEEP_ALIVES_TIMEOUT, UPDATES_SENT,
				UPDATES_RECEIVED, AUDIT_MISMATCHES, SYNCHRONIZATIONS, TAKEOVERS_STARTED, TAKEOVERS_WON,
				TAKEOVERS_STOPPED, TAKEOVERS_SUGGESTED, IDENTIFIER_COLLISIONS, OWNER_CONFLICTS, ANNOUNCEMENTS_SENT,
				ANNOUNCEMENTS_RECEIVED, PARSE_ERRORS, ERRORS_SENT, ERRORS_RECEIVED, NOT_SENT, REFUSED_ASSOCIATIONS,
				REFUSED_CERTIFICATES }) {
			this.values.put(name, 0L);
		}
		for (RemovalReason reason : RemovalReason.values()) {
			this.values.put(name(reason), 0L);
		}
	}

	void count(String name) {
		this.values.merge(name, 1L, Long::sum);
	}

	void count(RemovalReason reason) {
		count(name(reason));
	}

	Map<String, Long> values() {
		return new LinkedHashMap<>(this.values);
	}

	private static String name(RemovalReason reason) {
		return "deregistrations_" + reason.name().toLowerCase(Locale.ROOT);
	}

}
