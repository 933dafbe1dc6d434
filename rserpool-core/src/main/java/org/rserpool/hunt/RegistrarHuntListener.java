package org.rserpool.hunt;

import java.util.List;

import org.rserpool.runtime.Association;
import org.rserpool.wire.AsapMessage;

/**
 * Is told which registrar is home, and what registrars say.
 *
 * @since 0.1
 */
public interface RegistrarHuntListener {

	/**
	 * A registrar became home. If there was another before,
	 * {@link #homeLost(Home, String)} came first.
	 * @param home the home registrar
	 */
	default void homeFound(Home home) {
	}

	/**
	 * A registrar is home no more.
	 * @param home the registrar that was home
	 * @param reason why, in words
	 */
	default void homeLost(Home home, String reason) {
	}

	/**
	 * A message arrived from a registrar, home or not.
	 * @param association the association that it came by
	 * @param message the message
	 */
	default void message(Association association, AsapMessage message) {
	}

	/**
	 * All addresses were tried, and none became home. The hunt goes on.
	 * @param failures what each address said
	 */
	default void nothingFound(List<HuntFailure> failures) {
	}

	/**
	 * Something arrived that is no message. Told for some of them only, where there are
	 * many.
	 * @param association the association that it came by
	 * @param reason what is wrong
	 */
	default void undecodable(Association association, String reason) {
	}

}
