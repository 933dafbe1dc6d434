package org.rserpool.spring.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.docs.ObservationDocumentation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rserpool.element.RegistrationOutcome;
import org.rserpool.element.RegistrationRequest;
import org.rserpool.rpc.CallOutcome;
import org.rserpool.runtime.DownReason;
import org.rserpool.spring.observation.SessionObservation.Cause;
import org.rserpool.spring.observation.SessionObservation.Outcome;
import org.rserpool.user.ResolutionFailure;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation lists what is observed.
 */
class PoolObservationTests {

	static Stream<ObservationDocumentation> observations() {
		return Stream.concat(Arrays.stream(PoolObservation.values()), Arrays.stream(SessionObservation.values()));
	}

	@ParameterizedTest
	@MethodSource("observations")
	void isDocumentedWithKeysEventsAndOutcomes(ObservationDocumentation observation) throws IOException {
		String start = "| `" + observation.getName() + "` |";
		List<String> rows = Files.readAllLines(Path.of("..", "docs", "observability.md"))
			.stream()
			.filter((line) -> line.startsWith(start))
			.toList();
		assertThat(rows).singleElement()
			.satisfies((row) -> assertThat(names(observation))
				.allSatisfy((name) -> assertThat(row).contains("`" + name + "`")));
	}

	private static List<String> names(ObservationDocumentation observation) {
		List<String> names = new ArrayList<>();
		Stream
			.concat(Arrays.stream(observation.getLowCardinalityKeyNames()),
					Arrays.stream(observation.getHighCardinalityKeyNames()))
			.map(KeyName::asString)
			.forEach(names::add);
		Arrays.stream(observation.getEvents()).map(Observation.Event::getName).forEach(names::add);
		if (observation == PoolObservation.CLIENT) {
			addAll(names, CallOutcome.values());
		}
		if (observation == PoolObservation.RESOLUTION) {
			addAll(names,
					Arrays.stream(ResolutionFailure.Kind.values())
						.filter((kind) -> kind != ResolutionFailure.Kind.NO_OTHER_ELEMENT)
						.toArray());
		}
		if (observation == PoolObservation.REGISTRATION) {
			addAll(names, RegistrationRequest.values());
			addAll(names, RegistrationOutcome.values());
		}
		if (observation == SessionObservation.SESSION) {
			addAll(names, Outcome.CLOSED, Outcome.FAILED, Outcome.ABANDONED);
		}
		if (observation == SessionObservation.SEARCH) {
			addAll(names, Outcome.values());
			addAll(names, Cause.values());
		}
		if (observation == SessionObservation.SERVED) {
			addAll(names,
					Arrays.stream(DownReason.values()).filter((reason) -> reason != DownReason.CANNOT_START).toArray());
		}
		return names;
	}

	private static void addAll(List<String> names, Object... values) {
		Arrays.stream(values).map(Object::toString).forEach(names::add);
	}

}
