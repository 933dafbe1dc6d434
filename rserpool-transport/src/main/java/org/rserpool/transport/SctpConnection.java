package org.rserpool.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.sun.nio.sctp.Association;
import com.sun.nio.sctp.AssociationChangeNotification;
import com.sun.nio.sctp.MessageInfo;
import com.sun.nio.sctp.Notification;
import com.sun.nio.sctp.PeerAddressChangeNotification;
import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpStandardSocketOptions;
import com.sun.nio.sctp.ShutdownNotification;
import io.netty.channel.nio.NioIoOps;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.SocketAddresses;
import org.rserpool.runtime.UserMessage;

/**
 * An association of the kernel, on a socket of its own. Between two ports there can be
 * but one, so if a role sets up another, both are carried by this one, and the newer one
 * is told what arrives.
 */
final class SctpConnection {

	private static final Logger logger = LoggerFactory.getLogger(SctpConnection.class);

	/** How much is read before others have their turn. */
	private static final int MAX_READS = 64;

	private final SctpEndpoint endpoint;

	private final SctpChannel channel;

	private final SctpSelection selection;

	private final boolean branched;

	private final SctpNotifications notifications = new SctpNotifications();

	private final SctpAssembly assembly;

	private final List<SctpAssociation> holders = new ArrayList<>();

	private final Set<SocketAddress> remoteAddresses;

	private final List<InetSocketAddress> peerAddresses;

	private final List<InetSocketAddress> localAddresses;

	private final Set<InetSocketAddress> unreachable = new HashSet<>();

	private final int maxWrite;

	private boolean full;

	private boolean lost;

	private boolean shutdownAsked;

	/** Whether the peer shuts down. */
	private boolean ending;

	private boolean ended;

	/**
	 * Takes an association that is established.
	 * @param endpoint where it belongs
	 * @param channel its socket
	 * @param selection the registration of the socket
	 * @param branched whether the socket was branched off one for many associations
	 * @throws IOException if the association is gone already
	 */
	SctpConnection(SctpEndpoint endpoint, SctpChannel channel, SctpSelection selection, boolean branched)
			throws IOException {
		this.endpoint = endpoint;
		this.channel = channel;
		this.selection = selection;
		this.branched = branched;
		this.assembly = new SctpAssembly(endpoint.maxMessageSize());
		SctpSockets.prepare(channel);
		this.maxWrite = channel.getOption(SctpStandardSocketOptions.SO_SNDBUF);
		this.remoteAddresses = remoteAddresses(channel);
		this.peerAddresses = SctpAddresses.tellable(this.remoteAddresses, primary(channel));
		this.localAddresses = SctpAddresses.tellable(channel.getAllLocalAddresses(), List.of());
	}

	/**
	 * A peer may have sent all it had, and ended the association in order, before it is
	 * looked at here. Then the kernel forgot who that was, but has what was sent.
	 */
	private static Set<SocketAddress> remoteAddresses(SctpChannel channel) {
		try {
			Set<SocketAddress> addresses = channel.getRemoteAddresses();
			if (!addresses.isEmpty()) {
				return addresses;
			}
		}
		catch (IOException ex) {
			logger.debug("The addresses of a peer are not known any more", ex);
		}
		return Set.of(new InetSocketAddress(0));
	}

	private static List<InetSocketAddress> primary(SctpChannel channel) {
		try {
			SocketAddress primary = channel.getOption(SctpStandardSocketOptions.SCTP_PRIMARY_ADDR);
			return (primary instanceof InetSocketAddress address) ? List.of(address) : List.of();
		}
		catch (IOException ex) {
			logger.debug("The primary address of a peer is not known any more", ex);
			return List.of();
		}
	}

	void start() {
		this.selection.onReady(this::ready);
		this.selection.waitFor(NioIoOps.READ);
	}

	List<InetSocketAddress> peerAddresses() {
		return this.peerAddresses;
	}

	List<InetSocketAddress> localAddresses() {
		return this.localAddresses;
	}

	Set<InetSocketAddress> unreachableAddresses() {
		return Set.copyOf(this.unreachable);
	}

