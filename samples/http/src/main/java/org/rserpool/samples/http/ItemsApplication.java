package org.rserpool.samples.http;

import jakarta.servlet.http.HttpServletRequest;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.service.annotation.GetExchange;

/**
 * A web application that joins the pool named like itself, and lets its visitors ask any
 * element of the pool.
 */
@SpringBootApplication
@PoolElement
@RestController
public class ItemsApplication {

	private final Items items;

	ItemsApplication(@PoolUser("items") Items items) {
		this.items = items;
	}

	@GetMapping("/items/{id}")
	String find(@PathVariable String id, HttpServletRequest request) {
		return "item " + id + " from port " + request.getLocalPort();
	}

	@GetMapping("/ask/{id}")
	String ask(@PathVariable String id) {
		return this.items.find(id);
	}

	public static void main(String[] args) {
		SpringApplication.run(ItemsApplication.class, args);
	}

	/**
	 * The requests that the elements of the pool answer.
	 */
	interface Items {

		@GetExchange("/items/{id}")
		String find(@PathVariable String id);

	}

}
