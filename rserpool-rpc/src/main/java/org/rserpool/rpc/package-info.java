/**
 * Calls over a session between a pool user and a pool element: frames, deadlines,
 * outcomes and payload codecs.
 */
@NullMarked
package org.rserpool.rpc;

import org.jspecify.annotations.NullMarked;
