package org.rserpool.autoconfigure;

import org.rserpool.spring.PoolUser;

/**
 * A bean that calls a pool.
 *
 * @param echo the pool user
 */
public record EchoUser(@PoolUser("echo") Echo echo) {
}
