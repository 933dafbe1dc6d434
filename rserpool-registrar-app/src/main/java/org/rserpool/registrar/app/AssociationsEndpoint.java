package org.rserpool.registrar.app;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.rserpool.transport.AssociationState;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows the associations with peers, pool elements and pool users, and the state of their
 * paths.
 */
@Endpoint(id = "associations")
class AssociationsEndpoint {

	private static final int DEFAULT_LIMIT = 1000;

	private final Registrar registrar;

	AssociationsEndpoint(Registrar registrar) {
		this.registrar = registrar;
	}

	/**
	 * Shows associations, those with the longest life first.
	 * @param limit how many at most; 1000 if nothing is said
	 */
	@ReadOperation
	List<AssociationView> associations(@Nullable Integer limit) {
		int most = (limit != null) ? limit : DEFAULT_LIMIT;
		if (most < 1) {
			String reason = "The limit is at least 1, not " + most;
			throw new InvalidEndpointRequestException(reason, reason);
		}
		return this.registrar.associations(most).stream().map(AssociationsEndpoint::view).toList();
	}

	private static AssociationView view(AssociationState state) {
		return new AssociationView(state.protocol().name(), state.channel().name(), state.outbound(),
				HandlespaceViews.addresses(state.localAddresses()),
				state.paths()
					.stream()
					.map((path) -> new PathView(HandlespaceViews.address(path.peer()), path.reachable()))
					.toList());
	}

	/**
	 * An association.
	 *
	 * @param protocol SCTP or TCP
	 * @param channel what it carries: ASAP with elements and users, ENRP with peers
	 * @param outbound whether this registrar set it up
	 * @param localAddresses addresses of this registrar
	 * @param paths addresses of the other side
	 */
	record AssociationView(String protocol, String channel, boolean outbound, List<String> localAddresses,
			List<PathView> paths) {
	}

	/**
	 * A path of an association. Over SCTP there may be several.
	 *
	 * @param address address of the other side
	 * @param reachable whether the path works, as far as is known
	 */
	record PathView(String address, boolean reachable) {
	}

}
