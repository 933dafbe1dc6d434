package org.rserpool.registrar.app;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

import org.rserpool.registrar.SavedHandlespace;
import org.rserpool.wire.Decoded;
import org.rserpool.wire.Dialect;
import org.rserpool.wire.EnrpMessage;
import org.rserpool.wire.EnrpMessage.HandleTableResponse;
import org.rserpool.wire.EnrpMessage.PoolEntry;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.WireCodec;

/**
 * How a handlespace is written to a file: a magic and the version of the format, the
 * time, whose it is, the registrar's identifier, handle table responses (RFC 5353,
 * section 2.5), each behind its length, a length of 0, and a checksum of all that.
 */
final class SnapshotFormat {

	static final int VERSION = 1;

	private static final long MAGIC = 0x5253_6572_506f_6f6cL;

	private static final int PAGE_ELEMENTS = 64;

	private static final int MAX_PAGE = 0x10000;

	private final WireCodec codec = new WireCodec(Dialect.RFC);

	private final String owner;

	/**
	 * Makes a format.
	 * @param owner says whose handlespace it is
	 */
	SnapshotFormat(String owner) {
		this.owner = owner;
	}

	void write(SavedHandlespace saved, Instant time, OutputStream stream) throws IOException {
		CheckedOutputStream checked = new CheckedOutputStream(new BufferedOutputStream(stream), new CRC32C());
		DataOutputStream out = new DataOutputStream(checked);
		out.writeLong(MAGIC);
		out.writeInt(VERSION);
		out.writeLong(time.toEpochMilli());
		out.writeUTF(this.owner);
		out.writeInt(saved.registrar());
		for (PoolEntry pool : saved.pools()) {
			List<PoolElement> elements = pool.elements();
			for (int from = 0; from < elements.size(); from += PAGE_ELEMENTS) {
				int to = Math.min(from + PAGE_ELEMENTS, elements.size());
				writePage(saved.registrar(), new PoolEntry(pool.poolHandle(), elements.subList(from, to)), out);
			}
		}
		out.writeInt(0);
		out.writeInt((int) checked.getChecksum().getValue());
		out.flush();
	}

	/**
	 * Writes elements, in halves where they are too long for one message.
	 */
	private void writePage(int registrar, PoolEntry page, DataOutputStream out) throws IOException {
		ByteBuffer octets;
		try {
			octets = this.codec.encode(new HandleTableResponse(false, false, registrar, registrar, List.of(page)));
		}
		catch (IllegalArgumentException ex) {
			int half = page.elements().size() / 2;
			if (half == 0) {
				throw new IOException("Pool " + page.poolHandle() + " cannot be written: " + ex.getMessage(), ex);
			}
			writePage(registrar, new PoolEntry(page.poolHandle(), page.elements().subList(0, half)), out);
			writePage(registrar,
					new PoolEntry(page.poolHandle(), page.elements().subList(half, page.elements().size())), out);
			return;
		}
		byte[] array = new byte[octets.remaining()];
		octets.get(array);
		out.writeInt(array.length);
		out.write(array);
	}

	/**
	 * Reads what was written.
	 * @return what was saved, without the elements whose registrations have ended
	 * @throws UnusableSnapshotException if it is not what this format writes
	 */
	SavedHandlespace read(Instant now, InputStream stream) throws IOException {
		CheckedInputStream checked = new CheckedInputStream(new BufferedInputStream(stream), new CRC32C());
		try {
			return read(now, checked, new DataInputStream(checked));
		}
		catch (EOFException ex) {
			throw new UnusableSnapshotException("it is cut short");
		}
		catch (UTFDataFormatException ex) {
			throw new UnusableSnapshotException("it is damaged: " + ex.getMessage());
		}
	}

	private SavedHandlespace read(Instant now, CheckedInputStream checked, DataInputStream in) throws IOException {
		check(in.readLong() == MAGIC, "it is no snapshot");
		int version = in.readInt();
		check(version == VERSION,
				"it has version " + version + " of the format, and this registrar reads version " + VERSION);
		Instant time = Instant.ofEpochMilli(in.readLong());
		String foundOwner = in.readUTF();
		int registrar = in.readInt();
		List<PoolEntry> pools = new ArrayList<>();
		for (int length = in.readInt(); length != 0; length = in.readInt()) {
			check(length > 0 && length <= MAX_PAGE, "it is damaged: a page has " + length + " octets");
			byte[] page = new byte[length];
			in.readFully(page);
			pools.addAll(readPage(page));
		}
		int expected = (int) checked.getChecksum().getValue();
		check(in.readInt() == expected, "it is damaged: its checksum is wrong");
		check(in.read() == -1, "it is damaged: there is something behind its end");
		check(foundOwner.equals(this.owner),
				"it belongs to another registrar (" + foundOwner + "), and this one is (" + this.owner + ")");
		Duration age = Duration.between(time, now);
		return new SavedHandlespace(registrar, pools).afterwards(age.isNegative() ? Duration.ZERO : age);
	}

	private List<PoolEntry> readPage(byte[] page) throws UnusableSnapshotException {
		Decoded<EnrpMessage> decoded = this.codec.decodeEnrp(ByteBuffer.wrap(page));
		if (decoded instanceof Decoded.Success<EnrpMessage> success
				&& success.message() instanceof HandleTableResponse response) {
			return response.pools();
		}
		throw new UnusableSnapshotException("it is damaged: a page is no handle table");
	}

	private static void check(boolean right, String otherwise) throws UnusableSnapshotException {
		if (!right) {
			throw new UnusableSnapshotException(otherwise);
		}
	}

}
