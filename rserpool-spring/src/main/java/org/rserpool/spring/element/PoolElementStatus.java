package org.rserpool.spring.element;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.RegisteredElement;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolHandle;

/**
 * How a pool element of the application stands.
 *
 * @param pool its pool
 * @param source where it comes from: the name of its bean
 * @param drained whether it stays out of its pool until
 * {@link PoolElementRegistry#undrain}
 * @param callsInProgress how many calls it is carrying out
 * @param load the load that was reported last, or {@code null} if none is
 * @param element the registration, or {@code null} while it is not in its pool
 * @param policy the pool's policy, with this element's values but for its load
 * @since 0.1
 */
public record PoolElementStatus(PoolHandle pool, String source, boolean drained, int callsInProgress,
		@Nullable Double load, @Nullable RegisteredElement element, MemberSelectionPolicy policy) {

}
