package org.rserpool.autoconfigure;

import java.util.concurrent.CompletableFuture;

/**
 * A service for tests.
 */
public interface Echo {

	CompletableFuture<String> echo(String text);

}
