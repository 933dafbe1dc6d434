/**
 * Pool elements and pool users that speak gRPC.
 */
@NullMarked
package org.rserpool.spring.grpc;

import org.jspecify.annotations.NullMarked;
