package org.rserpool.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A message with its octets, known from elsewhere.
 *
 * @param name what it is
 * @param enrp whether it is of ENRP, not of ASAP
 * @param hex its octets
 */
record Vector(String name, boolean enrp, String hex) {

	private static final String ENRP_PPID = "12";

	/** As the RFCs say: the appendix of the digest of the specification. */
	static List<Vector> rfc() {
		return read("rfc-vectors.tsv");
	}

	/** As the reference implementation writes. */
	static List<Vector> rsplib() {
		return read("rsplib-vectors.tsv");
	}

	static List<Vector> all() {
		return Stream.concat(rfc().stream(), rsplib().stream()).toList();
	}

	private static List<Vector> read(String resource) {
		try (InputStream in = Objects.requireNonNull(Vector.class.getResourceAsStream(resource), resource)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(Vector::parse).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Vector parse(String line) {
		String[] columns = line.split("\t");
		return new Vector(columns[0], columns[2].equals(ENRP_PPID), columns[3]);
	}

	byte[] octets() {
		return HexFormat.of().parseHex(this.hex);
	}

	Decoded<? extends Message> decode(WireCodec codec) {
		ByteBuffer buffer = ByteBuffer.wrap(octets());
		return this.enrp ? codec.decodeEnrp(buffer) : codec.decodeAsap(buffer);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
