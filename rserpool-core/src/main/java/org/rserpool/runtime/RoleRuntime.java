package org.rserpool.runtime;

import java.time.Duration;
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

}
