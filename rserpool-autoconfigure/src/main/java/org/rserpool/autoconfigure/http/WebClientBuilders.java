package org.rserpool.autoconfigure.http;

import java.util.function.Supplier;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes builders for the pool users that are {@code WebClient}s: never a builder of the
 * application itself, which others may have changed.
 */
@FunctionalInterface
interface WebClientBuilders extends Supplier<WebClient.Builder> {

}
