package org.rserpool.spring.grpc;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer;
import io.grpc.Status;

/**
 * Sends each attempt to the element that was selected for it. It connects to elements
 * when they are selected.
 */
final class PoolLoadBalancer extends LoadBalancer {

	private final Helper helper;

	private final ConcurrentMap<Object, ElementConnection> connections = new ConcurrentHashMap<>();

	PoolLoadBalancer(Helper helper) {
		this.helper = helper;
	}

	@Override
	public Status acceptResolvedAddresses(ResolvedAddresses addresses) {
		tellPicks();
		return Status.OK;
	}

	@Override
	public void handleNameResolutionError(Status error) {
		this.helper.updateBalancingState(ConnectivityState.TRANSIENT_FAILURE,
				new FixedResultPicker(PickResult.withError(error)));
	}

	@Override
	public void shutdown() {
		this.connections.values().forEach(ElementConnection::close);
		this.connections.clear();
	}

	/**
	 * Lets all that waits for a connection ask again, by a picker that it did not ask
	 * yet.
	 */
	private void tellPicks() {
		this.helper.updateBalancingState(ConnectivityState.READY, new Picker());
	}

	private void changed(ElementConnection connection) {
		if (connection.ended()) {
			this.connections.remove(connection.address(), connection);
		}
		tellPicks();
	}

	private ElementConnection connection(PoolCallAttempt attempt) {
		ElementConnection standing = this.connections.get(attempt.address());
		if (standing != null && !standing.ended()) {
			return standing;
		}
		ElementConnection opened = new ElementConnection(this.helper, attempt.address(), this::changed);
		ElementConnection other = (standing != null)
				? (this.connections.replace(attempt.address(), standing, opened) ? null
						: this.connections.get(attempt.address()))
				: this.connections.putIfAbsent(attempt.address(), opened);
		if (other != null) {
			return other;
		}
		this.helper.getSynchronizationContext().execute(() -> opened.begin(attempt.connectTimeout()));
		return opened;
	}

	/**
	 * Answers where an attempt goes.
	 */
	private final class Picker extends SubchannelPicker {

		@Override
		public PickResult pickSubchannel(PickSubchannelArgs args) {
			PoolCallAttempt attempt = args.getCallOptions().getOption(PoolCallAttempt.KEY);
			if (attempt == null) {
				return PickResult.withError(Status.INTERNAL
					.withDescription("A call to a pool did not pass the interceptor that selects its element"));
			}
			ElementConnection used = attempt.connection();
			if (used == null) {
				used = connection(attempt);
				attempt.connection(used);
			}
			return used.pick();
		}

	}

}
