package org.rserpool.rpc;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.TransportProtocol;
import org.rserpool.runtime.UserMessage;

/**
 * An association with a caller that a test plays.
 */
class FakeAssociation implements Association {

	static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);

	private final List<UserMessage> sent = new ArrayList<>();

	boolean blocked;

	int longest = Integer.MAX_VALUE;

	String end = "";

	/**
	 * Return what was sent since the last time.
	 * @return the frames
	 */
	List<RpcFrame> frames() throws RpcFrameException {
		List<RpcFrame> frames = new ArrayList<>();
		for (UserMessage message : this.sent) {
			frames.add(RpcFrameCodec.decode(message.data()));
		}
		this.sent.clear();
		return frames;
	}

	/**
	 * Return the only frame that was sent since the last time.
	 * @return the frame
	 */
	RpcFrame frame() throws RpcFrameException {
		List<RpcFrame> frames = frames();
		if (frames.size() != 1) {
			throw new AssertionError("Not one frame was sent: " + frames);
		}
		return frames.get(0);
	}

	@Override
	public TransportProtocol protocol() {
		return TransportProtocol.TCP;
	}

	@Override
	public boolean outbound() {
		return false;
	}

	@Override
	public List<InetSocketAddress> peerAddresses() {
		return List.of(PEER);
	}

	@Override
	public List<InetSocketAddress> localAddresses() {
		return List.of();
	}

	@Override
	public SendResult send(UserMessage message) {
		if (message.data().remaining() > this.longest) {
			throw new IllegalArgumentException("a message of more than " + this.longest + " octets");
		}
		if (!this.end.isEmpty()) {
			return SendResult.CLOSED;
		}
		if (this.blocked) {
			return SendResult.WOULD_BLOCK;
		}
		this.sent.add(message);
		return SendResult.QUEUED;
	}

	@Override
	public void shutdown() {
		if (this.end.isEmpty()) {
			this.end = "shutdown";
		}
	}

	@Override
	public void abort() {
		this.end = "abort";
	}

}
