package org.rserpool.wire;

import java.util.random.RandomGenerator;

/**
 * Identifiers of pool elements and of registrars: unsigned 32-bit numbers, held in an
 * {@code int}. 0 names nobody.
 *
 * @since 0.1
 */
public final class Identifiers {

	/** Names nobody: all, unknown or undetermined, where a message has an identifier. */
	public static final int NONE = 0;

	private Identifiers() {
	}

	/**
	 * Draws an identifier (RFC 5352, section 3.1 R2.2; RFC 5353, section 3.2.1).
	 * @param random where to draw from
	 * @return an identifier that is not {@link #NONE}
	 */
	public static int random(RandomGenerator random) {
		int identifier = random.nextInt();
		while (identifier == NONE) {
			identifier = random.nextInt();
		}
		return identifier;
	}

	/**
	 * Formats an identifier, as {@code 0x0000e001}.
	 * @param identifier the identifier
	 * @return its text
	 */
	public static String toString(int identifier) {
		return String.format("0x%08x", identifier);
	}

	/**
	 * Parses an identifier.
	 * @param text decimal digits, or hexadecimal digits behind {@code 0x}
	 * @return the identifier
	 * @throws IllegalArgumentException if {@code text} is not a number from 1 to
	 * 0xffffffff
	 */
	public static int parse(String text) {
		try {
			int identifier = text.startsWith("0x") ? Integer.parseUnsignedInt(text.substring(2), 16)
					: Integer.parseUnsignedInt(text);
			if (identifier != NONE) {
				return identifier;
			}
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException(message(text), ex);
		}
		throw new IllegalArgumentException(message(text));
	}

	private static String message(String text) {
		return "\"" + text + "\" is not an identifier: expected a number from 1 to 0xffffffff, such as 0x0000e001";
	}

}
