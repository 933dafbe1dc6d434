package org.rserpool.registrar.app;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarSettings;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.transport.TransportSettings;
import org.rserpool.registrar.SavedHandlespace;
import org.rserpool.wire.EnrpMessage.PoolEntry;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The registrar and its snapshot.
 */
class RegistrarSnapshotTests {

	@TempDir
	private Path directory;

	private Registrar registrar;

	@BeforeEach
	void prepare() {
		this.registrar = registrar(Duration.ofMillis(20));
	}

	@AfterEach
	void stop() {
		this.registrar.stop();
	}

	@Test
	void isWrittenAgainAndAgain() throws IOException {
		this.registrar.start();
		Awaitility.await().until(() -> Files.exists(path()));
		Files.delete(path());
		Awaitility.await().until(() -> Files.exists(path()));
		assertThat(Objects.requireNonNull(file().read()).registrar()).isEqualTo(7);
	}

	@Test
	void isWrittenWhenTheRegistrarStops() {
		this.registrar = registrar(Duration.ofHours(1));
		this.registrar.start();
		Awaitility.await()
			.until(() -> Objects.requireNonNull(this.registrar.snapshot()).state() == RegistrarSnapshot.State.RUNNING);
		assertThat(path()).doesNotExist();
		this.registrar.stop();
		assertThat(Objects.requireNonNull(file().read()).size()).isZero();
	}

	@Test
	void isWhatTheRegistrarBeginsWith() throws IOException {
		PoolElement element = new PoolElement(1, 7, PoolElement.INFINITE,
				new Transport.Tcp(80, InetAddress.getLoopbackAddress()), MemberSelectionPolicy.ROUND_ROBIN,
				new Transport.Tcp(1, InetAddress.getLoopbackAddress()));
		file().write(new SavedHandlespace(7, List.of(new PoolEntry(PoolHandle.of("echo"), List.of(element)))));
		this.registrar.start();
		Awaitility.await().until(() -> this.registrar.counters().getOrDefault("deregistrations_unreachable", 0L) == 1);
	}

	@Test
	void doesNotKeepTheRegistrarFromStartingIfItIsDamaged() throws IOException {
		Files.writeString(path(), "nonsense");
		this.registrar.start();
		Awaitility.await()
			.until(() -> Objects.requireNonNull(this.registrar.snapshot()).state() == RegistrarSnapshot.State.RUNNING);
		assertThat(this.directory.resolve("sub/snapshot.unusable")).hasContent("nonsense");
	}

	@Test
	void aFileThatCannotBeIsNamed() throws IOException {
		Path inTheWay = Files.writeString(this.directory.resolve("file"), "");
		assertThatExceptionOfType(InvalidPropertyException.class)
			.isThrownBy(() -> new SnapshotFile(inTheWay.resolve("snapshot"), "x", Clock.systemUTC())
				.prepare("rserpool.registrar.snapshot"))
			.withMessageContaining("rserpool.registrar.snapshot")
			.withMessageContaining("its directory cannot be made");
	}

	private Path path() {
		return this.directory.resolve("sub").resolve("snapshot");
	}

	private SnapshotFile file() {
		SnapshotFile file = new SnapshotFile(path(), "test", Clock.systemUTC());
		file.prepare("rserpool.registrar.snapshot");
		return file;
	}

	private Registrar registrar(Duration interval) {
		RegistrarSettings settings = RegistrarSettings.builder()
			.identifier(7)
			.asapListen(AddressProperties.parse("asap", List.of("127.0.0.1:0")))
			.enrpListen(AddressProperties.parse("enrp", List.of("127.0.0.1:0")))
			.build();
		return new Registrar(settings, TransportSettings.defaults(), new RegistrarListener() {
		}, file(), interval, null);
	}

}
