/**
 * Sessions of messages: what a pool user and a pool element exchange as they like, with
 * failover and cookies (RFC 5352, section 3.8).
 */
@NullMarked
package org.rserpool.rpc.session;

import org.jspecify.annotations.NullMarked;
