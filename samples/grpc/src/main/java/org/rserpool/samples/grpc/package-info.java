/**
 * gRPC servers that are elements of one pool.
 */
@NullMarked
package org.rserpool.samples.grpc;

import org.jspecify.annotations.NullMarked;
