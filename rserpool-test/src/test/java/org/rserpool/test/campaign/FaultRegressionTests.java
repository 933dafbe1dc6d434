package org.rserpool.test.campaign;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

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

	@Test
	void anElementNoticesThatItsHomeForgotItInALossOfPower() {
		isBorne(1, 2, new Fault.Crash(millis(1000), millis(30), R1, true, 0, false));
	}

	@Test
	void anElementNoticesThatItsHomeForgotItBeforeTheFirstKeepAlive() {
		isBorne(1, 2, new Fault.Crash(millis(1000), millis(20), E1, true, 0, false),
				new Fault.Crash(millis(1030), millis(30), R1, true, 0, false));
	}

	@Test
	void anElementThatRegistersTwiceWithAHungRegistrarIsNotRefused() {
		isBorne(2, 6, new Fault.Hang(millis(1000), millis(2828), R1),
				new Fault.Crash(millis(1444), millis(53), E1, false, 0, false));
	}

	@Test
	void registrarsFindEachOtherAgainAfterAPartition() {
		isBorne(2, 7, new Fault.Partition(millis(1000), millis(4054), List.of(R1, E1), Fault.Direction.BOTH));
	}

	/**
	 * The registrar that takes the elements over, and their home when it is back, remove
	 * them without being able to tell them.
	 */
	@Test
	void elementsThatWereRemovedWhileNothingReachedThemRegisterAgainSoon() {
		isBorne(4, 6, new Fault.Hang(millis(1000), millis(1713), new Victim(Role.REGISTRAR, 3)),
				new Fault.Partition(millis(1100), millis(2344),
						IntStream.range(0, 6).mapToObj((i) -> new Victim(Role.ELEMENT, i)).toList(),
						Fault.Direction.TO_ISLAND));
	}

	/**
	 * The second registrar begins with what it knew, so it answers pool users already,
	 * but takes no elements as long as it looks for its mentor.
	 */
	@Test
	void elementsDoNotComeWithoutEndToARegistrarThatTakesNone() {
		isBorne(2, 6, new Fault.Crash(millis(1000), millis(4580), R1, true, 0, false),
				new Fault.Crash(millis(2358), millis(25), new Victim(Role.REGISTRAR, 1), false, 0, false));
	}

	/**
	 * The elements move to another address of a registrar that knows them by the first.
	 */
	@Test
	void anElementIsNotTakenForAnotherWhenItComesFromAnotherAddress() {
		isBorne(true, 2, 6, new Fault.Crash(millis(1000), millis(3000), R1, false, 0, false),
				new Fault.Crash(millis(5000), millis(3000), new Victim(Role.REGISTRAR, 1), false, 0, false));
	}

	private static Duration millis(long millis) {
		return Duration.ofMillis(millis);
	}

	private static void isBorne(int registrars, int elements, Fault... faults) {
		isBorne(false, registrars, elements, faults);
	}

	private static void isBorne(boolean twoAddresses, int registrars, int elements, Fault... faults) {
		for (long seed = 1; seed <= 30; seed++) {
			History history = new History(seed, registrars, elements, 1, 1, twoAddresses, List.of(faults));
			Trial.Verdict verdict = Trial.judge(history);
			if (verdict.failed()) {
				throw new AssertionError("Seed " + seed + ": " + verdict.failure() + "\n" + history + "What happened:\n"
						+ verdict.events());
			}
		}
	}

}
