package org.rserpool.spring.element;

import java.util.concurrent.Executor;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

class PoolElementExecutorTests {

	private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

	private final PoolElementExecutor executor = new PoolElementExecutor(this.beans, "first", "second");

	@Test
	void whenThereAreBeansThenTheFirstThatIsNamedIsTaken() {
		Executor second = Runnable::run;
		this.beans.addBean("second", second);
		assertThat(this.executor.get()).isSameAs(second);
		Executor first = Runnable::run;
		this.beans.addBean("first", first);
		assertThat(this.executor.get()).isSameAs(first);
	}

	@Test
	void whenABeanOfTheNameIsNoExecutorThenItIsNotTaken() {
		this.beans.addBean("first", "text");
		Executor second = Runnable::run;
		this.beans.addBean("second", second);
		assertThat(this.executor.get()).isSameAs(second);
	}

	@Test
	void whenThereIsNoBeanThenABoundedPoolIsMadeOnceAndShutDown() {
		ThreadPoolTaskExecutor own = (ThreadPoolTaskExecutor) this.executor.get();
		assertThat(this.executor.get()).isSameAs(own);
		assertThat(own.getQueueCapacity()).isLessThan(Integer.MAX_VALUE);
		this.executor.destroy();
		assertThat(own.getThreadPoolExecutor().isShutdown()).isTrue();
	}

}
