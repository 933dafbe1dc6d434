package org.rserpool.spring.element;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
	void aBeanIsFoundByItsName() {
		Executor other = Runnable::run;
		this.beans.addBean("other", other);
		this.beans.addBean("text", "text");
		assertThat(this.executor.named("other")).isSameAs(other);
		assertThatIllegalArgumentException().isThrownBy(() -> this.executor.named("text"))
			.withMessage("There is no executor 'text'; there are the beans [other]");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void whenThereIsNoBeanThenEachCallMayHaveAVirtualThread() {
		PoolElementExecutor virtual = new PoolElementExecutor(this.beans, true, "first");
		CompletableFuture<String> group = new CompletableFuture<>();
		virtual.get().execute(() -> group.complete(Thread.currentThread().getThreadGroup().getName()));
		// Virtual threads have this group, and Java 17 no way to ask for more.
		assertThat(group.join()).isEqualTo("VirtualThreads");
		assertThat(virtual.get()).isSameAs(virtual.get());
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
