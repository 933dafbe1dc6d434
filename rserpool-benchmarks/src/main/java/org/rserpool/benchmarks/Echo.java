package org.rserpool.benchmarks;

import java.net.InetSocketAddress;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/**
 * What calls are compared with: octets that are sent back as they come, over TCP, with
 * nothing but Netty.
 */
final class Echo {

	private Echo() {
	}

	/**
	 * Starts a thread for messages.
	 * @return its loop, to be shut down by who calls this
	 */
	static EventLoopGroup loop() {
		return new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
	}

	/**
	 * Starts to send back what arrives.
	 * @return the port
	 */
	static int serve() {
		Channel listening = new ServerBootstrap().group(loop())
			.channel(NioServerSocketChannel.class)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<SocketChannel>() {

				@Override
				protected void initChannel(SocketChannel channel) {
					channel.pipeline().addLast(new Returning());
				}

			})
			.bind(CallPeer.address(0))
			.syncUninterruptibly()
			.channel();
		return ((InetSocketAddress) listening.localAddress()).getPort();
	}

	/**
	 * Sends messages, and waits for them to come back.
	 * @param port where they are sent back
	 * @param size how many octets a message has
	 * @param together how many messages are under way at a time
	 */
	static Calls connect(int port, int size, int together) {
		EventLoopGroup group = loop();
		Calls calls = connect(group, port, size, together);
		return new Calls() {

			@Override
			public void make(int count) throws InterruptedException {
				calls.make(count);
			}

			@Override
			public void close() {
				calls.close();
				group.shutdownGracefully();
			}

		};
	}

	/**
	 * Sends messages on a loop that there is, and waits for them to come back.
	 * @param group the loop
	 * @param port where they are sent back
	 * @param size how many octets a message has
	 * @param together how many messages are under way at a time
	 */
	static Calls connect(EventLoopGroup group, int port, int size, int together) {
		Returned returned = new Returned(size, together);
		Channel channel = new Bootstrap().group(group)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.handler(returned)
			.connect(CallPeer.address(port))
			.syncUninterruptibly()
			.channel();
		return new Calls() {

			@Override
			public void make(int count) throws InterruptedException {
				returned.left.set(count);
				int first = Math.min(count, together);
				channel.writeAndFlush(channel.alloc().buffer(first * size).writeZero(first * size));
				returned.over.acquire();
			}

			@Override
			public void close() {
				channel.close().syncUninterruptibly();
			}

		};
	}

	/**
	 * Sends back what arrives.
	 */
	private static final class Returning extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object octets) {
			context.write(octets);
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			context.flush();
		}

	}

	/**
	 * Counts messages that are back, and sends others instead.
	 */
	private static final class Returned extends ChannelInboundHandlerAdapter {

		private final int size;

		private final int together;

		private final AtomicInteger left = new AtomicInteger();

		private final Semaphore over = new Semaphore(0);

		private int octets;

		Returned(int size, int together) {
			this.size = size;
			this.together = together;
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object received) {
			ByteBuf buffer = (ByteBuf) received;
			this.octets += buffer.readableBytes();
			buffer.release();
			int messages = this.octets / this.size;
			this.octets %= this.size;
			int before = this.left.getAndAdd(-messages);
			int more = Math.min(messages, Math.max(0, before - this.together));
			if (more > 0) {
				context.writeAndFlush(context.alloc().buffer(more * this.size).writeZero(more * this.size));
			}
			if (before == messages) {
				this.over.release();
			}
		}

	}

}
