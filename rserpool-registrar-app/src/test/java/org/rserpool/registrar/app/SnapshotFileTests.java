package org.rserpool.registrar.app;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rserpool.registrar.SavedHandlespace;
import org.rserpool.wire.ElementMetadata;
import org.rserpool.wire.EnrpMessage.PoolEntry;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

@ExtendWith(OutputCaptureExtension.class)
class SnapshotFileTests {

	private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

	@TempDir
	private Path directory;

	@Test
	void whatIsWrittenIsRead() throws IOException {
		SavedHandlespace saved = new SavedHandlespace(0x0a0b0c0d,
				List.of(pool("echo", element(1, 30_000), element(2, PoolElement.INFINITE)), pool("other",
						element(1, 60_000).withMetadata(ElementMetadata.of(Map.of("zone", "eu", "team", "blue"))))));
		file(NOW).write(saved);
		assertThat(file(NOW).read()).isEqualTo(saved);
		assertThat(files()).containsExactly("snapshot");
	}

	@Test
	void whatIsLongIsSplit() throws IOException {
		List<PoolElement> elements = new ArrayList<>();
		ElementMetadata metadata = ElementMetadata
			.of(Map.of("a", "x".repeat(500), "b", "x".repeat(500), "c", "x".repeat(500)));
		for (int i = 1; i <= 1_000; i++) {
			elements.add(element(i, 30_000).withMetadata((i <= 500) ? metadata : ElementMetadata.NONE));
		}
		file(NOW).write(new SavedHandlespace(1, List.of(pool("echo", elements.toArray(PoolElement[]::new)))));
		SavedHandlespace read = Objects.requireNonNull(file(NOW).read());
		assertThat(read.pools()).extracting(PoolEntry::poolHandle).containsOnly(PoolHandle.of("echo"));
		assertThat(read.pools().stream().flatMap((pool) -> pool.elements().stream())).isEqualTo(elements);
	}

	@Test
	void whatHasEndedMeanwhileIsLeftOut() throws IOException {
		file(NOW).write(new SavedHandlespace(1, List.of(pool("echo", element(1, 30_000), element(2, 60_000)),
				pool("short", element(1, 1_000)), pool("endless", element(1, PoolElement.INFINITE)))));
		assertThat(file(NOW.plusSeconds(30)).read()).isEqualTo(new SavedHandlespace(1,
				List.of(pool("echo", element(2, 60_000)), pool("endless", element(1, PoolElement.INFINITE)))));
		assertThat(Objects.requireNonNull(file(NOW.minusSeconds(999)).read()).size()).isEqualTo(4);
	}

	@Test
	void whereThereIsNoFileNothingIsReported(CapturedOutput output) {
		assertThat(file(NOW).read()).isNull();
		assertThat(output).doesNotContain("WARN");
		assertThat(files()).isEmpty();
	}

	@Test
	void aDamagedFileIsSetAsideWhateverTheDamage(CapturedOutput output) throws IOException {
		byte[] sound = written();
		SplittableRandom random = new SplittableRandom(1);
		for (int i = 0; i < 500; i++) {
			byte[] damaged = sound.clone();
			damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
			setAside(damaged);
		}
		assertThat(output).contains("its checksum is wrong").contains("It is kept as " + path(".unusable"));
	}

	@Test
	void aFileThatIsCutShortIsSetAside(CapturedOutput output) throws IOException {
		byte[] sound = written();
		for (int length = 0; length < sound.length; length++) {
			setAside(Arrays.copyOf(sound, length));
		}
		setAside(Arrays.copyOf(sound, sound.length + 1));
		assertThat(output).contains("it is cut short").contains("there is something behind its end");
	}

	@Test
	void aFileOfALaterFormatIsSetAside(CapturedOutput output) throws IOException {
		byte[] later = written();
		ByteBuffer.wrap(later).putInt(8, SnapshotFormat.VERSION + 1);
		setAside(later);
		assertThat(output).contains("it has version 2 of the format, and this registrar reads version 1");
	}

	@Test
	void aFileOfAnotherRegistrarIsSetAside(CapturedOutput output) throws IOException {
		new SnapshotFile(path(""), "somebody else", clock(NOW)).write(new SavedHandlespace(1, List.of()));
		assertThat(file(NOW).read()).isNull();
		assertThat(files()).containsExactly("snapshot.unusable");
		assertThat(output).contains("it belongs to another registrar (somebody else)");
	}

	@Test
	void whenTheNewFileCannotBeWrittenTheFormerOneStays() throws IOException {
		SavedHandlespace former = new SavedHandlespace(1, List.of(pool("echo", element(1, 30_000))));
		file(NOW).write(former);
		Files.createDirectories(path(".new").resolve("in the way"));
		assertThatIOException().isThrownBy(() -> file(NOW).write(new SavedHandlespace(2, List.of())));
		assertThat(file(NOW).read()).isEqualTo(former);
	}

	@Test
	void whatCannotBeWrittenLeavesTheFormerFile() throws IOException {
		SavedHandlespace former = new SavedHandlespace(1, List.of(pool("echo", element(1, 30_000))));
		file(NOW).write(former);
		PoolElement endless = element(1, Duration.ofDays(36_500).toMillis());
		assertThatIOException()
			.isThrownBy(() -> file(NOW).write(new SavedHandlespace(1, List.of(pool("echo", endless)))))
			.withMessageContaining("Pool echo cannot be written");
		assertThat(file(NOW).read()).isEqualTo(former);
	}

	private void setAside(byte[] octets) throws IOException {
		Files.write(path(""), octets);
		assertThat(file(NOW).read()).isNull();
		assertThat(files()).containsExactly("snapshot.unusable");
		assertThat(path(".unusable")).hasBinaryContent(octets);
	}

	private byte[] written() throws IOException {
		file(NOW).write(new SavedHandlespace(1, List.of(pool("echo", element(1, 30_000)))));
		byte[] octets = Files.readAllBytes(path(""));
		Files.delete(path(""));
		return octets;
	}

	private List<String> files() {
		return Arrays.stream(Objects.requireNonNull(this.directory.toFile().list())).sorted().toList();
	}

	private Path path(String suffix) {
		return this.directory.resolve("snapshot" + suffix);
	}

	private SnapshotFile file(Instant now) {
		return new SnapshotFile(path(""), "this one", clock(now));
	}

	private static Clock clock(Instant now) {
		return Clock.fixed(now, ZoneOffset.UTC);
	}

	private static PoolEntry pool(String name, PoolElement... elements) {
		return new PoolEntry(PoolHandle.of(name), List.of(elements));
	}

	private static PoolElement element(int identifier, long lifetime) {
		@Nullable Transport asap = (identifier % 2 == 0) ? null : new Transport.Tcp(81, InetAddress.getLoopbackAddress());
		return new PoolElement(identifier, 7, lifetime, new Transport.Tcp(80, InetAddress.getLoopbackAddress()),
				MemberSelectionPolicy.ROUND_ROBIN, asap);
	}

}
