package org.rserpool.autoconfigure.http;

import java.util.function.Supplier;

import org.springframework.web.client.RestClient;

/**
 * Makes builders for the pool users that are {@code RestClient}s: never a builder of the
 * application itself, which others may have changed.
 */
@FunctionalInterface
interface RestClientBuilders extends Supplier<RestClient.Builder> {

}
