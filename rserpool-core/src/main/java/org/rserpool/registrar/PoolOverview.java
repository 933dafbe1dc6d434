package org.rserpool.registrar;

import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;

/**
 * A pool, without its elements.
 *
 * @param handle its name
 * @param policy the policy of its first element, of which the type is the pool's
 * @param elements how many elements it has
 * @param ownElements how many of them the registrar owns that was asked
 * @since 0.1
 */
public record PoolOverview(PoolHandle handle, MemberSelectionPolicy policy, int elements, int ownElements) {

}
