package org.rserpool.test;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import org.rserpool.element.ElementSettings;
import org.rserpool.element.ElementState;
import org.rserpool.element.PoolElementListener;
import org.rserpool.element.PoolElementRole;
import org.rserpool.hunt.Home;
import org.rserpool.hunt.HuntSettings;
import org.rserpool.hunt.RegistrarHunt;
import org.rserpool.runtime.Association;
import org.rserpool.runtime.DownReason;
import org.rserpool.runtime.EndpointListener;
import org.rserpool.runtime.RoleRuntime;
import org.rserpool.runtime.UserMessage;
import org.rserpool.session.SessionEndpoint;
import org.rserpool.session.SessionSettings;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;
import org.rserpool.wire.WireCodec;

/**
 * A simulated process with one pool element, whose service sends back what it receives.
 *
 * @since 0.1
 */
public final class SimulatedElement {

	private final SimulatedScope scope;

	private final SimulatedProcess process;

	private final PoolHandle pool;

	private int identifier;

	private final List<InetSocketAddress> registrars;

	private final UnaryOperator<ElementSettings> settings;

	private boolean listeningEverywhere;

	private UnaryOperator<HuntSettings> hunting = UnaryOperator.identity();

	private @Nullable PoolElementRole role;

	private @Nullable RegistrarHunt hunt;

	private long served;

	/**
	 * Adds an element to a scope, not started.
	 * @param scope the scope
	 * @param name the name of its process
	 * @param pool the pool
	 * @param identifier the element's identifier
	 * @param registrars the addresses of registrars
	 * @param settings changes the default settings
	 */
	public SimulatedElement(SimulatedScope scope, String name, PoolHandle pool, int identifier,
			List<InetSocketAddress> registrars, UnaryOperator<ElementSettings> settings) {
		this.scope = scope;
		this.pool = pool;
		this.identifier = identifier;
		this.registrars = List.copyOf(registrars);
		this.settings = settings;
		this.process = scope.process(name, this::run);
	}

	/**
	 * Changes how the element looks for registrars, from its next start on.
	 * @param settings changes the default settings
	 */
	public void hunting(UnaryOperator<HuntSettings> settings) {
		this.hunting = settings;
	}

	/**
	 * Lets the element listen at all addresses of its machine, from its next start on. It
	 * then registers with the one by which it speaks to its home registrar.
	 */
	public void listenEverywhere() {
		this.listeningEverywhere = true;
	}

	/**
	 * Return the process.
	 * @return the process
	 */
	public SimulatedProcess process() {
		return this.process;
	}

	/**
	 * Return the pool.
	 * @return the pool
	 */
	public PoolHandle pool() {
		return this.pool;
	}

	/**
	 * Return the element's identifier.
	 * @return the identifier
	 */
	public int identifier() {
		return this.identifier;
	}

	/**
	 * Gives the element another identifier, from its next start on.
	 * @param newIdentifier the identifier
	 * @throws IllegalStateException if the process runs
	 */
	public void identifier(int newIdentifier) {
		if (this.process.alive()) {
			throw new IllegalStateException(this.process + " runs as " + this.identifier);
		}
		this.identifier = newIdentifier;
	}

	/**
	 * Return the role.
	 * @return the role of the present run of the process
	 * @throws IllegalStateException if the process was never started
	 */
	public PoolElementRole role() {
		if (this.role == null) {
			throw new IllegalStateException(this.process + " was never started");
		}
		return this.role;
	}

	/**
	 * Return the home registrar, as the element sees it.
	 * @return the home, or {@code null} if there is none
	 */
	public @Nullable Home home() {
		return (this.hunt != null) ? this.hunt.home() : null;
	}

	/**
	 * Return how many requests were answered.
	 * @return the number, over all runs of the process
	 */
	public long served() {
		return this.served;
	}

	private void run(RoleRuntime runtime) {
		InetSocketAddress any = this.listeningEverywhere ? new InetSocketAddress("0.0.0.0", 0)
				: this.process.address(0);
		SessionEndpoint service = SessionEndpoint.listen(runtime, SessionSettings.DEFAULT, new Service(), any);
		InetSocketAddress at = service.localAddresses().get(0);
		RegistrarHunt newHunt = new RegistrarHunt(runtime, new WireCodec(Dialect.RFC),
				this.hunting.apply(HuntSettings.of(this.registrars)));
		ElementSettings defaults = ElementSettings.of(this.pool, this.identifier,
				new Transport.Tcp(at.getPort(), at.getAddress()));
		PoolElementRole newRole = new PoolElementRole(runtime, newHunt, this.settings.apply(defaults), new Tracer());
		this.hunt = newHunt;
		this.role = newRole;
		newHunt.listen(any);
		newHunt.start();
		newRole.start();
	}

	@Override
	public String toString() {
		return this.process.name();
	}

	/**
	 * Sends back what it receives.
	 */
	private final class Service implements EndpointListener {

		@Override
		public void message(Association association, UserMessage message) {
			SimulatedElement.this.served++;
			association.send(new UserMessage(message.payloadProtocol(), message.data()));
		}

		@Override
		public void down(Association association, DownReason reason, String detail) {
			SimulatedElement.this.scope.trace(SimulatedElement.this.process.name(), "user gone: " + detail);
		}

	}

	/**
	 * Writes changes of state into the trace.
	 */
	private final class Tracer implements PoolElementListener {

		@Override
		public void stateChanged(PoolElementRole element, ElementState state, String detail) {
			SimulatedElement.this.scope.trace(SimulatedElement.this.process.name(), state + ": " + detail);
		}

	}

}