	boolean reaches(InetSocketAddress peer) {
		return this.remoteAddresses.contains(peer);
	}

	int maxWrite() {
		return this.maxWrite;
	}

	void attach(SctpAssociation association) {
		this.holders.add(association);
	}

	/**
	 * Gives a message to the kernel.
	 * @param message the message
	 * @return whether it was taken; if not, those who wait are told when there is room
	 */
	boolean write(UserMessage message) {
		if (this.full || this.ended) {
			return false;
		}
		MessageInfo info = MessageInfo.createOutgoing((SocketAddress) null, stream(message.stream()))
			.payloadProtocolID(message.payloadProtocol())
			.unordered(message.unordered());
		try {
			if (this.channel.send(message.data().duplicate(), info) > 0) {
				return true;
			}
			this.full = true;
			this.selection.waitFor(NioIoOps.READ_AND_WRITE);
		}
		catch (IOException | RuntimeException ex) {
			// What was received before says more of the cause.
			logger.debug("Cannot write to {}", this, ex);
			this.endpoint.loop().execute(() -> {
				read();
				if (!this.ending) {
					end(DownReason.ABORTED, brokenText(Causes.text(ex)));
				}
			});
		}
		return false;
	}

	/**
	 * Ends the association in order, if nobody else holds it.
	 * @param association who asks for it
	 */
	void shutdown(SctpAssociation association) {
		if (this.holders.size() > 1) {
			leave(association, DownReason.SHUTDOWN, "ended by this side; another association goes on");
		}
		else if (this.branched) {
			closeInOrder();
		}
		else {
			this.shutdownAsked = true;
			read();
			shutdownOutput();
		}
	}

	/**
	 * Shuts the socket down as soon as it knows its association. Asked before, it would
	 * never say that the association ended.
	 */
	private void shutdownOutput() {
		if (this.shutdownAsked && !this.ended && association() != null) {
			this.shutdownAsked = false;
			try {
				this.channel.shutdown();
			}
			catch (IOException ex) {
				end(DownReason.ABORTED, brokenText(Causes.text(ex)));
			}
		}
	}

	/**
	 * Aborts the association, if nobody else holds it.
	 * @param association who asks for it
	 * @param reason why
	 * @param detail the cause in words
	 */
	void abort(SctpAssociation association, DownReason reason, String detail) {
		if (this.holders.size() > 1) {
			leave(association, reason, detail);
		}
		else {
			end(reason, detail);
		}
	}

	private void leave(SctpAssociation association, DownReason reason, String detail) {
		this.holders.remove(association);
		association.ended(reason, detail);
	}

	/**
	 * The kernel cannot shut down one side only of a socket that was branched off: it
	 * sends what waits after the socket is closed, but nothing arrives any more.
	 */
	private void closeInOrder() {
		read();
		if (!this.ended) {
			try {
				this.channel.setOption(SctpStandardSocketOptions.SO_LINGER, -1);
			}
			catch (IOException ex) {
				logger.debug("Association {} is gone already", this, ex);
			}
			end(DownReason.SHUTDOWN, "ended in order with " + SocketAddresses.text(this.peerAddresses));
		}
	}

	private void ready() {
		if (this.full) {
			this.full = false;
			this.selection.waitFor(NioIoOps.READ);
			for (SctpAssociation holder : List.copyOf(this.holders)) {
				holder.pump();
			}
		}
		read();
	}

	private void read() {
		for (int count = 0; count < MAX_READS && !this.ended; count++) {
			if (!readOne()) {
				return;
			}
		}
	}

	private boolean readOne() {
		ByteBuffer buffer = this.endpoint.buffer();
		buffer.clear();
		MessageInfo info;
		try {
			info = this.channel.receive(buffer, null, this.notifications);
		}
		catch (IOException | RuntimeException ex) {
			String text = Causes.text(ex);
			end(text.contains("timed out") ? DownReason.TIMEOUT : DownReason.ABORTED, brokenText(text));
			return false;
		}
		Notification notification = this.notifications.poll();
		if (notification != null) {
			handle(notification);
		}
		else if (info == null) {
			if (this.lost) {
				end(DownReason.ABORTED, brokenText("it was aborted"));
			}
			return false;
		}
		else if (info.bytes() < 0) {
			end(DownReason.SHUTDOWN, "ended in order with " + SocketAddresses.text(this.peerAddresses));
		}
		else {
			deliver(info, buffer.flip());
		}
		return true;
	}

