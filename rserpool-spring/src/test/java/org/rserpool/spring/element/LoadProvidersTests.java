package org.rserpool.spring.element;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.rserpool.rpc.ElementSpecification;
import org.rserpool.wire.PoolHandle;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class LoadProvidersTests {

	private static final ElementActivity HALF = new ElementActivity(PoolHandle.of("pool"), 1, 2);

	private static final ElementActivity UNLIMITED = new ElementActivity(PoolHandle.of("pool"), 8,
			ElementSpecification.UNLIMITED);

	private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

	private final Executor executor = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(4));

	@Test
	void callsInProgressAreRelatedToTheLimit() {
		assertThat(find("in-flight").load(HALF)).isEqualTo(0.5);
		assertThat(find("in-flight").load(UNLIMITED)).isEqualTo(0.25);
	}

	@Test
	void cpuIsThatOfTheMachine() {
		assertThat(find("cpu").load(HALF)).isBetween(-1.0, 1.0);
	}

	@Test
	void queueIsRelatedToItsRoom() {
		LoadProvider queue = find("queue");
		assertThat(queue.load(HALF)).isZero();
		((ThreadPoolExecutor) this.executor).getQueue().add(() -> {
		});
		assertThat(queue.load(HALF)).isEqualTo(0.25);
	}

	@Test
	void queueOfASpringExecutorIsRelatedToItsRoom() {
		ThreadPoolTaskExecutor spring = new ThreadPoolTaskExecutor();
		spring.setQueueCapacity(2);
		spring.initialize();
		spring.getThreadPoolExecutor().getQueue().add(() -> {
		});
		assertThat(LoadProviders.queue(spring).load(HALF)).isEqualTo(0.5);
		spring.shutdown();
	}

	@Test
	void aQueueThatIsNeverFullMeasuresNothing() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> LoadProviders
				.queue(new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>())))
			.withMessageContaining("it has no bound");
		assertThatIllegalArgumentException().isThrownBy(
				() -> LoadProviders.queue(new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>())))
			.withMessageContaining("it has none");
		assertThatIllegalArgumentException().isThrownBy(() -> LoadProviders.queue(new SimpleAsyncTaskExecutor()))
			.withMessageContaining("it is no thread pool");
	}

	@Test
	void aGaugeIsReadWhenTheLoadIsMeasured() {
		MeterRegistry registry = new SimpleMeterRegistry();
		this.beans.addBean("meters", registry);
		LoadProvider meter = find("meter:work");
		assertThatIllegalStateException().isThrownBy(() -> meter.load(HALF)).withMessage("There is no gauge 'work'");
		Gauge.builder("work", () -> 0.4).register(registry);
		assertThat(meter.load(HALF)).isEqualTo(0.4);
	}

	@Test
	void ofSeveralGaugesTheHighestHolds() {
		MeterRegistry registry = new SimpleMeterRegistry();
		this.beans.addBean("meters", registry);
		Gauge.builder("work", () -> 0.4).tag("part", "a").register(registry);
		Gauge.builder("work", () -> 0.6).tag("part", "b").register(registry);
		Gauge.builder("work", () -> Double.NaN).tag("part", "c").register(registry);
		assertThat(find("meter:work").load(HALF)).isEqualTo(0.6);
	}

	@Test
	void aGaugeMustBeNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> find("meter:")).withMessageContaining("must be named");
	}

	@Test
	void beansAreFoundByName() {
		LoadProvider own = (activity) -> 0.7;
		this.beans.addBean("own", own);
		assertThat(find("own")).isSameAs(own);
		assertThatIllegalArgumentException().isThrownBy(() -> find("other"))
			.withMessage("There is no load provider 'other'; there are in-flight, cpu, queue, meter:NAME,"
					+ " and the beans [own]");
	}

	@Test
	void theOnlyBeanIsTakenWhereNothingIsNamed() {
		assertThat(LoadProviders.only(this.beans).get().load(HALF)).isEqualTo(0.5);
		LoadProvider own = (activity) -> 0.7;
		this.beans.addBean("own", own);
		assertThat(LoadProviders.only(this.beans).get()).isSameAs(own);
		this.beans.addBean("another", (LoadProvider) (activity) -> 0.8);
		assertThat(LoadProviders.only(this.beans).get().load(HALF)).isEqualTo(0.5);
	}

	private LoadProvider find(String name) {
		return LoadProviders.find(name, this.beans, () -> this.executor);
	}

}
