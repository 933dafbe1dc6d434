package org.rserpool.integration;

import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.service.annotation.GetExchange;

/**
 * A web application that is a pool element by calls and by HTTP, and a pool user of both.
 */
@SpringBootApplication
@PoolElement("shops")
@RestController
public class Shop {

	private final Prices prices;

	private final RestClient requests;

	Shop(@PoolUser("shops") Prices prices, @PoolUser("shops") RestClient requests) {
		this.prices = prices;
		this.requests = requests;
	}

	@GetMapping("/prices/{item}")
	Price price(@PathVariable String item) {
		return new Price(item, item.length());
	}

	@GetMapping("/by-interface/{item}")
	Price byInterface(@PathVariable String item) {
		return this.prices.price(item);
	}

	@GetMapping("/by-rest-client/{item}")
	Price byRestClient(@PathVariable String item) {
		return this.requests.get().uri("/prices/{item}", item).retrieve().requiredBody(Price.class);
	}

	/**
	 * What something costs.
	 *
	 * @param item the item
	 * @param amount the amount
	 */
	public record Price(String item, int amount) {
	}

	interface Prices {

		@GetExchange("/prices/{item}")
		Price price(@PathVariable String item);

	}

}
