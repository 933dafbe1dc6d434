package org.rserpool.integration;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.rserpool.spring.Idempotent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A service whose methods return what comes later, or many times.
 */
interface Stocks {

	@Idempotent
	long process();

	Mono<Quote> quote(String share);

	Flux<Quote> quotes(String share, int count);

	Optional<Quote> find(String share);

	CompletionStage<Quote> later(String share);

	/**
	 * What a share costs.
	 *
	 * @param share the share
	 * @param price its price
	 */
	record Quote(String share, int price) {
	}

}
