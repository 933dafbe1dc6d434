/**
 * Carries messages between roles over a network: a loop on which roles live, and
 * associations over the kernel's SCTP and over TCP, on Netty loops.
 */
@NullMarked
package org.rserpool.transport;

import org.jspecify.annotations.NullMarked;
