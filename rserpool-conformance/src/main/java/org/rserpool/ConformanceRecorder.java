package org.rserpool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.PreconditionViolationException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Records how the tests ended that name statements of the conformance checklist, or goals
 * of the project: one line for each statement or goal and test, with the outcome and the
 * mode, in {@code target/conformance.tsv} of the module under test. A run with what was
 * generated ahead of time keeps what the usual run before it recorded.
 */
public class ConformanceRecorder implements TestExecutionListener {

	private static final String USUAL = "jvm";

	private static final String AHEAD_OF_TIME = "aot";

	/** The records of this process, to which further runs of tests in it are added. */
	private static final Set<Path> BEGUN = new HashSet<>();

	private final String mode;

	private final Optional<Path> file;

	private final TreeMap<String, Outcome> outcomes = new TreeMap<>();

	private @Nullable TestPlan plan;

	/**
	 * Records to the module that Maven tests, and nowhere without Maven.
	 */
	public ConformanceRecorder() {
		this(Optional.ofNullable(System.getProperty("basedir")).map((module) -> Path.of(module, "target")),
				Boolean.getBoolean("spring.aot.enabled"));
	}

	ConformanceRecorder(Optional<Path> directory, boolean aheadOfTime) {
		this.mode = aheadOfTime ? AHEAD_OF_TIME : USUAL;
		this.file = directory.map((target) -> target.resolve("conformance.tsv"));
	}

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		this.plan = plan;
		this.outcomes.clear();
	}

	@Override
	public void executionSkipped(TestIdentifier test, String reason) {
		record(test, Outcome.SKIPPED);
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		if (test.isTest() || result.getStatus() == Status.FAILED) {
			record(test, Outcome.of(result));
		}
	}

	@Override
	public void testPlanExecutionFinished(TestPlan plan) {
		this.file.ifPresent(this::write);
	}

	/**
	 * Return what was recorded.
	 * @return a line for each statement or goal and test: its number, test, outcome and
	 * mode between tab characters
	 */
	Set<String> lines() {
		TreeSet<String> lines = new TreeSet<>();
		this.outcomes.forEach(
				(test, outcome) -> lines.add(test + "\t" + outcome.name().toLowerCase(Locale.ROOT) + "\t" + this.mode));
		return lines;
	}

	private void record(TestIdentifier test, Outcome outcome) {
		method(test).ifPresent((method) -> {
			for (String number : numbers(method)) {
				this.outcomes.merge(number + "\t" + method.getClassName() + "#" + method.getMethodName(), outcome,
						Outcome::with);
			}
		});
	}

	// A dynamic test has no method; the factory above it has.
	private Optional<MethodSource> method(TestIdentifier test) {
		TestPlan running = Objects.requireNonNull(this.plan);
		Optional<TestIdentifier> next = Optional.of(test);
		while (next.isPresent()) {
			if (next.get().getSource().orElse(null) instanceof MethodSource method) {
				return Optional.of(method);
			}
			next = running.getParent(next.get());
		}
		return Optional.empty();
	}

	private static Set<String> numbers(MethodSource method) {
		Set<String> numbers = new TreeSet<>();
		try {
			add(numbers, method.getJavaMethod());
		}
		catch (PreconditionViolationException ex) {
			// Another engine's test need not be a method of Java.
			return numbers;
		}
		for (Class<?> type = method.getJavaClass(); type != null; type = type.getEnclosingClass()) {
			for (Class<?> inherited = type; inherited != null; inherited = inherited.getSuperclass()) {
				add(numbers, inherited);
			}
		}
		return numbers;
	}

	private static void add(Set<String> numbers, AnnotatedElement element) {
		Conformance conformance = element.getDeclaredAnnotation(Conformance.class);
		if (conformance != null) {
			numbers.addAll(Arrays.asList(conformance.value()));
		}
		Goal goal = element.getDeclaredAnnotation(Goal.class);
		if (goal != null) {
			numbers.addAll(Arrays.asList(goal.value()));
		}
	}

	private void write(Path file) {
		synchronized (ConformanceRecorder.class) {
			try {
				Files.createDirectories(file.getParent());
				List<String> all = new ArrayList<>(recordedBefore(file));
				all.addAll(lines());
				Files.write(file, all);
				BEGUN.add(file);
			}
			catch (IOException ex) {
				throw new UncheckedIOException("The conformance record %s cannot be written".formatted(file), ex);
			}
		}
	}

	private List<String> recordedBefore(Path file) throws IOException {
		if (!Files.exists(file)) {
			return List.of();
		}
		List<String> before = Files.readAllLines(file);
		if (BEGUN.contains(file)) {
			return before;
		}
		return this.mode.equals(USUAL) ? List.of()
				: before.stream().filter((line) -> line.endsWith("\t" + USUAL)).toList();
	}

	/** How a test ended, the weightiest last: one failure outweighs all. */
	private enum Outcome {

		SKIPPED, PASSED, FAILED;

		static Outcome of(TestExecutionResult result) {
			return switch (result.getStatus()) {
				case SUCCESSFUL -> PASSED;
				case ABORTED -> SKIPPED;
				case FAILED -> FAILED;
			};
		}

		Outcome with(Outcome other) {
			return (compareTo(other) < 0) ? other : this;
		}

	}

}
