/**
 * The state of sessions between calls: how it is encoded, and the cookies that carry it
 * from one pool element to the next.
 */
@NullMarked
package org.rserpool.rpc.state;

import org.jspecify.annotations.NullMarked;
