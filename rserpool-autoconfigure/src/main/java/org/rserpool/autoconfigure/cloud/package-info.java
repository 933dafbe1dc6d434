/**
 * Pools for Spring Cloud: discovery clients, and a supplier for its load balancer.
 */
@NullMarked
package org.rserpool.autoconfigure.cloud;

import org.jspecify.annotations.NullMarked;
