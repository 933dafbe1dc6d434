package org.rserpool.autoconfigure.actuate;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.OpenSession;
import org.rserpool.rpc.RSerPoolNode;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.runtime.SocketAddresses;
import org.rserpool.spring.element.PoolElementRegistry;
import org.rserpool.spring.element.PoolElementStatus;
import org.rserpool.transport.AssociationState;
import org.rserpool.user.CachedPool;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PolicyField;
import org.rserpool.wire.PoolHandle;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Shows how an application takes part in pools, and lets its elements leave and join.
 *
 * @since 0.1
 */
@Endpoint(id = "rserpool")
public class RSerPoolEndpoint {

	/** How many associations, registrars and sessions are shown at most. */
	private static final int MAX_SHOWN = 1000;

	private final RSerPoolNode node;

	private final PoolElementRegistry registry;

	/**
	 * Makes the endpoint.
	 * @param node takes part in pools
	 * @param registry has the application's elements
	 */
	public RSerPoolEndpoint(RSerPoolNode node, PoolElementRegistry registry) {
		this.node = node;
		this.registry = registry;
	}

	/**
	 * Shows the home registrar, the application's elements, the pools that it calls, and
	 * the first 1000 each of its associations, the registrars that it knows, and the
	 * sessions that it has open.
	 * @return all of that
	 */
	@ReadOperation
	public Description rserpool() {
		RSerPoolNode.HomeRegistrar home = this.node.home();
		return new Description(
				(home != null)
						? new Registrar((home.identifier() != null) ? Identifiers.toString(home.identifier()) : null,
								SocketAddresses.text(home.address()))
						: null,
				this.registry.status().stream().map(RSerPoolEndpoint::element).toList(),
				this.node.pools().stream().map(RSerPoolEndpoint::pool).toList(),
				this.node.associations(MAX_SHOWN).stream().map(RSerPoolEndpoint::association).toList(),
				this.node.registrars(MAX_SHOWN).stream().map(RSerPoolEndpoint::known).toList(),
				this.node.sessions(MAX_SHOWN).stream().map(RSerPoolEndpoint::session).toList());
	}

	/**
	 * Gives an element another weight or priority, and lets elements leave their pools,
	 * or join them again. Leaving elements go on with the calls that they have; the
	 * application stays up.
	 * @param action {@code drain} or {@code undrain}
	 * @param pool the pool of the element; if none is given, all elements leave or join
	 * @param weight the weight of the element of the pool, from 0 to 4294967295
	 * @param priority the priority of the element of the pool, from 0 to 4294967295
	 * @return how the elements stand then
	 */
	@WriteOperation
	public List<Element> change(@Nullable String action, @Nullable String pool, @Nullable Long weight,
			@Nullable Long priority) {
		List<PoolHandle> pools = this.registry.status()
			.stream()
			.map(PoolElementStatus::pool)
			.filter((handle) -> pool == null || handle.equals(PoolHandle.of(pool)))
			.toList();
		if (pool != null && pools.isEmpty()) {
			throw invalid("This application has no element of pool '" + pool + "'");
		}
		if (action == null && weight == null && priority == null) {
			throw invalid("There is no action, weight or priority");
		}
		Consumer<PoolHandle> move = move(action);
		change(pool, PolicyField.WEIGHT, weight);
		change(pool, PolicyField.PRIORITY, priority);
		pools.forEach(move);
		return this.registry.status()
			.stream()
			.filter((status) -> pools.contains(status.pool()))
			.map(RSerPoolEndpoint::element)
			.toList();
	}

	private Consumer<PoolHandle> move(@Nullable String action) {
		if (action == null) {
			return (handle) -> {
			};
		}
		return switch (action.toLowerCase(Locale.ROOT)) {
			case "drain" -> this.registry::drain;
			case "undrain" -> this.registry::undrain;
			default -> throw invalid("The action is drain or undrain, not '" + action + "'");
		};
	}

	private void change(@Nullable String pool, PolicyField field, @Nullable Long value) {
		if (value == null) {
			return;
		}
		if (pool == null) {
			throw invalid("Whose " + field + " is to change? There is no pool");
		}
		try {
			this.registry.change(PoolHandle.of(pool), field, value);
		}
		catch (IllegalArgumentException ex) {
			throw invalid("The " + field + " of the element of pool '" + pool + "' cannot change: " + ex.getMessage());
		}
	}

	private static InvalidEndpointRequestException invalid(String reason) {
		return new InvalidEndpointRequestException(reason, reason);
	}

	private static Element element(PoolElementStatus status) {
		RegisteredElement element = status.element();
		return new Element(status.pool().toString(), status.source(),
				(element != null) ? Identifiers.toString(element.identifier()) : null,
				(element != null) ? element.state().name() : RegisteredElement.State.DEREGISTERED.name(),
				(element != null) ? element.rejection() : null, status.drained(), status.callsInProgress(),
				status.load(), status.policy().toString(), (element != null) ? element.sessions() : 0);
	}

