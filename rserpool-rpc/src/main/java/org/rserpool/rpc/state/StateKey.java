package org.rserpool.rpc.state;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key by which the elements of a pool protect the cookies of their sessions. All of
 * them have it, and nobody else. Its identifier is written into each cookie, so that keys
 * can be replaced while sessions last. One key for signing and one for encryption are
 * derived from it.
 *
 * @since 0.1
 */
public final class StateKey {

	/** How many octets a secret has at least. */
	public static final int MINIMUM_LENGTH = 16;

	private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9._-]{1,32}");

	private static final String HMAC = "HmacSHA256";

	private final String id;

	private final SecretKey signing;

	private final SecretKey encryption;

	/**
	 * Makes a key.
	 * @param id its identifier: 1 to 32 letters, digits, full stops, underscores or
	 * hyphens of ASCII
	 * @param secret what only the elements of the pool know, at least
	 * {@value #MINIMUM_LENGTH} octets
	 * @throws IllegalArgumentException if one of them is not that
	 */
	public StateKey(String id, byte[] secret) {
		if (!IDENTIFIER.matcher(id).matches()) {
			throw new IllegalArgumentException(
					"The identifier of a key has 1 to 32 of A-Z, a-z, 0-9, '.', '_' and '-', which \"" + id
							+ "\" has not");
		}
		if (secret.length < MINIMUM_LENGTH) {
			throw new IllegalArgumentException("The secret of key \"" + id + "\" has " + secret.length
					+ " octets, and needs at least " + MINIMUM_LENGTH);
		}
		this.id = id;
		this.signing = new SecretKeySpec(derive(secret, "rserpool session cookie signature"), HMAC);
		this.encryption = new SecretKeySpec(derive(secret, "rserpool session cookie encryption"), "AES");
	}

	/**
	 * Reads a key from text.
	 * @param text its identifier, a colon, and its secret in Base64, such as
	 * {@code 2026a:3q2+7w...}
	 * @return the key
	 * @throws IllegalArgumentException if the text is not that; the message does not
	 * repeat the secret
	 */
	public static StateKey parse(String text) {
		int colon = text.indexOf(':');
		if (colon < 0) {
			throw new IllegalArgumentException(
					"A key is written as IDENTIFIER:SECRET, with the secret in Base64; this one has no colon");
		}
		String id = text.substring(0, colon).trim();
		byte[] secret;
		try {
			secret = Base64.getDecoder().decode(text.substring(colon + 1).trim());
		}
		catch (IllegalArgumentException ex) {
			// Its message would tell a part of the secret
			throw new IllegalArgumentException("The secret of key \"" + id + "\" is not in Base64");
		}
		return new StateKey(id, secret);
	}

	/**
	 * Draws a key that nobody else has.
	 * @return the key
	 */
	public static StateKey random() {
		byte[] drawn = new byte[36];
		new SecureRandom().nextBytes(drawn);
		return new StateKey("process-" + HexFormat.of().formatHex(drawn, 0, 4), drawn);
	}

	/**
	 * Return the identifier.
	 * @return the identifier, which is no secret
	 */
	public String id() {
		return this.id;
	}

	SecretKey encryption() {
		return this.encryption;
	}

	byte[] sign(byte[] octets, int length) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(this.signing);
			mac.update(octets, 0, length);
			return mac.doFinal();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Cookies cannot be signed without " + HMAC, ex);
		}
	}

	private static byte[] derive(byte[] secret, String purpose) {
		try {
			Mac mac = Mac.getInstance(HMAC);
			mac.init(new SecretKeySpec(secret, HMAC));
			return mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Keys cannot be derived without " + HMAC, ex);
		}
	}

	/**
	 * Return the key without its secret.
	 * @return the identifier
	 */
	@Override
	public String toString() {
		return "key " + this.id;
	}

}
