package org.rserpool.spring.element;

import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

/**
 * Holds the process while it has pool elements: all that serves their calls runs on
 * daemon threads, and an application without a web server would end.
 */
class ProcessHold {

	private @Nullable CountDownLatch latch;

	synchronized void hold() {
		if (this.latch == null) {
			CountDownLatch held = new CountDownLatch(1);
			this.latch = held;
			Thread thread = new Thread(() -> await(held), "rserpool-elements");
			thread.setDaemon(false);
			thread.start();
		}
	}

	synchronized void release() {
		if (this.latch != null) {
			this.latch.countDown();
			this.latch = null;
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
