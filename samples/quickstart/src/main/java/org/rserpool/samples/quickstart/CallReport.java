package org.rserpool.samples.quickstart;

import java.util.concurrent.atomic.LongAdder;

import org.rserpool.rpc.CallListener;
import org.rserpool.rpc.CallOutcome;
import org.rserpool.rpc.EndedCall;

import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Counts calls, and writes a line for each of them where that is asked for.
 */
@Component
@Profile("user")
class CallReport implements CallListener {

	private final boolean log;

	private final LongAdder right = new LongAdder();

	private final LongAdder wrong = new LongAdder();

	private final LongAdder failed = new LongAdder();

	private final LongAdder failedOver = new LongAdder();

	CallReport(FileProperties properties) {
		this.log = properties.log();
	}

	@Override
	public void callEnded(EndedCall call) {
		if (call.outcome() == CallOutcome.ANSWERED && !call.failedAttempts().isEmpty()) {
			this.failedOver.increment();
			if (this.log) {
				System.out.printf("failover %d %s%n", System.currentTimeMillis(), call.failedAttempts());
			}
		}
	}

	void answered(long nanos, boolean isRight) {
		(isRight ? this.right : this.wrong).increment();
		log(isRight ? "right" : "wrong", nanos, "");
	}

	void failed(long nanos, Exception cause) {
		this.failed.increment();
		log("failed", nanos, cause.toString());
	}

	void summarize() {
		System.out.printf("%d calls answered, %d of them wrong, %d after a failover; %d calls failed%n",
				this.right.sum() + this.wrong.sum(), this.wrong.sum(), this.failedOver.sum(), this.failed.sum());
	}

	private void log(String outcome, long nanos, String detail) {
		if (this.log) {
			System.out.printf("call %d %s %d %s%n", System.currentTimeMillis(), outcome, nanos / 1000, detail);
		}
	}

}
