package org.rserpool.rpc.state;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rserpool.rpc.state.StateCookieException.Reason;
import org.rserpool.wire.PoolHandle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Cookies that carry the state of a session, and the threats of RFC 5355 to them.
 */
class StateCookiesTests {

	private static final PoolHandle POOL = PoolHandle.of("cart");

	private static final SessionId SESSION = new SessionId(1, 2);

	private static final byte[] STATE = "three apples".getBytes(StandardCharsets.UTF_8);

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	private final InstantSource clock = () -> this.now;

	private static StateKey key(String id, int seed) {
		byte[] secret = new byte[32];
		Arrays.fill(secret, (byte) seed);
		return new StateKey(id, secret);
	}

	private StateCookies cookies(boolean encrypted, StateKey... keys) {
		return cookies(POOL, encrypted, keys);
	}

	private StateCookies cookies(PoolHandle pool, boolean encrypted, StateKey... keys) {
		return new StateCookies(pool, new StateSettings(List.of(keys), encrypted, 1000, Duration.ofHours(1)),
				this.clock);
	}

	private static StateCookie cookie(byte[] answer) {
		return new StateCookie(SESSION, 7, 8, 9, answer, STATE);
	}

	private void refused(StateCookies by, byte[] octets, Reason reason) {
		assertThatExceptionOfType(StateCookieException.class).isThrownBy(() -> by.open(SESSION, octets))
			.satisfies((ex) -> assertThat(ex.reason()).as(ex.getMessage()).isEqualTo(reason));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anotherElementWithTheKeyOpensACookie(boolean encrypted) throws StateCookieException {
		for (byte[] answer : new byte[][] { null, {}, { 4, 5 } }) {
			byte[] octets = cookies(encrypted, key("a", 1)).seal(cookie(answer));
			assertThat(cookies(!encrypted, key("a", 1)).open(SESSION, octets)).usingRecursiveComparison()
				.isEqualTo(cookie(answer));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aCookieThatWasChangedAnywhereOrCutShortIsRefused(boolean encrypted) {
		StateCookies cookies = cookies(encrypted, key("a", 1));
		byte[] octets = cookies.seal(cookie(new byte[] { 1 }));
		for (int index = 0; index < octets.length; index++) {
			byte[] changed = octets.clone();
			changed[index] ^= 1;
			assertThatExceptionOfType(StateCookieException.class).as("octet " + index)
				.isThrownBy(() -> cookies.open(SESSION, changed));
			byte[] cut = Arrays.copyOf(octets, index);
			assertThatExceptionOfType(StateCookieException.class).as("length " + index)
				.isThrownBy(() -> cookies.open(SESSION, cut));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aCookieMadeWithAnotherSecretIsForged(boolean encrypted) {
		refused(cookies(encrypted, key("a", 2)), cookies(encrypted, key("a", 1)).seal(cookie(null)), Reason.FORGED);
	}

	@Test
	void keysAreReplacedWhileSessionsLast() throws StateCookieException {
		StateCookies before = cookies(false, key("old", 1));
		StateCookies between = cookies(false, key("new", 2), key("old", 1));
		StateCookies after = cookies(false, key("new", 2));
		byte[] old = before.seal(cookie(null));
		assertThat(between.open(SESSION, old).version()).isEqualTo(7);
		byte[] renewed = between.seal(cookie(null));
		assertThat(after.open(SESSION, renewed).version()).isEqualTo(7);
		refused(after, old, Reason.UNKNOWN_KEY);
		refused(before, renewed, Reason.UNKNOWN_KEY);
	}

	@Test
	void aCookieOfAnotherPoolWithTheSameKeyIsRefused() {
		refused(cookies(PoolHandle.of("bank"), false, key("a", 1)), cookies(false, key("a", 1)).seal(cookie(null)),
				Reason.OTHER_POOL);
	}

	@Test
	void aCookieOfAnotherSessionIsRefused() {
		StateCookies cookies = cookies(false, key("a", 1));
		byte[] octets = cookies.seal(cookie(null));
		assertThatExceptionOfType(StateCookieException.class)
			.isThrownBy(() -> cookies.open(new SessionId(1, 3), octets))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.OTHER_SESSION));
	}

	@Test
	void aCookieExpires() throws StateCookieException {
		StateCookies cookies = cookies(false, key("a", 1));
		byte[] octets = cookies.seal(cookie(null));
		this.now = this.now.plus(Duration.ofHours(1)).minusMillis(1);
		assertThat(cookies.open(SESSION, octets).version()).isEqualTo(7);
		this.now = this.now.plusMillis(1);
		refused(cookies, octets, Reason.EXPIRED);
	}

	@Test
	void onlyAnEncryptedCookieHidesItsState() {
		byte[] signed = cookies(false, key("a", 1)).seal(cookie(null));
		byte[] encrypted = cookies(true, key("a", 1)).seal(cookie(null));
		assertThat(new String(signed, StandardCharsets.ISO_8859_1)).contains("three apples");
		assertThat(new String(encrypted, StandardCharsets.ISO_8859_1)).doesNotContain("apples");
		assertThat(cookies(true, key("a", 1)).seal(cookie(null))).isNotEqualTo(encrypted);
	}

	@Test
	void keysAreRead() throws StateCookieException {
		byte[] secret = new byte[32];
		Arrays.fill(secret, (byte) 1);
		StateKey key = StateKey.parse("a: " + Base64.getEncoder().encodeToString(secret));
		assertThat(cookies(false, key("a", 1)).open(SESSION, cookies(false, key).seal(cookie(null))).version())
			.isEqualTo(7);
		assertThat(key).hasToString("key a");
	}

	@Test
	void badKeysAreRefusedWithoutTellingTheirSecret() {
		assertThatIllegalArgumentException().isThrownBy(() -> StateKey.parse("AAAAAAAAAAAAAAAAAAAAAAAA"))
			.withMessageContaining("no colon");
		assertThatIllegalArgumentException().isThrownBy(() -> StateKey.parse("a:very-secret!"))
			.withMessageContaining("\"a\"")
			.withMessageNotContaining("very")
			.withNoCause();
		assertThatIllegalArgumentException().isThrownBy(() -> StateKey.parse("a:AAAA"))
			.withMessageContaining("at least 16");
		assertThatIllegalArgumentException().isThrownBy(() -> new StateKey("ä", new byte[32]));
		assertThatIllegalArgumentException().isThrownBy(() -> StateSettings.of(key("a", 1), key("a", 2)))
			.withMessageContaining("Two keys");
	}

}
