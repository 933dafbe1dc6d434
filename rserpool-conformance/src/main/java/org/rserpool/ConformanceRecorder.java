package org.rserpool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
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
 * of the project: one line for each statement or goal and test, with the outcome, in
 * {@code target/conformance.tsv} of the module under test.
 */
public class ConformanceRecorder implements TestExecutionListener {

	private static boolean begun;

	private final Optional<Path> file;

	private final TreeMap<String, Outcome> outcomes = new TreeMap<>();

	private @Nullable TestPlan plan;

	/**
	 * Records to the module that Maven tests, and nowhere without Maven.
	 */
	public ConformanceRecorder() {
		this(Optional.ofNullable(System.getProperty("basedir")).map((module) -> Path.of(module, "target")));
	}

	ConformanceRecorder(Optional<Path> directory) {
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
	 * @return a line for each statement or goal and test: its number, test and outcome
	 * between tab characters
	 */
	Set<String> lines() {
		TreeSet<String> lines = new TreeSet<>();
		this.outcomes.forEach((test, outcome) -> lines.add(test + "\t" + outcome.name().toLowerCase(Locale.ROOT)));
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
				if (begun) {
					Files.write(file, lines(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
				}
				else {
					Files.write(file, lines());
				}
				begun = true;
			}
			catch (IOException ex) {
				throw new UncheckedIOException("The conformance record %s cannot be written".formatted(file), ex);
			}
		}
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
