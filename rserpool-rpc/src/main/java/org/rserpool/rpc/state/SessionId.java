package org.rserpool.rpc.state;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Names a session. Drawn by its pool user from 128 random bits.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 * @since 0.1
 */
public record SessionId(long high, long low) {

	/**
	 * Draws an identifier.
	 * @param random where its bits come from; to be unpredictable where others could
	 * guess
	 * @return the identifier
	 */
	public static SessionId draw(RandomGenerator random) {
		return new SessionId(random.nextLong(), random.nextLong());
	}

	/**
	 * Return the identifier as text.
	 * @return 32 hexadecimal digits
	 */
	@Override
	public String toString() {
		return HexFormat.of().toHexDigits(this.high) + HexFormat.of().toHexDigits(this.low);
	}

}
