package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.hunt.Home;
import org.rserpool.hunt.HuntFailure;
import org.rserpool.hunt.RegistrarHuntListener;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.SocketAddresses;

/**
 * Writes to the log how the hunt goes.
 */
final class HuntLog implements RegistrarHuntListener {

	private static final Logger logger = LoggerFactory.getLogger(HuntLog.class);

	private @Nullable Set<String> known;

	@Override
	public void homeFound(Home home) {
		this.known = null;
		logger.info("The home is {}", home);
	}

	@Override
	public void homeLost(Home home, String reason) {
		logger.warn("The home is no more {}: {}", home, reason);
	}

	@Override
	public void nothingFound(List<HuntFailure> failures) {
		Set<String> texts = failures.stream().map(HuntFailure::toString).collect(Collectors.toSet());
		if (failures.isEmpty() && this.known == null) {
			logger.warn("No registrar can be reached: none is configured, and none announced itself yet; "
					+ "the hunt goes on");
			this.known = texts;
			return;
		}
		if (texts.equals(this.known)) {
			logger.debug("Still no registrar can be reached: {}", failures);
			return;
		}
		this.known = texts;
		logger.warn("No registrar can be reached: {}; the hunt goes on", failures);
	}

	@Override
	public void addressAdded(InetSocketAddress address) {
		logger.debug("A registrar may be at {}", SocketAddresses.text(address));
	}

	@Override
	public void addressRemoved(InetSocketAddress address) {
		logger.debug("No registrar is expected at {} any more", SocketAddresses.text(address));
	}

	@Override
	public void nameUnresolved(String name, String reason) {
		logger.warn("Registrars by the name {} cannot be found: {}; it is tried again", name, reason);
	}

	@Override
	public void announcementIgnored(InetSocketAddress source, String reason) {
		logger.debug("What {} sent to the multicast group is ignored: {}", SocketAddresses.text(source), reason);
	}

	@Override
	public void undecodable(Association association, String reason) {
		logger.warn("What came by {} is no ASAP message: {}", association, reason);
	}

}
