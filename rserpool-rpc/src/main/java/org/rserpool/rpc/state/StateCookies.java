package org.rserpool.rpc.state;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

import org.jspecify.annotations.Nullable;
import org.rserpool.rpc.state.StateCookieException.Reason;
import org.rserpool.wire.PoolHandle;

/**
 * Makes and opens the cookies of a pool (RFC 5352, section 3.8). A cookie says its pool,
 * session, version and expiry, and is signed, or encrypted, by a key that the elements of
 * the pool share; so a pool user can neither make nor change one, nor bring it to another
 * pool or session (RFC 5355, section 2). Any thread may use it.
 *
 * <pre>
 * octet 0           format, 1
 * octet 1           1 if encrypted, 0 if signed
 * octet 2           length of the identifier of the key, then the identifier
 * encrypted         nonce (12 octets), then the content by AES-256-GCM, with all that is before
 *                   the nonce as associated data
 * signed            the content, then HMAC-SHA256 (32 octets) of all that is before
 *
 * content           pool handle (16-bit length, octets), session (128 bits), version, branch,
 *                   last call, expiry in ms since 1970 (64 bits each), length of the answer
 *                   (32 bits, -1 if it is not kept), the answer; the rest is the state
 * </pre>
 *
 * @since 0.1
 */
public final class StateCookies {

	private static final byte FORMAT = 1;

	private static final int SIGNATURE_LENGTH = 32;

	private static final int NONCE_LENGTH = 12;

	private static final int TAG_BITS = 128;

	private static final int FIXED_LENGTH = 2 + 16 + 4 * 8 + 4;

	private final byte[] pool;

	private final String poolName;

	private final StateSettings settings;

	private final Map<String, StateKey> keys = new LinkedHashMap<>();

	private final InstantSource clock;

	private final SecureRandom random = new SecureRandom();

	/**
	 * Makes the cookies of a pool.
	 * @param pool the pool
	 * @param settings has the keys and limits
	 * @param clock tells the time; the elements of a pool need about the same
	 */
	public StateCookies(PoolHandle pool, StateSettings settings, InstantSource clock) {
		this.pool = pool.octets().toArray();
		this.poolName = pool.toString();
		this.settings = settings;
		this.clock = clock;
		settings.keys().forEach((key) -> this.keys.put(key.id(), key));
	}

	/**
	 * Return the pool.
	 * @return the pool handle as text
	 */
	public String pool() {
		return this.poolName;
	}

	/**
	 * Return the settings.
	 * @return the settings
	 */
	public StateSettings settings() {
		return this.settings;
	}

	/**
	 * Return the time now.
	 * @return milliseconds since 1970
	 */
	public long millis() {
		return this.clock.millis();
	}

	/**
	 * Draws a number that no other branch has.
	 * @return the number, never 0
	 */
	public long drawBranch() {
		long drawn = this.random.nextLong();
		return (drawn != 0) ? drawn : 1;
	}

	/**
	 * Makes a cookie.
	 * @param cookie what it holds
	 * @return the octets
	 */
	public byte[] seal(StateCookie cookie) {
		StateKey key = this.settings.keys().get(0);
		byte[] id = key.id().getBytes(StandardCharsets.US_ASCII);
		byte[] header = ByteBuffer.allocate(3 + id.length)
			.put(FORMAT)
			.put((byte) (this.settings.encrypted() ? 1 : 0))
			.put((byte) id.length)
			.put(id)
			.array();
		byte[] content = content(cookie);
		return this.settings.encrypted() ? encrypt(key, header, content) : sign(key, header, content);
	}

	/**
	 * Opens a cookie.
	 * @param session the session that it has to be of
	 * @param octets what was brought
	 * @return what it holds
	 * @throws StateCookieException if it is no valid cookie of the pool and session
	 */
	public StateCookie open(SessionId session, byte[] octets) throws StateCookieException {
		try {
			return read(session, ByteBuffer.wrap(contentOf(octets)));
		}
		catch (BufferUnderflowException ex) {
			throw new StateCookieException(Reason.MALFORMED,
					"a cookie of " + octets.length + " octets for session " + session + " is cut short");
		}
	}

	private byte[] content(StateCookie cookie) {
		byte[] answer = cookie.answer();
		ByteBuffer out = ByteBuffer
			.allocate(FIXED_LENGTH + this.pool.length + ((answer != null) ? answer.length : 0) + cookie.state().length);
		out.putShort((short) this.pool.length).put(this.pool);
		out.putLong(cookie.session().high()).putLong(cookie.session().low());
		out.putLong(cookie.version()).putLong(cookie.branch()).putLong(cookie.lastCall());
		out.putLong(millis() + this.settings.expiry().toMillis());
		out.putInt((answer != null) ? answer.length : -1);
		if (answer != null) {
			out.put(answer);
		}
		return out.put(cookie.state()).array();
	}

