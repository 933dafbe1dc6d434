package org.rserpool.conformance;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TestRecordsTests {

	@TempDir
	private Path project;

	@BeforeEach
	void makeTheProject() throws Exception {
		Files.createFile(this.project.resolve("pom.xml"));
	}

	@Test
	void readsTheRecordsOfAllModules() throws Exception {
		record("one", "C1\torg.rserpool.OneTests#works\tpassed\tjvm\n");
		record("samples/two", "C2\torg.rserpool.TwoTests#works\tfailed\taot\n");
		assertThat(TestRecords.read(this.project)).containsExactly(
				new TestResult("C1", "org.rserpool.OneTests#works", "passed"),
				new TestResult("C2", "org.rserpool.TwoTests#works", "failed", true));
	}

	@Test
	void aModuleMayHaveNoRecord() throws Exception {
		Files.createDirectories(this.project.resolve("one"));
		Files.createFile(this.project.resolve("one/pom.xml"));
		assertThat(TestRecords.read(this.project)).isEmpty();
	}

	@Test
	void aDamagedRecordIsAnErrorThatNamesIt() throws Exception {
		record("one", "C1 passed\n");
		assertThatIllegalArgumentException().isThrownBy(() -> TestRecords.read(this.project))
			.withMessageContaining("one/target/conformance.tsv")
			.withMessageContaining("C1 passed");
	}

	@Test
	void anUnknownModeIsAnError() throws Exception {
		record("one", "C1\torg.rserpool.OneTests#works\tpassed\tnative\n");
		assertThatIllegalArgumentException().isThrownBy(() -> TestRecords.read(this.project))
			.withMessageContaining("native");
	}

	private void record(String module, String text) throws Exception {
		Path directory = this.project.resolve(module);
		Files.createDirectories(directory.resolve("target"));
		Files.createFile(directory.resolve("pom.xml"));
		Files.writeString(directory.resolve("target/conformance.tsv"), text);
	}

}
