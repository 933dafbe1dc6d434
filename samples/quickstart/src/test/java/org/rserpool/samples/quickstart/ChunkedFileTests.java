package org.rserpool.samples.quickstart;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ChunkedFileTests {

	@TempDir
	private Path directory;

	@Test
	void allChunksMakeTheFile() throws IOException {
		byte[] content = new byte[10_007];
		new Random(1).nextBytes(content);
		Path path = Files.write(this.directory.resolve("file"), content);
		try (ChunkedFile file = new ChunkedFile(path, 100)) {
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			for (int i = 0; i < 100; i++) {
				if (all.size() < content.length) {
					all.write(file.chunk(i));
				}
			}
			assertThat(all.toByteArray()).isEqualTo(content);
		}
	}

	@Test
	void beginsAgainAfterTheEnd() throws IOException {
		Path path = Files.write(this.directory.resolve("file"), new byte[] { 1, 2, 3 });
		try (ChunkedFile file = new ChunkedFile(path, 6000)) {
			assertThat(file.chunk(0)).containsExactly(1);
			assertThat(file.chunk(5)).containsExactly(3);
		}
	}

	@Test
	void emptyFileIsRefused() throws IOException {
		Path path = Files.createFile(this.directory.resolve("empty"));
		assertThatIOException().isThrownBy(() -> new ChunkedFile(path, 1)).withMessageContaining("empty");
	}

}
