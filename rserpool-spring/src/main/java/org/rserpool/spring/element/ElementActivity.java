package org.rserpool.spring.element;

import org.rserpool.wire.PoolHandle;

/**
 * What a pool element is doing.
 *
 * @param pool its pool
 * @param callsInProgress how many calls it is carrying out, with those that wait for a
 * thread
 * @param concurrencyLimit how many it takes at most
 * @since 0.1
 */
public record ElementActivity(PoolHandle pool, int callsInProgress, int concurrencyLimit) {

}
