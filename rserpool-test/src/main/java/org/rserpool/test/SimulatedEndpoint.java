package org.rserpool.test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.Endpoint;
import org.rserpool.runtime.EndpointException;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.EndpointSpecification;
import org.rserpool.runtime.TransportProtocol;

/**
 * An endpoint of a simulated process.
 */
final class SimulatedEndpoint implements Endpoint {

	private final SimulatedScope scope;

	private final SimulatedProcess process;

	private final EndpointSpecification specification;

	private final EndpointListener listener;

	private final List<InetSocketAddress> local;

	private final List<SimulatedAssociation> associations = new ArrayList<>();

	private boolean listening;

	private boolean closed;

	SimulatedEndpoint(SimulatedScope scope, SimulatedProcess process, EndpointSpecification specification,
			EndpointListener listener) {
		this.scope = scope;
		this.process = process;
		this.specification = specification;
		this.listener = listener;
		this.local = bind();
		this.listening = !this.local.isEmpty();
	}

	private List<InetSocketAddress> bind() {
		if (this.specification.local().isEmpty()) {
			return List.of();
		}
		int wanted = this.specification.local().get(0).getPort();
		int port = (wanted != 0) ? wanted : this.process.freePort();
		List<InetSocketAddress> bound = new ArrayList<>();
		for (InetSocketAddress address : this.specification.local()) {
			if (!address.getAddress().isAnyLocalAddress() && !this.process.isAt(address.getAddress())) {
				throw new EndpointException(address + " is no address of " + this.process);
			}
			bound.add(new InetSocketAddress(address.getAddress(), port));
		}
		if (!this.process.bind(this.specification.protocol(), port, this)) {
			throw new EndpointException("Port " + port + " of " + this.process + " is taken");
		}
		return List.copyOf(bound);
	}

	@Override
	public TransportProtocol protocol() {
		return this.specification.protocol();
	}

	@Override
	public List<InetSocketAddress> localAddresses() {
		return this.listening ? this.local : List.of();
	}

	@Override
	public Association associate(List<InetSocketAddress> peer) {
		SimulatedAssociation association = SimulatedAssociation.outbound(this.scope, this, peer);
		this.scope.network().connect(association, peer);
		return association;
	}

	@Override
	public void stopListening() {
		this.listening = false;
		this.process.unbind(this);
	}

	@Override
	public void close() {
		this.closed = true;
		stopListening();
		List.copyOf(this.associations).forEach(SimulatedAssociation::resetByKernel);
	}

	/**
	 * Return whether it listens at an address of its machine. A wildcard address stands
	 * for both address families.
	 */
	boolean listensAt(InetAddress address) {
		return this.local.stream()
			.map(InetSocketAddress::getAddress)
			.anyMatch((bound) -> bound.isAnyLocalAddress() || bound.equals(address));
	}

	SimulatedProcess process() {
		return this.process;
	}

	EndpointSpecification.Channel channel() {
		return this.specification.channel();
	}

	EndpointListener listener() {
		return this.listener;
	}

	boolean closed() {
		return this.closed;
	}

	void add(SimulatedAssociation association) {
		this.associations.add(association);
		this.process.add(association);
	}

	void remove(SimulatedAssociation association) {
		this.associations.remove(association);
		this.process.remove(association);
	}

}
