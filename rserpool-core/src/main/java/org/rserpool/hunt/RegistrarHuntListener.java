package org.rserpool.hunt;

import java.net.InetSocketAddress;
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

	/**
	 * An address of a registrar became known: it was announced, or a configured name
	 * stands for it.
	 * @param address the address
	 */
	default void addressAdded(InetSocketAddress address) {
	}

	/**
	 * An address of a registrar is not announced any more (T7-ENRPoutdate, RFC 5352,
	 * section 3.6), or no configured name stands for it.
	 * @param address the address
	 */
	default void addressRemoved(InetSocketAddress address) {
	}

	/**
	 * A configured name could not be resolved. What it stood for before is kept, and it
	 * is resolved again and again. Told once for one reason.
	 * @param name the name, as it was configured
	 * @param reason why, in words
	 */
	default void nameUnresolved(String name, String reason) {
	}

	/**
	 * What arrived at a multicast group is no announcement.
	 * @param source where it says that it was sent from
	 * @param reason what is wrong
	 */
	default void announcementIgnored(InetSocketAddress source, String reason) {
	}

}
