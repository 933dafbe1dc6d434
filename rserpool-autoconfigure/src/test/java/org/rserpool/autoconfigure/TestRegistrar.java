package org.rserpool.autoconfigure;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

import org.rserpool.registrar.MulticastSettings;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarRole;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.runtime.MulticastSpecification;
import org.rserpool.transport.RoleLoop;
import org.rserpool.transport.TransportSettings;

/**
 * A registrar in this process, at a port that was free.
 */
public class TestRegistrar implements AutoCloseable {

	private final RoleLoop loop;

	private final RegistrarRole role;

	public TestRegistrar() {
		this(0);
	}

	public TestRegistrar(int port) {
		this(port, TransportSettings.defaults());
	}

	public TestRegistrar(int port, TransportSettings transport) {
		this(port, transport, MulticastSettings.NONE);
	}

	/**
	 * Starts a registrar that makes itself known on the loopback interface.
	 * @param group the multicast group to which it announces itself
	 */
	public TestRegistrar(InetSocketAddress group) {
		this(0, TransportSettings.defaults(),
				MulticastSettings.of(List.of(MulticastSpecification.loopback(group)), List.of()));
	}

	private TestRegistrar(int port, TransportSettings transport, MulticastSettings multicast) {
		this.loop = RoleLoop.start("registrar", transport);
		InetAddress loopback = InetAddress.getLoopbackAddress();
		RegistrarSettings settings = RegistrarSettings.builder()
			.asapListen(List.of(new InetSocketAddress(loopback, port)))
			.enrpListen(List.of(new InetSocketAddress(loopback, 0)))
			.multicast(multicast)
			.build();
		this.role = this.loop.call(() -> {
			RegistrarRole started = new RegistrarRole(this.loop, settings, new RegistrarListener() {
			});
			started.start();
			return started;
		});
	}

	public int port() {
		return snapshot().asapAddresses().get(0).getPort();
	}

	/** Tells how many elements are registered. */
	public int elements() {
		return snapshot().pools().stream().mapToInt((pool) -> pool.elements().size()).sum();
	}

	/** Tells how often what happened. */
	public Map<String, Long> counters() {
		return this.loop.call(this.role::counters);
	}

	public RegistrarSnapshot snapshot() {
		return this.loop.call(this.role::snapshot);
	}

	@Override
	public void close() {
		this.loop.call(() -> {
			this.role.stop();
			return true;
		});
		this.loop.close();
	}

}
