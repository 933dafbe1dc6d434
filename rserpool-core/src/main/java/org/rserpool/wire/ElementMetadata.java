package org.rserpool.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What a pool element says of itself beyond the RFCs: keys with values, in Unicode. It
 * travels within the pool element parameter, in a private parameter that implementations
 * which do not know it skip without a word. The dialect {@code rsplib} does not carry it.
 * Immutable, and held as it travels, so that a registrar with many elements needs little
 * memory; compared by content.
 * <p>
 * The value of the parameter is the 32-bit number 0x52537056, and for each key in the
 * order of its octets: 8 bits with the length of the key, 16 bits with the length of the
 * value, the key, and the value, both in UTF-8.
 *
 * @since 0.1
 */
public final class ElementMetadata {

	/** The key for the place where the element runs. */
	public static final String ZONE = "zone";

	/** The key for the version of the service. */
	public static final String VERSION = "version";

	/** The key for what the element speaks with pool users, such as {@code rpc}. */
	public static final String BINDING = "binding";

	/**
	 * The key for the addresses at which the element is reached by its User Transport,
	 * beside the one that stands there: literals between commas.
	 */
	public static final String ADDRESSES = "addresses";

	/** How many octets a key has at most. */
	public static final int MAX_KEY_OCTETS = 64;

	/** How many octets a value has at most. */
	public static final int MAX_VALUE_OCTETS = 512;

	/** How many octets all of it takes at most, as it travels. */
	public static final int MAX_OCTETS = 2048;

	/** Says nothing. */
	public static final ElementMetadata NONE = new ElementMetadata(Octets.EMPTY);

	/** What tells this use of the parameter type from that of others. */
	private static final int MAGIC = 0x52537056;

	private static final int HEADER = 3;

	private final Octets encoded;

	private ElementMetadata(Octets encoded) {
		this.encoded = encoded;
	}

	/**
	 * Makes metadata.
	 * @param entries values by key; empty values are allowed
	 * @return the metadata
	 * @throws IllegalArgumentException if a key is empty, or a key, a value or all of it
	 * is too long or not Unicode; the message names the key
	 */
	public static ElementMetadata of(Map<String, String> entries) {
		if (entries.isEmpty()) {
			return NONE;
		}
		TreeMap<Octets, Octets> sorted = new TreeMap<>();
		entries.forEach((key, value) -> sorted.put(encodeKey(key), encode(key, value)));
		int length = 4;
		for (Map.Entry<Octets, Octets> entry : sorted.entrySet()) {
			length += HEADER + entry.getKey().length() + entry.getValue().length();
			if (length > MAX_OCTETS) {
				throw new IllegalArgumentException("Metadata has more than " + MAX_OCTETS
						+ " octets in all, the key that is too much is \"" + text(entry.getKey()) + "\"");
			}
		}
		ByteBuffer buffer = ByteBuffer.allocate(length).putInt(MAGIC);
		sorted.forEach((key, value) -> {
			buffer.put((byte) key.length()).putShort((short) value.length());
			key.writeTo(buffer);
			value.writeTo(buffer);
		});
		return new ElementMetadata(Octets.copyOf(buffer.flip()));
	}

	private static Octets encodeKey(String key) {
		Octets octets = encode(key, key);
		if (octets.length() == 0 || octets.length() > MAX_KEY_OCTETS) {
			throw new IllegalArgumentException("The metadata key \"" + key + "\" has " + octets.length()
					+ " octets, expected 1 to " + MAX_KEY_OCTETS);
		}
		return octets;
	}

