package org.rserpool.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.sun.nio.sctp.Association;
import com.sun.nio.sctp.AssociationChangeNotification;
import com.sun.nio.sctp.AssociationChangeNotification.AssocChangeEvent;
import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.Notification;
import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpMultiChannel;
import com.sun.nio.sctp.SendFailedNotification;
import io.netty.channel.nio.NioIoOps;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.UserMessage;

/**
 * A port that is listened at, and from which associations are set up as well. Each
 * association that comes up is branched off to a socket of its own, as otherwise a slow
 * peer would stop all others.
 */
final class SctpMultiPort implements SctpPort {

	private static final Logger logger = LoggerFactory.getLogger(SctpMultiPort.class);

	private static final int MAX_READS = 256;

	private final SctpEndpoint endpoint;

	private final SctpMultiChannel channel;

	private final SctpSelection selection;

	private final int number;

	private final SctpNotifications notifications = new SctpNotifications();

	/** Attempts that the kernel did not decide yet. */
	private final Map<Integer, Attempt> attempts = new LinkedHashMap<>();

	private int lastAttempt = SctpEnvelope.FIRST_ATTEMPT - 1;

	SctpMultiPort(SctpEndpoint endpoint, SctpMultiChannel channel) throws IOException {
		this.endpoint = endpoint;
		this.channel = channel;
		this.number = SctpSockets.port(channel.getAllLocalAddresses());
		this.selection = new SctpSelection(endpoint.loop(), channel, NioIoOps.READ, this::read);
	}

	@Override
	public int number() {
		return this.number;
	}

	@Override
	public void close() {
		while (readSome()) {
			logger.debug("More may have arrived at port {}", this.number);
		}
		this.selection.close();
		List<Attempt> pending = List.copyOf(this.attempts.values());
		this.attempts.clear();
		pending.forEach((attempt) -> attempt.dialer().again(attempt.number(), attempt.address()));
	}

	/**
	 * Sets up an association, which the kernel does as a message is sent. Only if there
	 * is none, an opener is: a peer of another make may not take that well.
	 * @param address the address of the peer
	 * @param dialer who is told what comes of it
	 * @param message what to send first, or {@code null} for an opener
	 * @return the number of the attempt
	 * @throws IOException if it fails at once
	 */
	int dial(InetSocketAddress address, SctpDialer dialer, @Nullable UserMessage message) throws IOException {
		if (this.attempts.size() > SctpEnvelope.LAST_ATTEMPT - SctpEnvelope.FIRST_ATTEMPT) {
			throw new IOException("too many associations are being set up from this port");
		}
		do {
			this.lastAttempt = (this.lastAttempt < SctpEnvelope.LAST_ATTEMPT) ? this.lastAttempt + 1
					: SctpEnvelope.FIRST_ATTEMPT;
		}
		while (this.attempts.containsKey(this.lastAttempt));
		int attempt = this.lastAttempt;
		this.attempts.put(attempt, new Attempt(attempt, address, dialer, message));
		try {
			int protocol = (message != null) ? message.payloadProtocol() : SctpEnvelope.PROTOCOL;
			ByteBuffer data = (message != null) ? message.data().duplicate() : SctpEnvelope.opener(attempt);
			if (this.channel.send(data, MessageInfo.createOutgoing(address, 0).payloadProtocolID(protocol)) == 0) {
				throw new IOException("too much waits to be sent from this port");
			}
			return attempt;
		}
		catch (IOException | RuntimeException ex) {
			this.attempts.remove(attempt);
			throw ex;
		}
	}

	private void read() {
		readSome();
	}

	private boolean readSome() {
		for (int count = 0; count < MAX_READS && this.channel.isOpen(); count++) {
			if (!readOne()) {
				return false;
			}
		}
		return this.channel.isOpen();
	}

	private boolean readOne() {
		ByteBuffer buffer = this.endpoint.buffer();
		buffer.clear();
		MessageInfo info;
		try {
			info = this.channel.receive(buffer, null, this.notifications);
		}
		catch (IOException | RuntimeException ex) {
			// The kernel tells so of an association that could not start.
			logger.debug("At port {}", this.number, ex);
			return true;
		}
		Notification notification = this.notifications.poll();
		if (notification instanceof AssociationChangeNotification change) {
			if (change.event() == AssocChangeEvent.COMM_UP) {
				cameUp(change.association());
			}
		}
		else if (notification instanceof SendFailedNotification failed) {
			failed(failed);
		}
		else if (notification == null && info == null) {
			return false;
		}
		return true;
	}

	private void cameUp(Association association) {
		try {
			Set<SocketAddress> peer = this.channel.getRemoteAddresses(association);
			SctpChannel branch = this.channel.branch(association);
			List<Attempt> made = take(peer);
			SctpConnection connection = this.endpoint.connection(branch, true);
			if (connection != null) {
				made.forEach(Attempt::opened);
				established(connection, made.stream().map(Attempt::dialer).distinct().toList());
			}
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("An association at port {} ended at once", this.number, ex);
		}
	}

	private void established(SctpConnection connection, List<SctpDialer> dialers) {
		List<SctpDialer> waiting = dialers.stream().filter(SctpDialer::isWaiting).toList();
		if (dialers.isEmpty()) {
			this.endpoint.arrived(connection).up(connection);
		}
		else if (waiting.isEmpty()) {
			connection.end(DownReason.ABORTED, "nobody waits for it any more");
		}
		waiting.forEach((dialer) -> dialer.succeeded(connection));
	}

	private List<Attempt> take(Set<SocketAddress> peer) {
		List<Attempt> made = this.attempts.values()
			.stream()
			.filter((attempt) -> peer.contains(attempt.address()))
			.toList();
		this.attempts.values().removeAll(made);
		return made;
	}

	private void failed(SendFailedNotification notification) {
		int number = SctpEnvelope.attempt(notification.buffer());
		List<Attempt> failed = this.attempts.values()
			.stream()
			.filter((attempt) -> (number != 0) ? attempt.number() == number
					: attempt.message() != null && attempt.address().equals(notification.address()))
			.toList();
		this.attempts.values().removeAll(failed);
		failed.forEach((attempt) -> attempt.dialer().refused(attempt.number(), attempt.address()));
	}

	/**
	 * An attempt to set up an association.
	 *
	 * @param number its number, not 0
	 * @param address the address of the peer
	 * @param dialer who makes it
	 * @param message what was sent, or {@code null} for an opener
	 */
	private record Attempt(int number, InetSocketAddress address, SctpDialer dialer, @Nullable UserMessage message) {

		void opened() {
			if (this.message != null) {
				this.dialer.opened(this.message);
			}
		}

	}

}
