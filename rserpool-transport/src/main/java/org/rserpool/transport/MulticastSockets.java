package org.rserpool.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.runtime.MulticastGroup;
import org.rserpool.runtime.MulticastListener;
import org.rserpool.runtime.MulticastSpecification;
import org.rserpool.runtime.SocketAddresses;

/**
 * A multicast group over UDP: one socket that hears what is sent to it, and one for each
 * interface to send by. Interfaces come and go, so they are looked for again and again.
 */
final class MulticastSockets implements MulticastGroup {

	static final Duration REFRESH = Duration.ofSeconds(30);

	private static final Logger logger = LoggerFactory.getLogger(MulticastSockets.class);

	private final EventLoop loop;

	private final String role;

	private final MulticastSpecification specification;

	private final MulticastListener listener;

	private final Consumer<MulticastSockets> onClose;

	private final Map<String, Path> paths = new LinkedHashMap<>();

	/** What failed, and was logged, by what it was. */
	private final Map<String, String> failures = new LinkedHashMap<>();

	private @Nullable NioDatagramChannel receiver;

	private @Nullable ScheduledFuture<?> refresh;

	private boolean closed;

	MulticastSockets(EventLoop loop, String role, MulticastSpecification specification, MulticastListener listener,
			Consumer<MulticastSockets> onClose) {
		this.loop = loop;
		this.role = role;
		this.specification = specification;
		this.listener = listener;
		this.onClose = onClose;
	}

