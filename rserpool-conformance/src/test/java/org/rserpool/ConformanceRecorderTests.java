package org.rserpool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

import static org.assertj.core.api.Assertions.assertThat;

class ConformanceRecorderTests {

	@Test
	void namesEachStatementWithItsTestsAndTheirOutcomes() {
		ConformanceRecorder recorder = new ConformanceRecorder(Optional.empty(), false);
		play(recorder, Sample.class);
		String sample = Sample.class.getName();
		assertThat(recorder.lines()).containsExactlyInAnyOrder("C1\t" + sample + "#passes\tpassed\tjvm",
				"C2\t" + sample + "#passes\tpassed\tjvm", "C3\t" + sample + "#fails\tfailed\tjvm",
				"C4\t" + sample + "#isDisabled\tskipped\tjvm", "C5\t" + sample + "#isAborted\tskipped\tjvm",
				"C6\t" + sample + "#failsOnce\tfailed\tjvm", "C7\t" + sample + "#makesTests\tpassed\tjvm",
				"C8\t" + sample + "$Inner#isInside\tpassed\tjvm", "C9\t" + sample + "$Inner#isInside\tpassed\tjvm",
				"G1\t" + sample + "#reachesAGoal\tpassed\tjvm");
	}

	@Test
	void namesTheTestsThatAClassInherits() {
		ConformanceRecorder recorder = new ConformanceRecorder(Optional.empty(), false);
		play(recorder, Heir.class);
		assertThat(recorder.lines()).containsExactly("C10\t" + Heir.class.getName() + "#isInherited\tpassed\tjvm");
	}

	@Test
	void namesNoTestThatDidNotRunBecauseItsClassFailed() {
		ConformanceRecorder recorder = new ConformanceRecorder(Optional.empty(), false);
		play(recorder, Broken.class);
		assertThat(recorder.lines()).isEmpty();
	}

	@Test
	void writesARecordBesideTheClassesOfTheModule(@TempDir Path target) throws Exception {
		play(new ConformanceRecorder(Optional.of(target), false), Heir.class);
		assertThat(Files.readString(target.resolve("conformance.tsv")))
			.contains("C10\t" + Heir.class.getName() + "#isInherited\tpassed\tjvm");
	}

	@Test
	void aRunAheadOfTimeIsRecordedBesideTheUsualOne(@TempDir Path target) throws Exception {
		Path record = record(target);
		play(new ConformanceRecorder(Optional.of(target), true), Heir.class);
		assertThat(Files.readAllLines(record)).containsExactly("C1\tA#a\tpassed\tjvm",
				"C10\t" + Heir.class.getName() + "#isInherited\tpassed\taot");
	}

	@Test
	void theUsualRunBeginsANewRecord(@TempDir Path target) throws Exception {
		Path record = record(target);
		play(new ConformanceRecorder(Optional.of(target), false), Heir.class);
		assertThat(Files.readAllLines(record))
			.containsExactly("C10\t" + Heir.class.getName() + "#isInherited\tpassed\tjvm");
	}

	private static Path record(Path target) throws IOException {
		return Files.writeString(target.resolve("conformance.tsv"), "C1\tA#a\tpassed\tjvm\nC1\tA#a\tfailed\taot\n");
	}

	private static void play(ConformanceRecorder recorder, Class<?> tests) {
		LauncherFactory
			.create(LauncherConfig.builder()
				.enableTestExecutionListenerAutoRegistration(false)
				.addTestExecutionListeners(recorder)
				.build())
			.execute(
					LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(tests)).build());
	}

	static class Sample {

		@Test
		@Conformance({ "C1", "C2" })
		void passes() {
		}

		@Test
		@Conformance("C3")
		void fails() {
			throw new IllegalStateException("This sample fails");
		}

		@Test
		@Disabled("This sample is skipped")
		@Conformance("C4")
		void isDisabled() {
		}

		@Test
		@Conformance("C5")
		void isAborted() {
			Assumptions.abort("This sample is aborted");
		}

		@ParameterizedTest
		@ValueSource(ints = { 1, 2, 3 })
		@Conformance("C6")
		void failsOnce(int value) {
			assertThat(value).isNotEqualTo(2);
		}

		@TestFactory
		@Conformance("C7")
		Stream<DynamicTest> makesTests() {
			return Stream.of(DynamicTest.dynamicTest("one", () -> assertThat(true).isTrue()));
		}

		@Test
		@Goal("G1")
		void reachesAGoal() {
		}

		@Test
		void namesNothing() {
		}

		@Nested
		@Conformance("C8")
		class Inner {

			@Test
			@Conformance("C9")
			void isInside() {
			}

		}

	}

	@Conformance("C10")
	abstract static class Ancestor {

		@Test
		void isInherited() {
		}

	}

	static class Heir extends Ancestor {

	}

	@Conformance("C11")
	static class Broken {

		@BeforeAll
		static void breaks() {
			throw new IllegalStateException("This sample cannot begin");
		}

		@Test
		void wouldPass() {
		}

	}

}