	private StateCookie read(SessionId session, ByteBuffer in) throws StateCookieException {
		byte[] handle = new byte[in.getShort() & 0xffff];
		in.get(handle);
		if (!Arrays.equals(handle, this.pool)) {
			throw new StateCookieException(Reason.OTHER_POOL,
					"the cookie is of another pool than " + this.poolName + ", though a key is the same");
		}
		SessionId named = new SessionId(in.getLong(), in.getLong());
		if (!named.equals(session)) {
			throw new StateCookieException(Reason.OTHER_SESSION,
					"the cookie is of session " + named + ", not of " + session);
		}
		long version = in.getLong();
		long branch = in.getLong();
		long lastCall = in.getLong();
		long late = millis() - in.getLong();
		if (late >= 0) {
			throw new StateCookieException(Reason.EXPIRED, "the cookie of version " + version + " of session " + session
					+ " expired " + Duration.ofMillis(late) + " ago");
		}
		int answerLength = in.getInt();
		byte @Nullable [] answer = (answerLength >= 0) ? octets(in, answerLength) : null;
		return new StateCookie(session, version, branch, lastCall, answer, octets(in, in.remaining()));
	}

	private byte[] contentOf(byte[] octets) throws StateCookieException {
		ByteBuffer in = ByteBuffer.wrap(octets);
		byte format = in.get();
		byte protection = in.get();
		String id = new String(octets(in, in.get() & 0xff), StandardCharsets.US_ASCII);
		if (format != FORMAT || protection < 0 || protection > 1) {
			throw new StateCookieException(Reason.MALFORMED,
					"a cookie has format " + format + " and protection " + protection + ", which are not known");
		}
		StateKey key = this.keys.get(id);
		if (key == null) {
			throw new StateCookieException(Reason.UNKNOWN_KEY, "the key \"" + id.replaceAll("[^A-Za-z0-9._-]", "?")
					+ "\" of the cookie is not known here; known are " + this.keys.keySet());
		}
		int header = in.position();
		return (protection == 1) ? decrypt(key, octets, header) : verify(key, octets, header);
	}

	private static byte[] sign(StateKey key, byte[] header, byte[] content) {
		byte[] cookie = Arrays.copyOf(header, header.length + content.length + SIGNATURE_LENGTH);
		System.arraycopy(content, 0, cookie, header.length, content.length);
		int signed = header.length + content.length;
		System.arraycopy(key.sign(cookie, signed), 0, cookie, signed, SIGNATURE_LENGTH);
		return cookie;
	}

	private static byte[] verify(StateKey key, byte[] octets, int header) throws StateCookieException {
		int signed = octets.length - SIGNATURE_LENGTH;
		if (signed < header) {
			throw new BufferUnderflowException();
		}
		// Takes the same time wherever they differ
		if (!MessageDigest.isEqual(key.sign(octets, signed), Arrays.copyOfRange(octets, signed, octets.length))) {
			throw new StateCookieException(Reason.FORGED,
					"the cookie was not signed by an element of the pool, or was changed");
		}
		return Arrays.copyOfRange(octets, header, signed);
	}

	private byte[] encrypt(StateKey key, byte[] header, byte[] content) {
		byte[] nonce = new byte[NONCE_LENGTH];
		this.random.nextBytes(nonce);
		try {
			byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, header).doFinal(content);
			return ByteBuffer.allocate(header.length + NONCE_LENGTH + sealed.length)
				.put(header)
				.put(nonce)
				.put(sealed)
				.array();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Cookies cannot be encrypted by AES-GCM", ex);
		}
	}

	private static byte[] decrypt(StateKey key, byte[] octets, int header) throws StateCookieException {
		if (octets.length < header + NONCE_LENGTH + TAG_BITS / 8) {
			throw new BufferUnderflowException();
		}
		byte[] nonce = Arrays.copyOfRange(octets, header, header + NONCE_LENGTH);
		try {
			return cipher(Cipher.DECRYPT_MODE, key, nonce, Arrays.copyOf(octets, header)).doFinal(octets,
					header + NONCE_LENGTH, octets.length - header - NONCE_LENGTH);
		}
		catch (GeneralSecurityException ex) {
			throw new StateCookieException(Reason.FORGED,
					"the cookie was not encrypted by an element of the pool, or was changed");
		}
	}

	private static Cipher cipher(int mode, StateKey key, byte[] nonce, byte[] header) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, key.encryption(), new GCMParameterSpec(TAG_BITS, nonce));
		cipher.updateAAD(header);
		return cipher;
	}

	private static byte[] octets(ByteBuffer in, int length) {
		if (length > in.remaining()) {
			throw new BufferUnderflowException();
		}
		byte[] octets = new byte[length];
		in.get(octets);
		return octets;
	}

}
