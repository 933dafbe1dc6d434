package org.rserpool.rpc.state;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How a pool element keeps the state of sessions.
 *
 * @param keys the keys of its pool: the first one protects new cookies, and all of them
 * open cookies; at least one
 * @param encrypted whether cookies are encrypted (AES-GCM), so that pool users cannot
 * read them; otherwise they are signed (HMAC-SHA256)
 * @param maxSize how many octets the encoded state of a session may have, from 1 to
 * {@value #LARGEST_SIZE}
 * @param expiry how long a session may rest before its cookie is of no use any more; more
 * than 0
 * @param codec encodes the objects that hold the state
 * @since 0.1
 */
public record StateSettings(List<StateKey> keys, boolean encrypted, int maxSize, Duration expiry, StateCodec codec) {

	/** The codec where nothing else is said. */
	public static final StateCodec DEFAULT_CODEC = new CborStateCodec();

	/** The size limit where nothing else is said. */
	public static final int DEFAULT_MAX_SIZE = 32 * 1024;

	/** The highest size limit. */
	public static final int LARGEST_SIZE = 1024 * 1024;

	/** The expiry where nothing else is said. */
	public static final Duration DEFAULT_EXPIRY = Duration.ofHours(1);

	public StateSettings {
		keys = List.copyOf(keys);
		if (keys.isEmpty()) {
			throw new IllegalArgumentException("The state of sessions needs at least one key");
		}
		Set<String> ids = new HashSet<>();
		for (StateKey key : keys) {
			if (!ids.add(key.id())) {
				throw new IllegalArgumentException("Two keys have the identifier \"" + key.id() + "\"");
			}
		}
		if (maxSize < 1 || maxSize > LARGEST_SIZE) {
			throw new IllegalArgumentException(
					"The state of a session may have from 1 to " + LARGEST_SIZE + " octets, not " + maxSize);
		}
		if (expiry.isNegative() || expiry.isZero()) {
			throw new IllegalArgumentException("An expiry of " + expiry + " is not positive");
		}
	}

	/**
	 * Makes settings with the default codec.
	 * @param keys the keys, at least one
	 * @param encrypted whether cookies are encrypted
	 * @param maxSize how many octets the encoded state of a session may have
	 * @param expiry how long a session may rest
	 */
	public StateSettings(List<StateKey> keys, boolean encrypted, int maxSize, Duration expiry) {
		this(keys, encrypted, maxSize, expiry, DEFAULT_CODEC);
	}

	/**
	 * Makes settings with the default limits, without encryption.
	 * @param keys the keys, at least one
	 * @return the settings
	 */
	public static StateSettings of(StateKey... keys) {
		return new StateSettings(List.of(keys), false, DEFAULT_MAX_SIZE, DEFAULT_EXPIRY);
	}

}
