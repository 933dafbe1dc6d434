package org.rserpool.samples.quickstart;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import org.rserpool.spring.PoolElement;

import org.springframework.context.annotation.Profile;

/**
 * The pool element.
 */
@PoolElement("digests")
@Profile("element")
class Sha256Digests implements Digests {

	@Override
	public byte[] sha256(byte[] chunk) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(chunk);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
