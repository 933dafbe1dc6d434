package org.rserpool.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * What is configured under {@code rserpool.element.<pool>.state}.
 *
 * @param keys Keys that protect the state of sessions, each as IDENTIFIER:SECRET with at
 * least 16 octets in Base64, the same at all elements of the pool. The first one protects
 * new cookies, and all of them open cookies.
 * @param ephemeralKey Whether to draw a key at start if there is none. Sessions are then
 * lost with their element; for development.
 * @param encrypted Whether cookies are encrypted, so that pool users cannot read the
 * state, and not just signed.
 * @param maxSize How large the encoded state of a session may be, up to 1MB.
 * @param expiry How long a session may rest before its state cannot be restored any more.
 * @since 0.1
 */
public record SessionStateProperties(@Nullable List<String> keys, @Nullable Boolean ephemeralKey,
		@Nullable Boolean encrypted, @Nullable DataSize maxSize, @Nullable Duration expiry) {

	static final SessionStateProperties NONE = new SessionStateProperties(null, null, null, null, null);

	/**
	 * Return the properties without secrets.
	 * @return the properties in words
	 */
	@Override
	public String toString() {
		return "SessionStateProperties[keys=" + ((this.keys != null) ? this.keys.size() : 0) + ", ephemeralKey="
				+ this.ephemeralKey + ", encrypted=" + this.encrypted + ", maxSize=" + this.maxSize + ", expiry="
				+ this.expiry + "]";
	}

}
