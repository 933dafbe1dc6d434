/**
 * Auto-configuration of pool elements and pool users that speak gRPC.
 */
@NullMarked
package org.rserpool.autoconfigure.grpc;

import org.jspecify.annotations.NullMarked;
