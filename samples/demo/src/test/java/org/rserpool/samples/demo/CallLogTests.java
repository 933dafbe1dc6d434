package org.rserpool.samples.demo;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallLogTests {

	private final CallLog log = new CallLog();

	@Test
	void countsCallsByTheirOutcome() {
		this.log.accept("call 1000 right 1200 ");
		this.log.accept("call 1005 wrong 900 ");
		this.log.accept("call 1010 failed 5000000 org.rserpool.rpc.NoPoolElementException: No element");
		this.log.accept("call 1020 failed 5000000 org.rserpool.rpc.DeadlineExceededException: Late");
		this.log.accept("failover 1010 0x0000e001");
		this.log.accept("2026-11-23T12:00:00Z INFO something else");
		assertThat(this.log.summary())
			.isEqualTo(new CallLog.Summary(4, 2, "org.rserpool.rpc.NoPoolElementException: No element", 1, 1, 0, 0));
	}

	@Test
	void measuresTheLongestTimeBetweenTwoSuccesses() {
		this.log.accept("call 1000 right 1 ");
		this.log.accept("call 1005 right 1 ");
		this.log.accept("call 1150 failed 1 ");
		this.log.accept("call 1205 right 1 ");
		this.log.accept("call 1203 right 1 ");
		this.log.accept("call 1210 right 1 ");
		assertThat(this.log.summary().longestGapMillis()).isEqualTo(200);
		assertThat(this.log.summary().longestGapStart()).isEqualTo(1005);
	}

	@Test
	void describesASecondAndForgetsIt() {
		for (int i = 1; i <= 200; i++) {
			this.log.accept("call " + (1000 + 5 * i) + " right " + 1000 * i + " ");
		}
		this.log.accept("failover 2000 0x0000e001");
		assertThat(this.log.second(1000))
			.isEqualTo("200 calls/s #################### median 101.0 ms, slowest 200 ms, 1 failed over");
		assertThat(this.log.second(1000)).isEqualTo("no call answered");
	}

}
