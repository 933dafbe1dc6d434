package org.rserpool.test.campaign;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.rserpool.test.SimulatedProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@link Safety} and {@link Service} notice what they look for.
 */
class StageInvariantTests {

	private final Stage stage = new Stage(new History(1, 2, 3, 1, 1, false, List.of()));

	private final Safety safety = new Safety(this.stage);

	@BeforeEach
	void start() {
		this.stage.scope().processes().forEach(SimulatedProcess::start);
		this.stage.scope().run(Duration.ofSeconds(5));
	}

	@Test
	void aSoundScopeIsSafe() {
		assertThat(this.stage.violations()).isEmpty();
		assertThat(this.safety.violations()).isEmpty();
	}

	@Test
	void whatNeverWasIsNoticed() {
		this.stage.elementIdentifiers().clear();
		assertThat(this.safety.violations()).hasSize(6).allMatch((violation) -> violation.contains("never was"));
		this.stage.registrarIdentifiers().clear();
		assertThat(this.safety.violations()).hasSize(8).anyMatch((violation) -> violation.contains("cannot be"));
	}

	@Test
	void whatPilesUpIsNoticed() {
		this.stage.scope().process("pile", (runtime) -> {
			for (int i = 0; i < 1000; i++) {
				runtime.schedule(Duration.ofHours(1), () -> {
				});
			}
		}).start();
		assertThat(this.safety.violations()).anyMatch((violation) -> violation.contains("events are pending"));
	}

	@Test
	void aUserWithoutAnAnswerIsStuckIfAnElementIsReachable() {
		Service service = new Service(this.stage, Stage.CALL_INTERVAL.dividedBy(2));
		assertThat(isStuckWithinASecond(service)).isTrue();
		assertThat(service.longest()).isBetween(Stage.CALL_INTERVAL.dividedBy(2), Stage.CALL_INTERVAL);
	}

	@Test
	void aUserIsNotStuckIfItReachesNoElement() {
		SimulatedProcess user = this.stage.users().get(0).process();
		this.stage.elements().forEach((element) -> this.stage.block(new Stage.Path(element.process(), user)));
		Service service = new Service(this.stage, Stage.CALL_INTERVAL.dividedBy(2));
		assertThat(isStuckWithinASecond(service)).isFalse();
		assertThat(this.stage.users().get(0).silence()).isGreaterThan(Duration.ofMillis(900));
	}

	@Test
	void aUserIsNotStuckSoonAfterADisturbance() {
		Service service = new Service(this.stage, Stage.CALL_INTERVAL.multipliedBy(2));
		this.stage.users().get(0).process().hang();
		this.stage.scope().run(Duration.ofSeconds(1));
		this.stage.users().get(0).process().resume();
		service.disturbed();
		assertThat(service.violations()).isEmpty();
	}

	private boolean isStuckWithinASecond(Service service) {
		return this.stage.scope().runUntil(() -> !service.violations().isEmpty(), Duration.ofSeconds(1));
	}

}
