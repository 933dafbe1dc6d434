package org.rserpool.transport;

import java.net.InetSocketAddress;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.UserMessage;

/**
 * Stands between a transport and a role: an error of the role ends neither the loop nor
 * the association, and a role that closed its endpoint hears nothing any more.
 */
final class GuardedListener {

	private static final Logger logger = LoggerFactory.getLogger(GuardedListener.class);

	private final String role;

	private final EndpointListener listener;

	private boolean muted;

	GuardedListener(String role, EndpointListener listener) {
		this.role = role;
		this.listener = listener;
	}

	void mute() {
		this.muted = true;
	}

	void up(Association association) {
		if (!this.muted) {
			try {
				this.listener.up(association);
			}
			catch (RuntimeException | LinkageError ex) {
				report("the start", association, ex);
			}
		}
	}

	void message(Association association, UserMessage message) {
		if (!this.muted) {
			try {
				this.listener.message(association, message);
			}
			catch (RuntimeException | LinkageError ex) {
				report("a message", association, ex);
			}
		}
	}

	void writable(Association association) {
		if (!this.muted) {
			try {
				this.listener.writable(association);
			}
			catch (RuntimeException | LinkageError ex) {
				report("free room", association, ex);
			}
		}
	}

	void sendFailed(Association association, UserMessage message) {
		if (!this.muted) {
			try {
				this.listener.sendFailed(association, message);
			}
			catch (RuntimeException | LinkageError ex) {
				report("an unsent message", association, ex);
			}
		}
	}

	void path(Association association, InetSocketAddress peer, boolean reachable) {
		if (!this.muted) {
			try {
				this.listener.path(association, peer, reachable);
			}
			catch (RuntimeException | LinkageError ex) {
				report("a change of a path", association, ex);
			}
		}
	}

	void down(Association association, DownReason reason, String detail) {
		if (!this.muted) {
			try {
				this.listener.down(association, reason, detail);
			}
			catch (RuntimeException | LinkageError ex) {
				report("the end", association, ex);
			}
		}
	}

	private void report(String event, Association association, Throwable error) {
		logger.error("{} failed to handle {} of association {}", this.role, event, association, error);
	}

}
