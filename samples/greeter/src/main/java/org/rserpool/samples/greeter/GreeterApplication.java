package org.rserpool.samples.greeter;

import org.rserpool.spring.Idempotent;
import org.rserpool.spring.PoolElement;
import org.rserpool.spring.PoolUser;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class GreeterApplication {

	private final Greeter greeter;

	GreeterApplication(@PoolUser("greeters") Greeter greeter) {
		this.greeter = greeter;
	}

	@GetMapping("/greet/{name}")
	String greet(@PathVariable String name) {
		return this.greeter.greet(name);
	}

	public static void main(String[] args) {
		SpringApplication.run(GreeterApplication.class, args);
	}

	@Idempotent
	public interface Greeter {

		String greet(String name);

	}

	@PoolElement("greeters")
	static class FriendlyGreeter implements Greeter {

		public String greet(String name) {
			return "Hello " + name + " from process " + ProcessHandle.current().pid();
		}

	}

}
