package org.rserpool.registrar.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

import org.jspecify.annotations.Nullable;
import org.rserpool.registrar.SavedHandlespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with what a registrar knows. It is replaced as a whole, so that there is always
 * the former one or the new one. One that cannot be used is set aside.
 */
class SnapshotFile {

	private static final Logger logger = LoggerFactory.getLogger(SnapshotFile.class);

	private final Path path;

	private final SnapshotFormat format;

	private final Clock clock;

	/**
	 * Makes a file, which need not exist.
	 * @param path where it is
	 * @param owner says whose it is; one of another owner is not used
	 * @param clock tells when it is written, and how old it is when it is read
	 */
	SnapshotFile(Path path, String owner, Clock clock) {
		this.path = path.toAbsolutePath();
		this.format = new SnapshotFormat(owner);
		this.clock = clock;
	}

	/**
	 * Makes the directory, where it is missing.
	 * @throws InvalidPropertyException if that is not possible
	 */
	void prepare(String property) {
		try {
			Files.createDirectories(directory());
		}
		catch (IOException ex) {
			throw new InvalidPropertyException(property, this.path.toString(), "its directory cannot be made: " + ex,
					"Give a file in a directory that the registrar may write to.");
		}
	}

	private Path directory() {
		Path parent = this.path.getParent();
		return (parent != null) ? parent : this.path;
	}

	private Path sibling(String suffix) {
		return this.path.resolveSibling(this.path.getFileName() + suffix);
	}

	/**
	 * Reads the file.
	 * @return what was saved, or {@code null} if there is nothing that can be used
	 */
	@Nullable SavedHandlespace read() {
		try (InputStream stream = Files.newInputStream(this.path)) {
			SavedHandlespace saved = this.format.read(this.clock.instant(), stream);
			logger.info("Snapshot {} has {} pool elements", this.path, saved.size());
			return saved;
		}
		catch (NoSuchFileException ex) {
			logger.info("There is no snapshot {} yet", this.path);
		}
		catch (UnusableSnapshotException ex) {
			setAside(ex);
		}
		catch (IOException ex) {
			logger.warn("Snapshot {} cannot be read, and is not used", this.path, ex);
		}
		return null;
	}

	private void setAside(UnusableSnapshotException reason) {
		Path aside = sibling(".unusable");
		try {
			Files.move(this.path, aside, StandardCopyOption.REPLACE_EXISTING);
			logger.warn("Snapshot {} is not used: {}. It is kept as {}", this.path, reason.getMessage(), aside);
		}
		catch (IOException ex) {
			logger.warn("Snapshot {} is not used: {}. It could not be set aside", this.path, reason.getMessage(), ex);
		}
	}

	/**
	 * Replaces the file.
	 * @throws IOException if that is not possible; the former file is still there
	 */
	void write(SavedHandlespace saved) throws IOException {
		Path written = sibling(".new");
		try (FileChannel channel = FileChannel.open(written, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.TRUNCATE_EXISTING)) {
			OutputStream stream = Channels.newOutputStream(channel);
			this.format.write(saved, this.clock.instant(), stream);
			channel.force(true);
		}
		Files.move(written, this.path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		forceDirectory();
	}

	/**
	 * Makes the new name outlive a loss of power, where the system lets a directory be
	 * forced.
	 */
	private void forceDirectory() {
		try (FileChannel channel = FileChannel.open(directory(), StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (IOException ex) {
			logger.debug("Directory {} cannot be forced", directory(), ex);
		}
	}

	@Override
	public String toString() {
		return this.path.toString();
	}

}
