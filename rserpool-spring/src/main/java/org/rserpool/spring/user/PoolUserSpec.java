package org.rserpool.spring.user;

/**
 * A pool user that is to be made.
 *
 * @param name its name, without placeholders, not empty
 * @param settings which pool it calls, and how
 * @since 0.1
 */
public record PoolUserSpec(String name, PoolUserSettings settings) {

}