	private static KnownPool pool(CachedPool pool) {
		return new KnownPool(pool.pool().toString(),
				pool.elements().stream().map((element) -> Identifiers.toString(element.identifier())).toList(),
				pool.suspects(), pool.age().toMillis(), pool.stale());
	}

	private static KnownRegistrar known(org.rserpool.rpc.KnownRegistrar known) {
		return new KnownRegistrar((known.identifier() != null) ? Identifiers.toString(known.identifier()) : null,
				SocketAddresses.text(known.address()), known.state().name(), known.failure());
	}

	private static Session session(OpenSession open) {
		return new Session(open.pool().toString(), open.binding(), open.identifier(),
				(open.element() != null) ? Identifiers.toString(open.element()) : null, open.cookie());
	}

	private static Association association(AssociationState state) {
		return new Association(state.protocol().name(), state.channel().name(), state.outbound(),
				state.localAddresses().stream().map(SocketAddresses::text).toList(),
				state.paths()
					.stream()
					.map((path) -> new Path(SocketAddresses.text(path.peer()), path.reachable()))
					.toList());
	}

	/**
	 * How an application takes part in pools.
	 *
	 * @param registrar the home registrar, or {@code null} if there is none
	 * @param elements the application's elements
	 * @param pools the pools that it calls
	 * @param associations what it is associated with, 1000 at most
	 * @param registrars the registrars that it knows, 1000 at most
	 * @param sessions the sessions that it has open with pools, 1000 at most
	 */
	public record Description(@Nullable Registrar registrar, List<Element> elements, List<KnownPool> pools,
			List<Association> associations, List<KnownRegistrar> registrars, List<Session> sessions) {
	}

	/**
	 * An association with a registrar, an element or a user.
	 *
	 * @param protocol {@code SCTP} or {@code TCP}
	 * @param channel what it carries: {@code ASAP} with a registrar, {@code SESSION}
	 * between user and element
	 * @param outbound whether the application set it up
	 * @param localAddresses the addresses of the application, each as host:port
	 * @param paths the addresses of the other side
	 */
	public record Association(String protocol, String channel, boolean outbound, List<String> localAddresses,
			List<Path> paths) {
	}

	/**
	 * A path of an association. Over SCTP there may be several.
	 *
	 * @param address the address of the other side, as host:port
	 * @param reachable whether the path works, as far as is known
	 */
	public record Path(String address, boolean reachable) {
	}

	/**
	 * A registrar.
	 *
	 * @param identifier its identifier, or {@code null} if it did not say
	 * @param address where it is reached, as host:port
	 */
	public record Registrar(@Nullable String identifier, String address) {
	}

	/**
	 * A registrar that is configured, announced, or associated with.
	 *
	 * @param identifier its identifier, or {@code null} if it did not say
	 * @param address where it is reached, as host:port
	 * @param state {@code HOME}, {@code STANDBY} if there is an association with it,
	 * {@code FAILED} if it could not be made home when it was tried last, or
	 * {@code KNOWN}
	 * @param failure why it failed, or {@code null}
	 */
	public record KnownRegistrar(@Nullable String identifier, String address, String state, @Nullable String failure) {
	}

	/**
	 * A session that the application has open with a pool.
	 *
	 * @param pool the pool
	 * @param binding {@code rpc} for a session of calls, {@code session} for one of
	 * messages
	 * @param identifier its identifier, or {@code null} if it has none
	 * @param element the identifier of the element that it is with, or {@code null}
	 * @param cookie whether another element could go on by a cookie
	 */
	public record Session(String pool, String binding, @Nullable String identifier, @Nullable String element,
			boolean cookie) {
	}

	/**
	 * An element of the application.
	 *
	 * @param pool its pool
	 * @param bean where it comes from
	 * @param identifier its identifier, or {@code null} while it is not in its pool
	 * @param state how its registration stands
	 * @param rejection why it was refused, or {@code null}
	 * @param drained whether it stays out of its pool until it is told to join
	 * @param callsInProgress how many calls it carries out
	 * @param load the load that was reported last, or {@code null} if none is
	 * @param policy the policy of its pool, with the values of this element
	 * @param sessions how many sessions of users it has in memory
	 */
	public record Element(String pool, String bean, @Nullable String identifier, String state,
			@Nullable String rejection, boolean drained, int callsInProgress, @Nullable Double load, String policy,
			int sessions) {
	}

	/**
	 * A pool that the application calls.
	 *
	 * @param pool its handle
	 * @param elements the identifiers of its elements, as far as they are known
	 * @param suspects how many are under suspicion, or on probation after it
	 * @param ageMillis how long ago a registrar said so, in milliseconds
	 * @param stale whether a registrar is asked again at the next call
	 */
	public record KnownPool(String pool, List<String> elements, int suspects, long ageMillis, boolean stale) {
	}

}
