package org.rserpool.samples.grpc;

import org.rserpool.samples.grpc.api.GreetRequest;
import org.rserpool.samples.grpc.api.GreeterGrpc.GreeterBlockingStub;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.grpc.client.ImportGrpcClients;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * A gRPC application as Spring Boot knows it: it serves greetings, and lets its visitors
 * ask a channel for one. The target of that channel is a pool.
 */
@SpringBootApplication
@ImportGrpcClients(target = "greeter", types = GreeterBlockingStub.class)
@RestController
public class GreeterApplication {

	private final GreeterBlockingStub greeter;

	GreeterApplication(GreeterBlockingStub greeter) {
		this.greeter = greeter;
	}

	@GetMapping("/ask/{name}")
	String ask(@PathVariable String name) {
		return this.greeter.greet(GreetRequest.newBuilder().setName(name).build()).getText();
	}

	public static void main(String[] args) {
		SpringApplication.run(GreeterApplication.class, args);
	}

}
