package org.rserpool.session;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import org.rserpool.runtime.Association;
import org.rserpool.runtime.Association.SendResult;
import org.rserpool.runtime.UserMessage;
import org.rserpool.wire.AsapMessage;
import org.rserpool.wire.AsapMessage.Cookie;
import org.rserpool.wire.AsapMessage.CookieEcho;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Octets;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.WireCodec;

/**
 * The cookies of a pool element: what it lets a pool user keep of a session, for the
 * element that goes on with it (RFC 5352, section 3.8). They are signed with a key that
 * the elements of the pool share (HMAC-SHA256, in front of the state), so no user can
 * make or change one. They are not encrypted, and nothing says how old one is: a state
 * that must not come back late has to hold its time. Not thread-safe.
 *
 * @since 0.1
 */
public final class ElementCookies {

	/** How many octets a key has at least. */
	public static final int MINIMUM_KEY_LENGTH = 16;

	private static final String ALGORITHM = "HmacSHA256";

	private static final int SIGNATURE_LENGTH = 32;

	private final WireCodec codec;

	private final PoolHandle pool;

	private final Mac mac;

	/**
	 * Makes the cookies of a pool.
	 * @param codec writes and reads messages
	 * @param pool the pool. A cookie of another pool is not taken.
	 * @param key what the elements of the pool share and nobody else knows, at least
	 * {@value #MINIMUM_KEY_LENGTH} octets
	 * @throws IllegalArgumentException if the key is shorter
	 */
	public ElementCookies(WireCodec codec, PoolHandle pool, byte[] key) {
		if (key.length < MINIMUM_KEY_LENGTH) {
			throw new IllegalArgumentException(
					"A key for cookies has at least " + MINIMUM_KEY_LENGTH + " octets, this one has " + key.length);
		}
		this.codec = codec;
		this.pool = pool;
		try {
			this.mac = Mac.getInstance(ALGORITHM);
			this.mac.init(new SecretKeySpec(key, ALGORITHM));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Cookies cannot be signed without " + ALGORITHM, ex);
		}
	}

	/**
	 * Gives a pool user a cookie, which replaces the one that it has.
	 * @param association the association with the user
	 * @param state the state of the session
	 * @return whether it was taken
	 * @throws IllegalArgumentException if the state is too long for a message
	 */
	public SendResult give(Association association, Octets state) {
		Cookie cookie = new Cookie(sign(state));
		return association.send(new UserMessage(UserMessage.ASAP, this.codec.encode(cookie)));
	}

	/**
	 * Reads a cookie that a pool user brings.
	 * @param message a message from the user; its data is left as it is
	 * @return the state, or {@code null} if the message is no COOKIE_ECHO, or its cookie
	 * was not signed by an element of the pool
	 */
	public @Nullable Octets echoed(UserMessage message) {
		if (message.payloadProtocol() != UserMessage.ASAP) {
			return null;
		}
		ByteBuffer octets = message.data().duplicate();
		return (this.codec.decodeAsap(octets) instanceof Decoded.Success<AsapMessage> success
				&& success.message() instanceof CookieEcho echo) ? verify(echo.cookie()) : null;
	}

	private Octets sign(Octets state) {
		byte[] signature = signature(state.toArray());
		byte[] cookie = Arrays.copyOf(signature, SIGNATURE_LENGTH + state.length());
		System.arraycopy(state.toArray(), 0, cookie, SIGNATURE_LENGTH, state.length());
		return Octets.of(cookie);
	}

	private @Nullable Octets verify(Octets cookie) {
		if (cookie.length() < SIGNATURE_LENGTH) {
			return null;
		}
		byte[] octets = cookie.toArray();
		byte[] state = Arrays.copyOfRange(octets, SIGNATURE_LENGTH, octets.length);
		byte[] signature = Arrays.copyOf(octets, SIGNATURE_LENGTH);
		// Takes the same time wherever they differ
		return MessageDigest.isEqual(signature, signature(state)) ? Octets.of(state) : null;
	}

	private byte[] signature(byte[] state) {
		byte[] handle = this.pool.octets().toArray();
		this.mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, handle.length));
		this.mac.update(handle);
		return this.mac.doFinal(state);
	}

}
