package org.rserpool.registrar.app;

import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.rserpool.registrar.RegistrarListener;
import org.rserpool.registrar.RegistrarSnapshot;
import org.rserpool.registrar.app.TakeoverHistory.PastTakeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link RegistrarListeners} and {@link TakeoverHistory}.
 */
class RegistrarListenersTests {

	@ParameterizedTest
	@MethodSource("methods")
	void everyListenerIsToldEverything(Method method) throws ReflectiveOperationException {
		RegistrarListener first = mock();
		RegistrarListener second = mock();
		Object[] arguments = new Object[method.getParameterCount()];
		for (int i = 0; i < arguments.length; i++) {
			arguments[i] = argument(method.getParameterTypes()[i], i);
		}
		method.invoke(new RegistrarListeners(List.of(first, second)), arguments);
		method.invoke(Mockito.verify(first), arguments);
		method.invoke(Mockito.verify(second), arguments);
	}

	/** But not what a coverage tool adds. */
	static Stream<Method> methods() {
		return Stream.of(RegistrarListener.class.getDeclaredMethods()).filter((method) -> !method.isSynthetic());
	}

	private static Object argument(Class<?> type, int index) {
		if (type == int.class) {
			return index + 1;
		}
		if (type == boolean.class) {
			return true;
		}
		if (type == String.class) {
			return "text " + index;
		}
		if (type == Duration.class) {
			return Duration.ofSeconds(index);
		}
		if (type == List.class) {
			return List.of(index);
		}
		return type.isEnum() ? type.getEnumConstants()[0] : Mockito.mock(type);
	}

	@Test
	void theLatestTakeoversAreRemembered() {
		TakeoverHistory history = new TakeoverHistory(Clock.systemUTC());
		history.stateChanged(RegistrarSnapshot.State.RUNNING);
		history.takenOver(3, 4, 5);
		history.takeoverWon(6, 7);
		assertThat(history.latestFirst(1))
			.extracting(PastTakeover::target, PastTakeover::winner, PastTakeover::elements)
			.containsExactly(tuple("0x00000006", "0x00000001", 7), tuple("0x00000003", "0x00000004", 5));
		for (int i = 0; i < 2 * TakeoverHistory.LENGTH; i++) {
			history.takeoverWon(i, 0);
		}
		assertThat(history.latestFirst(1)).hasSize(TakeoverHistory.LENGTH)
			.first()
			.extracting(PastTakeover::target)
			.isEqualTo("0x0000003f");
	}

}
