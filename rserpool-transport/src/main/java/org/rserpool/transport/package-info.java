/**
 * Carries messages between roles over a network: a loop on which roles live, and
 * associations over TCP on Netty.
 */
@NullMarked
package org.rserpool.transport;

import org.jspecify.annotations.NullMarked;
