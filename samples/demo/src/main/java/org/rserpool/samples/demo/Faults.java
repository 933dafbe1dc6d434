package org.rserpool.samples.demo;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What the demo does to its processes, and how the handlespace follows.
 */
final class Faults {

	private static final int POLL_MILLIS = 20;

	private static final int PATIENCE_MILLIS = 6000;

	private final Scope scope;

	private final Timeline timeline;

	private @Nullable Long deadElementGone;

	private @Nullable Long takeover;

	private @Nullable Long hungElementGone;

	private String killed = "";

	Faults(Scope scope, Timeline timeline) {
		this.scope = scope;
		this.timeline = timeline;
	}

	void killElement() throws InterruptedException {
		this.killed = Scope.ELEMENTS.get(0);
		DemoProcess element = this.scope.process(this.killed);
		this.timeline.event("** kill -9 %s (%s, pid %d)", element.name(), this.killed, element.pid());
		long start = System.currentTimeMillis();
		element.kill();
		this.deadElementGone = awaitGone(this.killed, start);
	}

	void killHomeRegistrar() throws InterruptedException {
		String home = home(this.scope.handlespaces().values());
		DemoProcess registrar = this.scope.process(home);
		this.timeline.event("** kill -9 %s (%s, pid %d), the home of the pool elements", registrar.name(), home,
				registrar.pid());
		long start = System.currentTimeMillis();
		registrar.kill();
		this.takeover = await(start,
				(handlespace) -> !handlespace.owners().isEmpty() && !handlespace.owners().containsValue(home));
		if (this.takeover != null) {
			this.timeline.event("   the other registrar owns all pool elements, after %d ms", this.takeover);
		}
		else {
			this.timeline.event("   NO takeover within %d ms", PATIENCE_MILLIS);
		}
	}

	void hangElement() throws IOException, InterruptedException {
		String hung = Scope.ELEMENTS.get(1);
		DemoProcess element = this.scope.process(hung);
		this.timeline.event("** kill -STOP %s (%s, pid %d): it hangs, its sockets stay open", element.name(), hung,
				element.pid());
		long start = System.currentTimeMillis();
		element.hang();
		this.hungElementGone = awaitGone(hung, start);
	}

	private @Nullable Long awaitGone(String element, long start) throws InterruptedException {
		Long gone = await(start, (handlespace) -> !handlespace.owners().containsKey(element));
		if (gone != null) {
			this.timeline.event("   %s left the handlespace of every living registrar, after %d ms", element, gone);
		}
		else {
			this.timeline.event("   %s is STILL in a handlespace after %d ms", element, PATIENCE_MILLIS);
		}
		return gone;
	}

	private @Nullable Long await(long start, Function<Handlespace, Boolean> condition) throws InterruptedException {
		while (System.currentTimeMillis() - start < PATIENCE_MILLIS) {
			Collection<Handlespace> answers = this.scope.handlespaces().values();
			if (answers.size() == this.scope.livingRegistrars() && answers.stream().allMatch(condition::apply)) {
				return System.currentTimeMillis() - start;
			}
			Thread.sleep(POLL_MILLIS);
		}
		return null;
	}

	private static String home(Collection<Handlespace> handlespaces) {
		Map<String, Long> owned = handlespaces.stream()
			.limit(1)
			.flatMap((handlespace) -> handlespace.owners().values().stream())
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		return owned.entrySet()
			.stream()
			.max(Map.Entry.comparingByValue())
			.map(Map.Entry::getKey)
			.orElseThrow(() -> new IllegalStateException("No registrar owns a pool element"));
	}

	/**
	 * Lists the measured times.
	 * @return lines for the summary
	 */
	List<String> summary() {
		return List.of("time until the dead element left the handlespace: " + millis(this.deadElementGone),
				"time until the hung element left the handlespace: " + millis(this.hungElementGone),
				"takeover time: " + millis(this.takeover));
	}

	private static String millis(@Nullable Long time) {
		return (time != null) ? time + " ms" : "never";
	}

}
