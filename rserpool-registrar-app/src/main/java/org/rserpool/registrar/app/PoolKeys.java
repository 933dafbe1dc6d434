package org.rserpool.registrar.app;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.rserpool.wire.Octets;
import org.rserpool.wire.PoolHandle;

/**
 * Names pools in addresses, and shows texts that somebody else chose the length of. A
 * pool handle may have more octets than an address can.
 */
final class PoolKeys {

	static final int MAX_TEXT = 512;

	/** How many octets of a pool handle its key has at most. */
	private static final int MAX_OCTETS = 64;

	private static final String DIGEST = "sha256-";

	private PoolKeys() {
	}

	/**
	 * Returns the key of a pool: its handle in hexadecimal digits, or a digest of it if
	 * it is long.
	 */
	static String key(PoolHandle handle) {
		return isLong(handle) ? DIGEST + digest(handle) : handle.octets().toHex();
	}

	static boolean isLong(PoolHandle handle) {
		return handle.octets().length() > MAX_OCTETS;
	}

	/**
	 * Returns whether a key is that of some long pool handle.
	 */
	static boolean isDigest(String key) {
		return key.startsWith(DIGEST);
	}

	/**
	 * Reads the key of a pool handle that is not long.
	 * @throws InvalidQueryException if it is none
	 */
	static PoolHandle parse(String key) {
		try {
			return new PoolHandle(Octets.ofHex(key));
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidQueryException("\"" + cut(key) + "\" is no key of a pool: " + ex.getMessage());
		}
	}

	/**
	 * Returns a pool handle as text, cut where it is long.
	 */
	static String text(PoolHandle handle) {
		return cut(handle.toString());
	}

	/**
	 * Cuts a text that is too long to be looked at.
	 */
	static String cut(String text) {
		if (text.length() <= MAX_TEXT) {
			return text;
		}
		int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
		return text.substring(0, end) + "\u2026";
	}

	private static String digest(PoolHandle handle) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update(handle.octets().toBuffer());
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
