/**
 * The registrar, which RFC 5353 calls the ENRP server: it keeps the handlespace, watches
 * the pool elements that it is home of, serves pool users, and agrees with its peers.
 */
@NullMarked
package org.rserpool.registrar;

import org.jspecify.annotations.NullMarked;
