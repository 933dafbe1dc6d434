package org.rserpool.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.rserpool.csp.ComponentIdentifier;
import org.rserpool.csp.ComponentStatus;
import org.rserpool.csp.StatusReport;
import org.rserpool.csp.StatusReportSettings;
import org.rserpool.runtime.NameResolution;
import org.rserpool.runtime.Timer;

/**
 * Reports the status of components to a monitor, by UDP (Component Status Protocol of the
 * reference implementation). Nothing depends on it: what cannot be sent is logged, once
 * for each reason, and the next report is tried all the same.
 *
 * @since 0.1
 */
public final class StatusReporter implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(StatusReporter.class);

	private final RoleLoop loop;

	private final StatusReportSettings settings;

	private final Supplier<List<ComponentStatus>> source;

	private final String host;

	private final DatagramChannel channel;

	/** Since when each component reports, in nanoseconds. */
	private final Map<ComponentIdentifier, Long> reporting = new LinkedHashMap<>();

	private @Nullable InetSocketAddress resolved;

	private @Nullable String failure;

	private @Nullable Timer timer;

	private boolean resolving;

	private boolean closed;

	private StatusReporter(RoleLoop loop, StatusReportSettings settings, Supplier<List<ComponentStatus>> source,
			String host, DatagramChannel channel) {
		this.loop = loop;
		this.settings = settings;
		this.source = source;
		this.host = host;
		this.channel = channel;
	}

	/**
	 * Starts to report. To be called from any thread but the loop's own, because asking
	 * for the name of this host may take a while.
	 * @param loop where the components live
	 * @param settings where and how often to report
	 * @param source has the components and their status. It is asked on the loop. A
	 * component that is not in its answer any more has gone away.
	 * @return the reporter, to be closed before the loop
	 * @throws IllegalStateException if this machine has no UDP
	 */
	public static StatusReporter start(RoleLoop loop, StatusReportSettings settings,
			Supplier<List<ComponentStatus>> source) {
		StatusReporter reporter = new StatusReporter(loop, settings, source, host(), open());
		logger.info("Status is reported to {} each {} ms", settings.monitor(), settings.interval().toMillis());
		loop.execute(reporter::tick);
		return reporter;
	}

	private static DatagramChannel open() {
		try {
			DatagramChannel channel = DatagramChannel.open();
			channel.configureBlocking(false);
			return channel;
		}
		catch (IOException ex) {
			throw new IllegalStateException("There is no UDP to report the status by: " + Causes.text(ex), ex);
		}
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			logger.debug("The name of this host is no address, too", ex);
			return hostOfKernel();
		}
	}

	private static String hostOfKernel() {
		try {
			return Files.readString(Path.of("/proc/sys/kernel/hostname")).trim();
		}
		catch (IOException ex) {
			logger.debug("The kernel does not tell the name of this host", ex);
			return "localhost";
		}
	}

	private void tick() {
		if (this.closed) {
			return;
		}
		this.timer = this.loop.schedule(this.settings.interval(), this::tick);
		InetSocketAddress monitor = this.settings.monitor();
		if (!monitor.isUnresolved()) {
			this.resolved = monitor;
		}
		else if (!this.resolving) {
			this.resolving = true;
			this.loop.resolve(monitor, this::resolved);
		}
		report();
	}

	private void resolved(NameResolution resolution) {
		this.resolving = false;
		if (resolution.failure() != null) {
			failed(resolution.failure());
			return;
		}
		boolean first = this.resolved == null;
		this.resolved = resolution.addresses().get(0);
		if (first && !this.closed) {
			report();
		}
	}

	private void report() {
		InetSocketAddress monitor = this.resolved;
		if (monitor == null) {
			return;
		}
		long now = this.loop.nanoTime();
		List<ComponentStatus> statuses = this.source.get();
		for (ComponentIdentifier known : List.copyOf(this.reporting.keySet())) {
			if (statuses.stream().noneMatch((status) -> status.component().equals(known))) {
				last(monitor, known, now);
			}
		}
		for (ComponentStatus status : statuses) {
			long since = this.reporting.computeIfAbsent(status.component(), (key) -> now);
			send(monitor, StatusReport.of(this.host, status, Duration.ofNanos(now - since), this.settings.interval()));
		}
	}

	private void last(InetSocketAddress monitor, ComponentIdentifier component, long now) {
		Long since = this.reporting.remove(component);
		if (since != null) {
			send(monitor, StatusReport.last(component, Duration.ofNanos(now - since), this.settings.interval()));
		}
	}

	private void send(InetSocketAddress monitor, StatusReport report) {
		try {
			this.channel.send(ByteBuffer.wrap(report.encode()), monitor);
			if (this.failure != null) {
				this.failure = null;
				logger.info("Status is reported to {} again", monitor);
			}
		}
		catch (IOException ex) {
			failed(Causes.text(ex));
		}
	}

	private void failed(@Nullable String reason) {
		if (reason != null && !reason.equals(this.failure)) {
			this.failure = reason;
			logger.warn("Status cannot be reported to {}: {}; it is tried again", this.settings.monitor(), reason);
		}
	}

	/**
	 * Tells the monitor that all components go away, and reports no more.
	 * @throws IllegalStateException if the loop is closed already
	 */
	@Override
	public void close() {
		this.loop.call(() -> {
			end();
			return true;
		});
	}

	private void end() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		if (this.timer != null) {
			this.timer.cancel();
		}
		InetSocketAddress monitor = this.resolved;
		if (monitor != null) {
			long now = this.loop.nanoTime();
			List.copyOf(this.reporting.keySet()).forEach((component) -> last(monitor, component, now));
		}
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			logger.debug("The socket for status reports was not closed", ex);
		}
	}

}
