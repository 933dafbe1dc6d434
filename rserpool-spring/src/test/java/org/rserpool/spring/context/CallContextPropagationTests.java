package org.rserpool.spring.context;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rserpool.rpc.CallContext;
import org.rserpool.wire.PoolHandle;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;

class CallContextPropagationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final CallContext served = CallContext.of(PoolHandle.of("pool"), "method", Duration.ofHours(1));

	@AfterEach
	void leave() {
		CallContext.set(null);
	}

	@Test
	void asyncMethodsTakeTheCallAlongAndLeaveNothingBehind() {
		try (var context = new AnnotationConfigApplicationContext(Application.class, Worker.class)) {
			Worker worker = context.getBean(Worker.class);
			CallContext.set(this.served);
			assertThat(worker.current()).succeedsWithin(PATIENCE).isSameAs(this.served);
			CallContext.set(null);
			assertThat(worker.current()).succeedsWithin(PATIENCE).isNull();
		}
	}

	@Test
	void reactorCapturesTheCall() {
		Mono<CallContext> chain = Mono
			.deferContextual((view) -> Mono.justOrEmpty(view.<CallContext>getOrEmpty("org.rserpool.call")))
			.subscribeOn(Schedulers.parallel())
			.contextCapture();
		CallContext.set(this.served);
		assertThat(chain.block(PATIENCE)).isSameAs(this.served);
		CallContext.set(null);
		assertThat(chain.block(PATIENCE)).isNull();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class Application {

		@Bean
		TaskExecutor taskExecutor() {
			SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
			executor.setTaskDecorator(new ContextPropagatingTaskDecorator());
			return executor;
		}

	}

	static class Worker {

		@Async
		CompletableFuture<CallContext> current() {
			return CompletableFuture.completedFuture(CallContext.current());
		}

	}

}