	private static Octets encode(String key, String text) {
		try {
			Octets octets = Octets.copyOf(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text)));
			if (octets.length() > MAX_VALUE_OCTETS) {
				throw new IllegalArgumentException("The value of the metadata key \"" + key + "\" has "
						+ octets.length() + " octets, expected at most " + MAX_VALUE_OCTETS);
			}
			return octets;
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("The metadata key \"" + key + "\" or its value is no Unicode", ex);
		}
	}

	/**
	 * Return this metadata with another value.
	 * @param key the key
	 * @param value its value
	 * @return the metadata, otherwise the same
	 * @throws IllegalArgumentException as in {@link #of(Map)}
	 */
	public ElementMetadata with(String key, String value) {
		Map<String, String> changed = new TreeMap<>(entries());
		changed.put(key, value);
		return of(changed);
	}

	/**
	 * Return all keys with their values.
	 * @return values by key, in the order of keys; cannot be changed
	 */
	public Map<String, String> entries() {
		TreeMap<String, String> entries = new TreeMap<>();
		int at = 4;
		while (at < this.encoded.length()) {
			int value = at + HEADER + keyLength(this.encoded, at);
			int end = value + valueLength(this.encoded, at);
			entries.put(text(this.encoded.slice(at + HEADER, value)), text(this.encoded.slice(value, end)));
			at = end;
		}
		return Collections.unmodifiableMap(entries);
	}

	/**
	 * Return the value of a key.
	 * @param key the key
	 * @return the value, or {@code null} if there is none
	 */
	public @Nullable String get(String key) {
		return entries().get(key);
	}

	/**
	 * Return the place where the element runs.
	 * @return the value of {@link #ZONE}, or {@code null} if there is none
	 */
	public @Nullable String zone() {
		return get(ZONE);
	}

	/**
	 * Return the version of the service.
	 * @return the value of {@link #VERSION}, or {@code null} if there is none
	 */
	public @Nullable String version() {
		return get(VERSION);
	}

	/**
	 * Return what the element speaks with pool users.
	 * @return the value of {@link #BINDING}, or {@code null} if there is none
	 */
	public @Nullable String binding() {
		return get(BINDING);
	}

	/**
	 * Return whether nothing is said.
	 * @return whether there is no key
	 */
	public boolean isEmpty() {
		return this.encoded.length() == 0;
	}

	/**
	 * Return the value of the parameter.
	 * @return what travels; empty if nothing is said
	 */
	public Octets encoded() {
		return this.encoded;
	}

	/**
	 * Reads the value of a parameter.
	 * @return the metadata; {@link #NONE} if somebody else uses the parameter type
	 * @throws IllegalArgumentException if it is not well-formed
	 */
	static ElementMetadata decode(Octets value) {
		if (value.length() < 4 || int32(value) != MAGIC) {
			return NONE;
		}
		if (value.length() > MAX_OCTETS) {
			throw new IllegalArgumentException("metadata has " + value.length() + " octets, more than " + MAX_OCTETS);
		}
		Octets last = Octets.EMPTY;
		int at = 4;
		while (at < value.length()) {
			int start = at + HEADER;
			int end = (start <= value.length()) ? start + keyLength(value, at) + valueLength(value, at) : start;
			if (end > value.length()) {
				throw new IllegalArgumentException("metadata is cut short after " + at + " octets");
			}
			int split = start + keyLength(value, at);
			Octets key = value.slice(start, split);
			if (key.compareTo(last) <= 0 || key.length() > MAX_KEY_OCTETS || end - split > MAX_VALUE_OCTETS) {
				throw new IllegalArgumentException(
						"metadata has a key that is empty, too long, out of order or with too long a value at octet "
								+ at);
			}
			checkText(key, at);
			checkText(value.slice(split, end), at);
			last = key;
			at = end;
		}
		return (value.length() > 4) ? new ElementMetadata(value) : NONE;
	}

	private static void checkText(Octets octets, int at) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(octets.toBuffer());
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("metadata has a key or value at octet " + at + " that is no UTF-8", ex);
		}
	}

	private static int int32(Octets octets) {
		return (octets.at(0) & 0xff) << 24 | (octets.at(1) & 0xff) << 16 | (octets.at(2) & 0xff) << 8
				| octets.at(3) & 0xff;
	}

	private static int keyLength(Octets octets, int at) {
		return octets.at(at) & 0xff;
	}

	private static int valueLength(Octets octets, int at) {
		return (octets.at(at + 1) & 0xff) << 8 | octets.at(at + 2) & 0xff;
	}

	private static String text(Octets octets) {
		return StandardCharsets.UTF_8.decode(octets.toBuffer()).toString();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ElementMetadata that && this.encoded.equals(that.encoded);
	}

	@Override
	public int hashCode() {
		return this.encoded.hashCode();
	}

	@Override
	public String toString() {
		return entries().toString();
	}

}
