package org.rserpool.rpc;

import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;

import org.rserpool.element.ElementSettings;
import org.rserpool.session.BusinessCards;
import org.rserpool.transport.RoleLoop;
import org.rserpool.user.PoolUserRole;
import org.rserpool.wire.PoolHandle;

/**
 * The roles of a node, for its extensions. To be used on the loop.
 *
 * @since 0.1
 */
public interface NodeRoles {

	/**
	 * Return the settings of the node.
	 * @return the settings
	 */
	NodeSettings settings();

	/**
	 * Return the loop on which the roles live. Any thread may use it.
	 * @return the loop
	 */
	RoleLoop loop();

	/**
	 * Return the pool user.
	 * @return the pool user
	 */
	PoolUserRole user();

	/**
	 * Return the business cards of the node.
	 * @return the cards, or {@code null} if it exchanges none
	 */
	@Nullable BusinessCards cards();

	/**
	 * Return the home registrar.
	 * @return the registrar in words, or {@code null} while there is none
	 */
	@Nullable String registrar();

	/**
	 * Return an identifier for a new pool element.
	 * @param pool its pool
	 * @param wanted the identifier that is wanted, or {@code null} to draw one
	 * @return the identifier
	 * @throws IllegalArgumentException if an element of this node has it already
	 */
	int identifier(PoolHandle pool, @Nullable Integer wanted);

	/**
	 * Registers a pool element, and goes on registering it until it is deregistered.
	 * @param settings the element
	 * @param inProgress how many sessions its users have
	 * @param onLeave run on the loop when it leaves its pool; perhaps more than once
	 * @return the element, being registered
	 */
	RegisteredElement register(ElementSettings settings, IntSupplier inProgress, Runnable onLeave);

}
