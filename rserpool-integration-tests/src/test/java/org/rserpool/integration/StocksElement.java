package org.rserpool.integration;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.rserpool.spring.PoolElement;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;

/**
 * Knows stocks, in the application under test, and in a process of its own, which can be
 * killed.
 */
class StocksElement implements Stocks {

	@Override
	public long process() {
		return ProcessHandle.current().pid();
	}

	@Override
	public Mono<Quote> quote(String share) {
		return Mono.just(new Quote(share, share.length()));
	}

	@Override
	public Flux<Quote> quotes(String share, int count) {
		return Flux.range(1, count).map((price) -> new Quote(share, price));
	}

	@Override
	public Optional<Quote> find(String share) {
		return share.isEmpty() ? Optional.empty() : Optional.of(new Quote(share, share.length()));
	}

	@Override
	public CompletionStage<Quote> later(String share) {
		return CompletableFuture.completedFuture(new Quote(share, share.length()));
	}

	public static void main(String[] args) {
		new SpringApplicationBuilder(Process.class).web(WebApplicationType.NONE).run(args);
	}

	/**
	 * The application of the process.
	 */
	@EnableAutoConfiguration
	static class Process {

		@Bean
		@PoolElement("stocks")
		Stocks stocks() {
			return new StocksElement();
		}

	}

}
