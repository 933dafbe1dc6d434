package org.rserpool.spring.element;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessHoldTests {

	private final ProcessHold hold = new ProcessHold();

	@Test
	void holdsByOneThreadThatIsNoDaemonUntilReleased() throws InterruptedException {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		this.hold.hold();
		this.hold.hold();
		Set<Thread> holding = new HashSet<>(Thread.getAllStackTraces().keySet());
		holding.removeAll(before);
		holding.removeIf((thread) -> !thread.getName().equals("rserpool-elements"));
		assertThat(holding).singleElement().satisfies((thread) -> assertThat(thread.isDaemon()).isFalse());
		this.hold.release();
		for (Thread thread : holding) {
			thread.join(5000);
			assertThat(thread.isAlive()).isFalse();
		}
	}

}