	void open() {
		lookForInterfaces();
		this.refresh = this.loop.scheduleWithFixedDelay(this::lookForInterfaces, REFRESH.toMillis(), REFRESH.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	private void lookForInterfaces() {
		if (this.receiver == null) {
			listen();
		}
		Map<String, Interfaces.Found> found = new LinkedHashMap<>();
		try {
			Interfaces.matching(this.specification.interfaces(), this.specification.group().getAddress())
				.forEach((each) -> found.put(each.name(), each));
			works("the interfaces");
		}
		catch (SocketException ex) {
			fails("the interfaces", "cannot be listed: " + Causes.text(ex));
			return;
		}
		for (String name : this.specification.interfaces()) {
			if (Interfaces.isName(name) && !found.containsKey(name)) {
				fails("interface " + name, "is not there, is not up, or has no address for it");
			}
		}
		Iterator<Path> known = this.paths.values().iterator();
		while (known.hasNext()) {
			Path path = known.next();
			if (!path.isStill(found.get(path.found.name()))) {
				known.remove();
				path.close();
			}
		}
		found.values().forEach((each) -> this.paths.computeIfAbsent(each.name(), (name) -> new Path(each)).open());
	}

	/**
	 * Opens the socket that hears. Bound to the group's address, it hears no other group;
	 * where the system does not bind to that, it hears the groups that it joins.
	 */
	private void listen() {
		NioDatagramChannel channel = bound(this.specification.group());
		if (channel == null) {
			channel = bound(new InetSocketAddress(any(), this.specification.group().getPort()));
		}
		if (channel == null) {
			fails("port " + this.specification.group().getPort(), "cannot be listened at");
			return;
		}
		works("port " + this.specification.group().getPort());
		this.receiver = channel;
	}

	private @Nullable NioDatagramChannel bound(InetSocketAddress address) {
		NioDatagramChannel channel = channel();
		channel.pipeline().addLast(new Receiver());
		this.loop.register(channel);
		ChannelFuture bound = channel.bind(address);
		if (bound.isSuccess()) {
			return channel;
		}
		logger.debug("Not bound to {}", SocketAddresses.text(address), bound.cause());
		channel.close();
		return null;
	}

	private NioDatagramChannel channel() {
		NioDatagramChannel channel = new NioDatagramChannel(family());
		channel.config().setReuseAddress(true);
		return channel;
	}

	@Override
	public void send(Function<List<InetAddress>, @Nullable ByteBuffer> datagram) {
		for (Path path : List.copyOf(this.paths.values())) {
			ByteBuffer octets = datagram.apply(path.found.addresses());
			if (octets != null) {
				path.send(octets);
			}
		}
	}

	@Override
	public void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		if (this.refresh != null) {
			this.refresh.cancel(false);
		}
		this.paths.values().forEach(Path::close);
		this.paths.clear();
		if (this.receiver != null) {
			this.receiver.close();
		}
		this.onClose.accept(this);
	}

	private SocketProtocolFamily family() {
		return (this.specification.group().getAddress() instanceof Inet6Address) ? SocketProtocolFamily.INET6
				: SocketProtocolFamily.INET;
	}

	private InetAddress any() {
		return new InetSocketAddress((family() == SocketProtocolFamily.INET6) ? "::" : "0.0.0.0", 0).getAddress();
	}

	private String group() {
		return SocketAddresses.text(this.specification.group());
	}

	/**
	 * Logs a failure once, until it works again or fails for another reason.
	 */
	private void fails(String what, String why) {
		if (!why.equals(this.failures.put(what, why))) {
			logger.warn("Multicast group {}: {} {}; it is tried again every {} s", group(), what, why,
					REFRESH.toSeconds());
		}
	}

	private void works(String what) {
		if (this.failures.remove(what) != null) {
			logger.info("Multicast group {}: {} works now", group(), what);
		}
	}

	/**
	 * The way through one interface.
	 */
	private final class Path {

		private final Interfaces.Found found;

		private @Nullable NioDatagramChannel sender;

		private boolean joined;

		private Path(Interfaces.Found found) {
			this.found = found;
		}

		private boolean isStill(Interfaces.@Nullable Found now) {
			return this.found.equals(now);
		}

		private void open() {
			if (!this.joined) {
				join();
			}
			if (this.sender == null) {
				openSender();
			}
		}

		private void join() {
			NioDatagramChannel channel = MulticastSockets.this.receiver;
			if (channel == null) {
				return;
			}
			String what = "joining on interface " + this.found.name();
			ChannelFuture outcome = channel.joinGroup(MulticastSockets.this.specification.group(),
					this.found.networkInterface());
			outcome.addListener((done) -> {
				this.joined = done.isSuccess();
				if (this.joined) {
					works(what);
				}
				else {
					fails(what, "failed: " + Causes.text(done.cause()));
				}
			});
		}

		private void openSender() {
			String what = "sending on interface " + this.found.name();
			NioDatagramChannel channel = channel();
			try {
				channel.config().setNetworkInterface(this.found.networkInterface());
				channel.config().setTimeToLive(MulticastSockets.this.specification.timeToLive());
				channel.config().setOption(ChannelOption.AUTO_READ, false);
			}
			catch (ChannelException ex) {
				fails(what, "failed: " + Causes.text(ex));
				channel.close();
				return;
			}
			MulticastSockets.this.loop.register(channel);
			int port = MulticastSockets.this.specification.sourcePort();
			ChannelFuture bound = channel.bind(new InetSocketAddress(any(), port));
			if (bound.isSuccess()) {
				this.sender = channel;
			}
			else {
				fails(what, "failed: port " + port + " cannot be had: " + Causes.text(bound.cause()));
				channel.close();
			}
		}

		private void send(ByteBuffer octets) {
			NioDatagramChannel channel = this.sender;
			if (channel == null) {
				return;
			}
			String what = "sending on interface " + this.found.name();
			channel
				.writeAndFlush(
						new DatagramPacket(Unpooled.wrappedBuffer(octets), MulticastSockets.this.specification.group()))
				.addListener((done) -> {
					if (done.isSuccess()) {
						works(what);
					}
					else {
						fails(what, "failed: " + Causes.text(done.cause()));
					}
				});
		}

		private void close() {
			NioDatagramChannel receiving = MulticastSockets.this.receiver;
			if (this.joined && receiving != null && receiving.isOpen()) {
				receiving.leaveGroup(MulticastSockets.this.specification.group(), this.found.networkInterface());
			}
			if (this.sender != null) {
				this.sender.close();
			}
		}

	}

	/**
	 * Hands on what arrives.
	 */
	private final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {

		@Override
		protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
			if (MulticastSockets.this.closed) {
				return;
			}
			ByteBuffer octets = ByteBuffer.allocate(packet.content().readableBytes());
			packet.content().readBytes(octets);
			octets.flip();
			try {
				MulticastSockets.this.listener.received(packet.sender(), octets);
			}
			catch (RuntimeException | LinkageError ex) {
				logger.error("{} failed to handle a datagram from {}", MulticastSockets.this.role, packet.sender(), ex);
			}
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			fails("receiving", "failed: " + Causes.text(cause));
		}

	}

}
