package org.rserpool.rpc;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts in frames: a length of 16 bits, then that many octets of UTF-8.
 */
final class FrameText {

	private FrameText() {
	}

	static byte[] octets(String name, String text, int limit) {
		byte[] octets = text.getBytes(StandardCharsets.UTF_8);
		if (octets.length > limit) {
			throw new IllegalArgumentException(
					"The " + name + " of a call has " + octets.length + " octets, more than " + limit);
		}
		return octets;
	}

	static byte[] shortened(String text, int limit) {
		byte[] octets = text.getBytes(StandardCharsets.UTF_8);
		if (octets.length <= limit) {
			return octets;
		}
		int length = limit;
		while ((octets[length] & 0xc0) == 0x80) {
			length--;
		}
		return Arrays.copyOf(octets, length);
	}

	static void write(ByteBuffer out, byte[] octets) {
		out.putShort((short) octets.length).put(octets);
	}

	/**
	 * Reads a text.
	 * @param in where to read; {@link BufferUnderflowException} if it is cut short
	 * @return the text
	 * @throws CharacterCodingException if it is not UTF-8
	 */
	static String read(ByteBuffer in) throws CharacterCodingException {
		return StandardCharsets.UTF_8.newDecoder().decode(slice(in)).toString();
	}

	static byte[] readOctets(ByteBuffer in) {
		ByteBuffer slice = slice(in);
		byte[] octets = new byte[slice.remaining()];
		slice.get(octets);
		return octets;
	}

	private static ByteBuffer slice(ByteBuffer in) {
		int length = in.getShort() & 0xffff;
		if (length > in.remaining()) {
			throw new BufferUnderflowException();
		}
		ByteBuffer slice = in.slice(in.position(), length);
		in.position(in.position() + length);
		return slice;
	}

}
