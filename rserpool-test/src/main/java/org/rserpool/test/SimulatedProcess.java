package org.rserpool.test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.TransportProtocol;

/**
 * A process of a simulated scope, on a machine of its own. It runs a program, and suffers
 * what a test does to it.
 *
 * @since 0.1
 */
public final class SimulatedProcess {

	private final SimulatedScope scope;

	private final String name;

	private final InetAddress address;

	private final InetAddress secondAddress;

	private final Program program;

	private final Map<PortKey, SimulatedEndpoint> listening = new LinkedHashMap<>();

	private final List<SimulatedAssociation> associations = new ArrayList<>();

	private final List<Runnable> deferred = new ArrayList<>();

	private State state = State.OFF;

	private int incarnation;

	private int nextPort = 40_000;

	private final LocalClock clock;

	SimulatedProcess(SimulatedScope scope, String name, InetAddress address, InetAddress secondAddress,
			Program program) {
		this.scope = scope;
		this.name = name;
		this.address = address;
		this.secondAddress = secondAddress;
		this.program = program;
		this.clock = new LocalClock(scope);
	}

	/**
	 * Return the name.
	 * @return the name, as it stands in the trace
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the address of the machine.
	 * @return the address
	 */
	public InetAddress address() {
		return this.address;
	}

	/**
	 * Return the address of the machine in the other address family.
	 * @return the address
	 */
	public InetAddress secondAddress() {
		return this.secondAddress;
	}

	/**
	 * Return an address of the process.
	 * @param port the port
	 * @return the address with that port
	 */
	public InetSocketAddress address(int port) {
		return new InetSocketAddress(this.address, port);
	}

	/**
	 * Return an address of the process in the other address family.
	 * @param port the port
	 * @return the address with that port
	 */
	public InetSocketAddress secondAddress(int port) {
		return new InetSocketAddress(this.secondAddress, port);
	}

	/**
	 * Return whether an address is one of the machine's.
	 * @param candidate the address, or {@code null}
	 * @return whether the machine is reached there
	 */
	public boolean isAt(@Nullable InetAddress candidate) {
		return this.address.equals(candidate) || this.secondAddress.equals(candidate);
	}

	/**
	 * Return the address by which the machine speaks to another.
	 */
	InetAddress addressTowards(InetAddress other) {
		return this.secondAddress.getClass().equals(other.getClass()) ? this.secondAddress : this.address;
	}

	/**
	 * Return whether the process runs, and does not hang.
	 * @return whether it runs
	 */
	public boolean running() {
		return this.state == State.RUNNING;
	}

	/**
	 * Return whether the process exists, even if it hangs.
	 * @return {@code false} after it crashed or lost its power
	 */
	public boolean alive() {
		return this.state == State.RUNNING || this.state == State.HUNG;
	}

	/**
	 * Sets how fast the clock of the machine runs, from now on.
	 * @param rate 1 for the right speed, 1.01 for a clock that gains 1 %
	 * @throws IllegalArgumentException if the rate is not positive
	 */
	public void clockRate(double rate) {
		this.scope.trace(this.name, "has a clock with rate " + rate);
		this.clock.rate(rate);
	}

	/**
	 * Breaks all associations of the process: both ends are told.
	 */
	public void loseAssociations() {
		this.scope.trace(this.name, "loses its associations");
		List.copyOf(this.associations).forEach(SimulatedAssociation::lose);
	}

	/**
	 * Return how many associations the machine holds.
	 * @return the number of ends at this process
	 */
	public int associationCount() {
		return this.associations.size();
	}

	/**
	 * Starts the program, anew and with nothing in its memory.
	 */
	public void start() {
		if (alive()) {
			throw new IllegalStateException(this.name + " runs already");
		}
		this.scope.trace(this.name, "starts");
		this.state = State.RUNNING;
		this.incarnation++;
		this.program.start(new SimulatedRuntime(this.scope, this));
		this.scope.network().released();
	}

	/**
	 * Ends the process as by {@code kill -9}: its machine resets all associations.
	 */
	public void crash() {
		this.scope.trace(this.name, "crashes");
		end(State.CRASHED);
		List<SimulatedAssociation> ended = List.copyOf(this.associations);
		this.associations.clear();
		ended.forEach(SimulatedAssociation::resetByKernel);
	}

	/**
	 * Takes the power from the machine: nobody is told.
	 */
	public void powerOff() {
		this.scope.trace(this.name, "loses its power");
		end(State.OFF);
		this.associations.clear();
	}

	/**
	 * Stops the process as by {@code SIGSTOP}: its machine still accepts associations and
	 * data.
	 */
	public void hang() {
		if (this.state == State.RUNNING) {
			this.scope.trace(this.name, "hangs");
			this.state = State.HUNG;
		}
	}

	/**
	 * Lets a process that hangs go on: what was due meanwhile happens now.
	 */
	public void resume() {
		if (this.state == State.HUNG) {
			this.scope.trace(this.name, "resumes");
			this.state = State.RUNNING;
			List<Runnable> due = List.copyOf(this.deferred);
			this.deferred.clear();
			int present = this.incarnation;
			due.forEach((task) -> this.scope.schedule(Duration.ZERO, () -> execute(present, task)));
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

	LocalClock clock() {
		return this.clock;
	}

	int incarnation() {
		return this.incarnation;
	}

	boolean powered() {
		return this.state != State.OFF;
	}

	boolean isStill(int expectedIncarnation) {
		return alive() && this.incarnation == expectedIncarnation;
	}

	void execute(int expectedIncarnation, Runnable task) {
		if (this.incarnation != expectedIncarnation || !alive()) {
			return;
		}
		if (this.state == State.HUNG) {
			this.deferred.add(task);
		}
		else {
			task.run();
		}
	}

	int freePort() {
		return this.nextPort++;
	}

	boolean bind(TransportProtocol protocol, int port, SimulatedEndpoint endpoint) {
		return this.listening.putIfAbsent(new PortKey(protocol, port), endpoint) == null;
	}

	void unbind(SimulatedEndpoint endpoint) {
		this.listening.values().remove(endpoint);
	}

	@Nullable SimulatedEndpoint listener(TransportProtocol protocol, int port) {
		return alive() ? this.listening.get(new PortKey(protocol, port)) : null;
	}

	void add(SimulatedAssociation association) {
		this.associations.add(association);
	}

	void remove(SimulatedAssociation association) {
		this.associations.remove(association);
	}

	private void end(State next) {
		this.state = next;
		this.incarnation++;
		this.deferred.clear();
		this.listening.clear();
	}

	/**
	 * What a process runs.
	 */
	@FunctionalInterface
	public interface Program {

		/**
		 * Starts the program's roles.
		 * @param runtime the surroundings of the roles
		 */
		void start(RoleRuntime runtime);

	}

	private enum State {

		RUNNING, HUNG, CRASHED, OFF

	}

	private record PortKey(TransportProtocol protocol, int port) {

	}

}
