package org.rserpool.webflux;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.rserpool.spring.PoolElement;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A controller of a reactive web application that is a pool element.
 */
@RestController
@PoolElement("items")
class ItemsController {

	final List<String> added = new CopyOnWriteArrayList<>();

	/** Counted down when a request is held. */
	final CountDownLatch held = new CountDownLatch(1);

	/** Ends the requests that are held. */
	final Sinks.Empty<String> released = Sinks.empty();

	private final String name;

	ItemsController(@Value("${name}") String name) {
		this.name = name;
	}

	@GetMapping("/items/{id}")
	Mono<String> find(@PathVariable String id) {
		return Mono.just(this.name + ":" + id);
	}

	@PostMapping("/items/{id}")
	Mono<String> add(@PathVariable String id) {
		return Mono.fromSupplier(() -> {
			this.added.add(id);
			return this.name + ":" + id;
		});
	}

	@GetMapping("/hold")
	Mono<String> hold() {
		return this.released.asMono()
			.switchIfEmpty(Mono.just(this.name + " held"))
			.doOnSubscribe((subscription) -> this.held.countDown());
	}

}
