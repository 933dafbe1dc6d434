package org.rserpool.samples.quickstart;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file as a number of chunks.
 */
class ChunkedFile implements AutoCloseable {

	private static final int MAX_CHUNK = 64 * 1024;

	private final FileChannel channel;

	private final long size;

	private final int chunkSize;

	ChunkedFile(Path path, long chunks) throws IOException {
		this.channel = FileChannel.open(path);
		this.size = this.channel.size();
		if (this.size == 0) {
			throw new IOException(path + " is empty");
		}
		this.chunkSize = (int) Math.min(MAX_CHUNK, (this.size + chunks - 1) / chunks);
	}

	byte[] chunk(long index) throws IOException {
		long chunksInFile = (this.size + this.chunkSize - 1) / this.chunkSize;
		long position = (index % chunksInFile) * this.chunkSize;
		ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(this.chunkSize, this.size - position));
		while (chunk.hasRemaining() && this.channel.read(chunk, position + chunk.position()) >= 0) {
			continue;
		}
		return chunk.array();
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
