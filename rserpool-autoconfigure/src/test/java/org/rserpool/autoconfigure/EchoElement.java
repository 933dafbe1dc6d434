package org.rserpool.autoconfigure;

import java.util.concurrent.CompletableFuture;

import org.rserpool.spring.PoolElement;

/**
 * A pool element for tests.
 */
@PoolElement(pool = "echo", policy = "random")
public class EchoElement implements Echo {

	@Override
	public CompletableFuture<String> echo(String text) {
		return CompletableFuture.completedFuture(text);
	}

}
