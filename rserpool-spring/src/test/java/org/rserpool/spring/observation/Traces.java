package org.rserpool.spring.observation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import io.micrometer.observation.docs.ObservationDocumentation;
import io.micrometer.observation.transport.SenderContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps what was observed, and lets the trace context of senders travel as a tracer does.
 */
public final class Traces implements ObservationHandler<Observation.Context> {

	private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

	private final Map<Observation.Context, List<String>> events = new ConcurrentHashMap<>();

	@Override
	public boolean supportsContext(Observation.Context context) {
		return true;
	}

	@Override
	public void onStart(Observation.Context context) {
		if (context instanceof SenderContext<?> sender) {
			inject(sender, id(context));
		}
	}

	@Override
	public void onEvent(Observation.Event event, Observation.Context context) {
		this.events.computeIfAbsent(context, (added) -> new CopyOnWriteArrayList<>()).add(event.getName());
	}

	@Override
	public void onStop(Observation.Context context) {
		this.stopped.add(context);
	}

	private static <C> void inject(SenderContext<C> sender, String id) {
		sender.getSetter().set(sender.getCarrier(), "traceparent", id);
	}

	/** Returns what travels with a request that is a child of an observation. */
	public static String id(Observation.ContextView context) {
		return "00-0af7651916cd43dd8448eb211c80319c-%016x-01".formatted(System.identityHashCode(context));
	}

	/**
	 * Returns the observations of one kind that ended, which must have the keys that are
	 * documented.
	 */
	public List<Observation.Context> of(ObservationDocumentation kind) {
		List<Observation.Context> found = named(kind.getName());
		assertThat(found).allSatisfy((context) -> {
			assertThat(keys(context.getLowCardinalityKeyValues().stream()))
				.containsExactlyInAnyOrderElementsOf(keys(kind.getLowCardinalityKeyNames()));
			assertThat(keys(context.getHighCardinalityKeyValues().stream()))
				.containsExactlyInAnyOrderElementsOf(keys(kind.getHighCardinalityKeyNames()));
			assertThat(Arrays.stream(kind.getEvents()).map(Observation.Event::getName)).containsAll(events(context));
		});
		return found;
	}

	/** Returns the observations of one name that ended. */
	public List<Observation.Context> named(String name) {
		return this.stopped.stream().filter((context) -> name.equals(context.getName())).toList();
	}

	public List<String> events(Observation.Context context) {
		return this.events.getOrDefault(context, List.of());
	}

	/** Returns the attempts of a call, in their order. */
	public List<Observation.Context> attempts(Observation.Context call) {
		return new ArrayList<>(
				of(PoolObservation.ATTEMPT).stream().filter((attempt) -> parent(attempt) == call).toList());
	}

	/** Returns what an observation is a part of. */
	public static Observation.ContextView parent(Observation.Context context) {
		ObservationView parent = context.getParentObservation();
		return (parent != null) ? parent.getContextView() : null;
	}

	/** Returns the value of a key. */
	public static String value(Observation.Context context, String key) {
		KeyValue value = context.getLowCardinalityKeyValue(key);
		return (value != null) ? value.getValue() : context.getHighCardinalityKeyValue(key).getValue();
	}

	private static List<String> keys(Stream<KeyValue> values) {
		return values.map(KeyValue::getKey).toList();
	}

	private static List<String> keys(KeyName[] names) {
		return Arrays.stream(names).map(KeyName::asString).toList();
	}

}
