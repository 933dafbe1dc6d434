package org.rserpool.samples.quickstart;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.rserpool.spring.PoolUser;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The pool user: digests a file chunk by chunk, at a steady rate, and checks each answer.
 */
@Component
@Profile("user")
@EnableConfigurationProperties(FileProperties.class)
class FileDigester implements ApplicationRunner {

	private final Digests digests;

	private final FileProperties properties;

	private final CallReport report;

	FileDigester(@PoolUser("digests") Digests digests, FileProperties properties, CallReport report) {
		this.digests = digests;
		this.properties = properties;
		this.report = report;
	}

	@Override
	public void run(ApplicationArguments args) throws Exception {
		long calls = this.properties.rate() * this.properties.duration().toMillis() / 1000;
		long interval = TimeUnit.SECONDS.toNanos(1) / this.properties.rate();
		ExecutorService callers = Executors.newCachedThreadPool();
		try (ChunkedFile file = new ChunkedFile(this.properties.file(), calls)) {
			long start = System.nanoTime();
			for (long i = 0; i < calls; i++) {
				byte[] chunk = file.chunk(i);
				waitUntil(start + i * interval);
				callers.execute(() -> digest(chunk));
			}
			callers.shutdown();
			callers.awaitTermination(1, TimeUnit.MINUTES);
		}
		finally {
			callers.shutdownNow();
		}
		this.report.summarize();
	}

	private void digest(byte[] chunk) {
		long start = System.nanoTime();
		try {
			byte[] digest = this.digests.sha256(chunk);
			boolean right = Arrays.equals(digest, MessageDigest.getInstance("SHA-256").digest(chunk));
			this.report.answered(System.nanoTime() - start, right);
		}
		catch (Exception ex) {
			this.report.failed(System.nanoTime() - start, ex);
		}
	}

	private static void waitUntil(long time) {
		for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

}
