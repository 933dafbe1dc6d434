package org.rserpool.transport;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;

import com.sun.nio.sctp.SctpChannel;
import com.sun.nio.sctp.SctpServerChannel;
import io.netty.channel.nio.NioIoOps;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port that is only listened at.
 */
final class SctpServerPort implements SctpPort {

	private static final Logger logger = LoggerFactory.getLogger(SctpServerPort.class);

	private final SctpEndpoint endpoint;

	private final SctpServerChannel channel;

	private final SctpSelection selection;

	private final int number;

	SctpServerPort(SctpEndpoint endpoint, SctpServerChannel channel) throws IOException {
		this.endpoint = endpoint;
		this.channel = channel;
		this.number = SctpSockets.port(channel.getAllLocalAddresses());
		this.selection = new SctpSelection(endpoint.loop(), channel, NioIoOps.ACCEPT, this::accept);
	}

	@Override
	public int number() {
		return this.number;
	}

	@Override
	public void close() {
		accept();
		this.selection.close();
	}

	private void accept() {
		try {
			SctpChannel arrived = this.channel.accept();
			while (arrived != null) {
				this.endpoint.accept(arrived, false);
				arrived = this.channel.isOpen() ? this.channel.accept() : null;
			}
		}
		catch (ClosedChannelException ex) {
			logger.debug("Port {} is closed already", this.number, ex);
		}
		catch (IOException ex) {
			// Such as no file descriptor left: trying again at once would only use the
			// processor.
			logger.warn("No association can be taken at port {} for a second: {}", this.number, Causes.text(ex));
			this.selection.waitFor(NioIoOps.NONE);
			this.endpoint.loop().schedule(() -> this.selection.waitFor(NioIoOps.ACCEPT), 1, TimeUnit.SECONDS);
		}
	}

}
