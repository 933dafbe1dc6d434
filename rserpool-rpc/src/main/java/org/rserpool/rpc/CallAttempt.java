package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.time.Duration;

import org.rserpool.runtime.SocketAddresses;
import org.rserpool.wire.Identifiers;

/**
 * One attempt to make a call, for error messages.
 *
 * @param element the identifier of the pool element
 * @param address where it was tried
 * @param outcome what is known of the attempt
 * @param error what went wrong, in words
 * @param age how long after the call began the attempt ended
 * @since 0.1
 */
public record CallAttempt(int element, InetSocketAddress address, CallOutcome outcome, String error, Duration age) {

	@Override
	public String toString() {
		return Identifiers.toString(this.element) + " at " + SocketAddresses.text(this.address) + " after "
				+ this.age.toMillis() + " ms: " + this.outcome + ", " + this.error;
	}

}
