package org.rserpool.samples.quickstart;

import org.rserpool.spring.Idempotent;

/**
 * What the pool offers. Element and user share this interface.
 */
@Idempotent
public interface Digests {

	byte[] sha256(byte[] chunk);

}
