package org.rserpool.spring.grpc;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.CreateSubchannelArgs;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.Status;
import io.grpc.SynchronizationContext.ScheduledHandle;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an element, from its beginning to its end: it fails once, and is not
 * established again. But for {@link #pick()}, {@link #gone()} and {@link #abandon}, it is
 * used on the synchronization context of its channel alone.
 */
final class ElementConnection {

	/** After so many times that calls have waited in vain, it is given up. */
	private static final int MAXIMUM_WAITS = 20;

	private final LoadBalancer.Helper helper;

	private final InetSocketAddress address;

	private final Consumer<ElementConnection> changed;

	private @Nullable Subchannel subchannel;

	private @Nullable ScheduledHandle timer;

	private volatile PickResult result = PickResult.withNoResult();

	private volatile boolean ended;

	private volatile boolean gone;

	/**
	 * Makes a connection, not begun.
	 * @param helper makes it
	 * @param address where the element is
	 * @param changed told when {@link #pick()} has another answer
	 */
	ElementConnection(LoadBalancer.Helper helper, InetSocketAddress address, Consumer<ElementConnection> changed) {
		this.helper = helper;
		this.address = address;
		this.changed = changed;
	}

	void begin(Duration timeout) {
		if (this.ended) {
			return;
		}
		Subchannel created = this.helper.createSubchannel(
				CreateSubchannelArgs.newBuilder().setAddresses(new EquivalentAddressGroup(this.address)).build());
		this.subchannel = created;
		created.start((state) -> update(created, state));
		watch(timeout, MAXIMUM_WAITS);
		created.requestConnection();
	}

	/**
	 * Fails the attempts that have waited long enough. The connection may still be
	 * established for later ones.
	 */
	private void watch(Duration timeout, int waits) {
		this.timer = this.helper.getSynchronizationContext().schedule(() -> {
			Status status = Status.UNAVAILABLE
				.withDescription("no connection to " + this.address + " within " + timeout.toMillis() + " ms");
			if (waits == 1) {
				fail(status);
				return;
			}
			this.result = PickResult.withError(status);
			this.changed.accept(this);
			if (!this.ended) {
				this.result = PickResult.withNoResult();
				watch(timeout, waits - 1);
			}
		}, timeout.toNanos(), TimeUnit.NANOSECONDS, this.helper.getScheduledExecutorService());
	}

	InetSocketAddress address() {
		return this.address;
	}

	PickResult pick() {
		return this.result;
	}

	/**
	 * Return whether it was established, and ended since.
	 */
	boolean gone() {
		return this.gone;
	}

	boolean ended() {
		return this.ended;
	}

	/**
	 * Ends it, so that no other call takes it. What it carries is left to its own
	 * deadline. Any thread may do so.
	 * @param detail why, in words
	 */
	void abandon(String detail) {
		this.helper.getSynchronizationContext().execute(() -> fail(Status.UNAVAILABLE.withDescription(detail)));
	}

	/**
	 * Ends it without telling. What it carries may go on.
	 */
	void close() {
		this.ended = true;
		if (this.timer != null) {
			this.timer.cancel();
		}
		if (this.subchannel != null) {
			this.subchannel.shutdown();
		}
	}

	private void update(Subchannel established, ConnectivityStateInfo state) {
		if (this.ended) {
			return;
		}
		switch (state.getState()) {
			case READY -> {
				if (this.timer != null) {
					this.timer.cancel();
				}
				this.result = PickResult.withSubchannel(established);
				this.changed.accept(this);
			}
			case TRANSIENT_FAILURE -> fail(state.getStatus());
			case IDLE -> {
				this.gone = true;
				fail(Status.UNAVAILABLE.withDescription("the connection to " + this.address + " ended"));
			}
			case CONNECTING, SHUTDOWN -> {
			}
		}
	}

	private void fail(Status status) {
		if (!this.ended) {
			this.result = PickResult.withError(status);
			close();
			this.changed.accept(this);
		}
	}

}
