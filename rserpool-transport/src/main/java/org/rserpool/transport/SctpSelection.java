package org.rserpool.transport;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoOps;
import io.netty.channel.nio.NioSelectableChannelIoHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits on the loop for what a channel is ready for.
 */
final class SctpSelection {

	private static final Logger logger = LoggerFactory.getLogger(SctpSelection.class);

	private final SelectableChannel channel;

	private final IoRegistration registration;

	private Runnable ready;

	private @Nullable NioIoOps operations;

	/**
	 * Registers a channel. Called on the loop.
	 * @param loop the loop
	 * @param channel the channel, not blocking
	 * @param operations what to wait for
	 * @param ready run when the channel is ready for some of it
	 */
	SctpSelection(IoEventLoop loop, SelectableChannel channel, NioIoOps operations, Runnable ready) {
		this.channel = channel;
		this.ready = ready;
		this.registration = loop.register(new NioSelectableChannelIoHandle<>(channel) {

			@Override
			protected void handle(SelectableChannel selected, SelectionKey key) {
				SctpSelection.this.ready.run();
			}

		}).getNow();
		waitFor(operations);
	}

	void onReady(Runnable other) {
		this.ready = other;
	}

	void waitFor(NioIoOps wanted) {
		if (wanted != this.operations && this.registration.isValid()) {
			this.operations = wanted;
			this.registration.submit(wanted);
		}
	}

	void close() {
		this.registration.cancel();
		close(this.channel);
	}

	static void close(SelectableChannel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			logger.warn("A channel could not be closed", ex);
		}
	}

}
