package org.rserpool.rpc;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.rserpool.hunt.HuntFailure;
import org.rserpool.transport.AssociationState;
import org.rserpool.user.CachedPool;

/**
 * What one process needs to take part in an operation scope: it finds a home registrar,
 * registers pool elements, serves their calls, and calls pools. Any thread may use it.
 *
 * @since 0.1
 */
public interface RSerPoolNode extends AutoCloseable {

	/**
	 * Starts a node on the network. It looks for a home registrar by itself, now and
	 * whenever it has none; none needs to be there yet.
	 * @param settings how it takes part
	 * @return the node, running
	 */
	static RSerPoolNode start(NodeSettings settings) {
		return NetworkNode.start(settings);
	}

	/**
	 * Return the client for calls to pools.
	 * @return the client
	 */
	RpcClient client();

	/**
	 * Return the selector of elements for calls that are made by another protocol.
	 * @return the selector
	 */
	ElementSelector selector();

	/**
	 * Registers a pool element, and goes on registering it until it is deregistered.
	 * @param specification the element
	 * @return the element, being registered
	 */
	RegisteredElement register(ElementSpecification specification);

	/**
	 * Registers a pool element that is served by something else of this process, and goes
	 * on registering it until it is deregistered.
	 * @param specification the element
	 * @return the element, being registered
	 */
	RegisteredElement register(DataElementSpecification specification);

	/**
	 * Return an extension of this node, which is made when it is asked for the first
	 * time, and ends with the node.
	 * @param <T> the type of the extension
	 * @param type the type of the extension
	 * @param factory makes it, on the loop of the node
	 * @return the extension
	 * @throws UnsupportedOperationException if this node has no loop
	 * @throws IllegalStateException if the node is closed
	 */
	default <T extends NodeExtension> T extension(Class<T> type, Function<NodeRoles, T> factory) {
		throw new UnsupportedOperationException(getClass().getName() + " takes no " + type.getName());
	}

	/**
	 * Return the home registrar.
	 * @return the registrar, or {@code null} while there is none
	 */
	@Nullable HomeRegistrar home();

	/**
	 * Return why registrars could not be made home, while there is none.
	 * @return the addresses that were tried last, each with the reason; empty if none has
	 * failed yet, or if the node is closed
	 */
	default List<HuntFailure> registrarFailures() {
		return List.of();
	}

	/**
	 * Return the registrars that are known.
	 * @param limit how many at most
	 * @return the registrars: the home first, then the standbys, then the others; empty
	 * if the node is closed
	 */
	default List<KnownRegistrar> registrars(int limit) {
		return List.of();
	}

	/**
	 * Return the sessions that were opened with pools, and not closed.
	 * @param limit how many at most
	 * @return the sessions at this moment; empty if the node is closed
	 */
	default List<OpenSession> sessions(int limit) {
		return List.of();
	}

	/**
	 * Return for how long there has been no home registrar.
	 * @return the time since the last one was lost, or {@code null} if there is one, or
	 * never was any
	 */
	default @Nullable Duration homeLostFor() {
		return null;
	}

	/**
	 * Return the elements that were registered and did not leave.
	 * @return the elements
	 */
	List<RegisteredElement> elements();

	/**
	 * Return what is known of the pools that were called or resolved.
	 * @return the pools at this moment; a copy
	 */
	default Collection<CachedPool> pools() {
		return List.of();
	}

	/**
	 * Return the associations that are up, with registrars, elements and users.
	 * @param limit how many at most
	 * @return the associations; empty if the node is closed
	 */
	default List<AssociationState> associations(int limit) {
		return List.of();
	}

	/**
	 * Deregisters all elements, as far as a registrar can be told, and meanwhile lets the
	 * calls that they carry out end, for 2 s at most, ends all other calls and all
	 * associations, and ends the node's threads. Callers are told which calls were not
	 * begun, so those fail over. Interrupting the thread that waits cuts all this short.
	 */
	@Override
	void close();

	/**
	 * A registrar that a node is at home with.
	 *
	 * @param identifier its identifier, or {@code null} if it did not say yet
	 * @param address where it is reached
	 */
	record HomeRegistrar(@Nullable Integer identifier, InetSocketAddress address) {
	}

}