	private void deliver(MessageInfo info, ByteBuffer data) {
		try {
			UserMessage message = this.assembly.receive(info.payloadProtocolID(), info.streamNumber(),
					info.isUnordered(), info.isComplete(), data);
			if (message != null) {
				newest().received(message);
			}
		}
		catch (ProtocolViolationException ex) {
			end(DownReason.PROTOCOL_VIOLATION, SocketAddresses.text(this.peerAddresses) + " " + ex.getMessage());
		}
	}

	private void handle(Notification notification) {
		if (notification instanceof AssociationChangeNotification change) {
			switch (change.event()) {
				case COMM_LOST -> this.lost = true;
				case SHUTDOWN ->
					end(DownReason.SHUTDOWN, "ended in order with " + SocketAddresses.text(this.peerAddresses));
				case RESTART -> restarted();
				case CANT_START -> end(DownReason.ABORTED, brokenText("it could not start"));
				case COMM_UP -> shutdownOutput();
			}
		}
		else if (notification instanceof PeerAddressChangeNotification change) {
			pathChanged(change);
		}
		else if (notification instanceof ShutdownNotification) {
			this.ending = true;
			this.holders.forEach(SctpAssociation::peerCloses);
		}
	}

	private void pathChanged(PeerAddressChangeNotification change) {
		InetSocketAddress peer = (InetSocketAddress) change.address();
		switch (change.event()) {
			case ADDR_UNREACHABLE -> {
				logger.info("The path to {} failed; {} goes on by others, if there are any", SocketAddresses.text(peer),
						this);
				this.unreachable.add(peer);
				newest().path(peer, false);
			}
			case ADDR_AVAILABLE -> {
				logger.info("The path to {} works again, of {}", SocketAddresses.text(peer), this);
				this.unreachable.remove(peer);
				newest().path(peer, true);
			}
			default -> logger.debug("Path to {} of {}: {}", SocketAddresses.text(peer), this, change.event());
		}
	}

	private SctpAssociation newest() {
		return this.holders.get(this.holders.size() - 1);
	}

	private void restarted() {
		List<SctpAssociation> before = List.copyOf(this.holders);
		this.holders.clear();
		SctpAssociation next = this.endpoint.arrived(this);
		before.forEach((association) -> association.ended(DownReason.ABORTED,
				SocketAddresses.text(this.peerAddresses) + " restarted, and began anew"));
		next.up(this);
	}

	/**
	 * Ends the association at once. What a process does for the first time here delays
	 * its first failover, so there are no lambda expressions on this way, which take
	 * milliseconds then.
	 * @param reason why
	 * @param detail the cause in words
	 */
	void end(DownReason reason, String detail) {
		if (!this.ended) {
			this.ended = true;
			this.selection.close();
			this.endpoint.ended(this);
			List<SctpAssociation> told = List.copyOf(this.holders);
			this.holders.clear();
			for (SctpAssociation association : told) {
				association.ended(reason, detail);
			}
		}
	}

	private int stream(int stream) {
		Association association = this.channel.isOpen() ? association() : null;
		int streams = (association != null) ? association.maxOutboundStreams() : 1;
		return (stream == 0 || streams < 2) ? 0 : 1 + (stream - 1) % (streams - 1);
	}

	private @Nullable Association association() {
		try {
			return this.channel.association();
		}
		catch (IOException ex) {
			logger.debug("Association {} is gone already", this, ex);
			return null;
		}
	}

	private String brokenText(String cause) {
		return "association with " + SocketAddresses.text(this.peerAddresses) + " broke: " + cause;
	}

	@Override
	public String toString() {
		return "SCTP " + SocketAddresses.text(this.localAddresses) + " <-> " + SocketAddresses.text(this.peerAddresses);
	}

}
