package org.rserpool.benchmarks;

/**
 * Makes calls, and waits for their answers.
 */
interface Calls extends AutoCloseable {

	/**
	 * Makes calls, and waits until all are answered.
	 * @param count how many
	 * @throws InterruptedException if the thread is interrupted meanwhile
	 */
	void make(int count) throws InterruptedException;

	@Override
	void close();

}
