package org.rserpool.runtime;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a role asks of its surroundings. A role is an ordinary single-threaded object: all
 * calls to it, to its runtime and to its associations happen on one thread, the role's
 * loop, and no callback is made from inside such a call. So a role needs no lock, and the
 * same role runs on a network and in a simulation.
 *
 * @since 0.1
 */
public interface RoleRuntime {

	/**
	 * Return the time.
	 * @return nanoseconds since an arbitrary moment; never runs backwards
	 */
	long nanoTime();

	/**
	 * Runs a task later, on the role's loop.
	 * @param delay from now; zero or less means as soon as the present task is done
	 * @param task what to run
	 * @return a timer, to cancel it
	 */
	Timer schedule(Duration delay, Runnable task);

	/**
	 * Return the only source of randomness that a role uses.
	 * @return the source
	 */
	RandomGenerator random();

	/**
	 * Opens an endpoint, from which associations are set up and at which they arrive.
	 * @param specification what to open
	 * @param listener who is told what happens
	 * @return the endpoint, open
	 * @throws EndpointException if it cannot be opened, such as for an address that is
	 * taken or not local; the message names the address and the cause
	 */
	Endpoint open(EndpointSpecification specification, EndpointListener listener);

	/**
	 * Joins a multicast group. What fails on one interface hinders no other: the runtime
	 * logs it and tries again.
	 * @param specification the group
	 * @param listener who is told what arrives
	 * @return the group, joined as far as possible
	 * @throws EndpointException if this runtime has no multicast
	 */
	default MulticastGroup join(MulticastSpecification specification, MulticastListener listener) {
		throw new EndpointException("This runtime has no multicast to join " + specification.group() + " by");
	}

	/**
	 * Asks a name service for addresses. The outcome is told later, on the role's loop.
	 * @param name an unresolved address. With a port it is the name of a host, all of
	 * whose addresses are found. With port 0 it is the name of a service, such as
	 * {@code _asap-tcp._tcp.example.org}, whose hosts and ports are found (RFC 2782).
	 * @param outcome takes what was found
	 */
	default void resolve(InetSocketAddress name, Consumer<NameResolution> outcome) {
		schedule(Duration.ZERO, () -> outcome.accept(NameResolution.failed("this runtime has no name service")));
	}

}
