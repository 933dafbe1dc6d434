package org.rserpool.test.campaign;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.rserpool.test.campaign.Victim.Role;

/**
 * Stories that failed once. Each is played with many seeds.
 */
class FaultRegressionTests {

	private static final Victim R1 = new Victim(Role.REGISTRAR, 0);

	private static final Victim E1 = new Victim(Role.ELEMENT, 0);

	@Test
	void anElementThatIsBackBeforeItsLossOfPowerIsNoticedRegistersAgain() {
		isBorne(1, 2, new Fault.Crash(millis(1000), millis(50), E1, true, 0, false));
	}

	@Test
	void anElementThatRestartsTwiceWithinAKeepAliveRegistersAgain() {
		isBorne(1, 2, new Fault.Crash(millis(1000), millis(50), E1, true, 0, false),
				new Fault.Crash(millis(1100), millis(50), E1, true, 0, false));
	}

	private static Duration millis(long millis) {
		return Duration.ofMillis(millis);
	}

	private static void isBorne(int registrars, int elements, Fault... faults) {
		for (long seed = 1; seed <= 30; seed++) {
			History history = new History(seed, registrars, elements, 1, 1, List.of(faults));
			Trial.Verdict verdict = Trial.judge(history);
			if (verdict.failed()) {
				throw new AssertionError("Seed " + seed + ": " + verdict.failure() + "\n" + history + "What happened:\n"
						+ verdict.events());
			}
		}
	}

}
