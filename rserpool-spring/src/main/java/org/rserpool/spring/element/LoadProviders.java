package org.rserpool.spring.element;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Supplier;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.util.ClassUtils;

/**
 * The load providers that come along, and those that an application has.
 *
 * @since 0.1
 */
public final class LoadProviders {

	/** The name of {@link #inFlight()}. */
	public static final String IN_FLIGHT = "in-flight";

	/** The name of {@link #cpu()}. */
	public static final String CPU = "cpu";

	/** The name of {@link #queue}, for the executor of the element. */
	public static final String QUEUE = "queue";

	/** What stands before the name of a gauge of Micrometer. */
	public static final String METER = "meter:";

	private static final int CALLS_WITHOUT_LIMIT = 32;

	private LoadProviders() {
	}

	/**
	 * Return a provider that relates the calls in progress to the concurrency limit, or
	 * to 32 where there is none.
	 * @return the provider
	 */
	public static LoadProvider inFlight() {
		return (activity) -> {
			int limit = activity.concurrencyLimit();
			return activity.callsInProgress() / (double) ((limit == Integer.MAX_VALUE) ? CALLS_WITHOUT_LIMIT : limit);
		};
	}

	/**
	 * Return a provider that takes the recent CPU usage of the machine, or of the
	 * container.
	 * @return the provider
	 */
	public static LoadProvider cpu() {
		return (activity) -> (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)
				? system.getCpuLoad() : 0;
	}

	/**
	 * Return a provider that takes how full the queue of an executor is.
	 * @param executor a {@link ThreadPoolExecutor} or {@link ThreadPoolTaskExecutor} with
	 * a bounded queue
	 * @return the provider
	 * @throws IllegalArgumentException if it has no queue, or one without a bound
	 */
	public static LoadProvider queue(Executor executor) {
		BlockingQueue<Runnable> queue = queueOf(executor);
		return (activity) -> {
			double waiting = queue.size();
			double room = queue.remainingCapacity();
			return waiting / (waiting + room);
		};
	}

	private static BlockingQueue<Runnable> queueOf(Executor executor) {
		Executor threads = (executor instanceof ThreadPoolTaskExecutor task) ? task.getThreadPoolExecutor() : executor;
		if (!(threads instanceof ThreadPoolExecutor pool)) {
			throw new IllegalArgumentException("The load cannot be measured by the queue of " + executor
					+ ": it is no thread pool, so that nothing waits in it");
		}
		long capacity = (long) pool.getQueue().size() + pool.getQueue().remainingCapacity();
		if (capacity == 0 || capacity >= Integer.MAX_VALUE) {
			throw new IllegalArgumentException("The load cannot be measured by the queue of " + executor + ": it has "
					+ ((capacity == 0) ? "none" : "no bound, so that it is never full"));
		}
		return pool.getQueue();
	}

	/**
	 * Return what measures the load of elements that name nothing: the only bean of an
	 * application, or else {@link #inFlight()}.
	 * @param beanFactory has the beans
	 * @return finds the provider
	 */
	public static Supplier<LoadProvider> only(ListableBeanFactory beanFactory) {
		return () -> {
			LoadProvider only = beanFactory.getBeanProvider(LoadProvider.class).getIfUnique();
			return (only != null) ? only : inFlight();
		};
	}

	/**
	 * Find a provider by its name.
	 * @param name {@value #IN_FLIGHT}, {@value #CPU}, {@value #QUEUE}, {@value #METER}
	 * and the name of a gauge, or the name of a bean
	 * @param beanFactory has the beans
	 * @param executor where the calls of the element run; asked if the queue is meant
	 * @return the provider
	 * @throws IllegalArgumentException if there is none of that name; says which there
	 * are
	 */
	public static LoadProvider find(String name, ListableBeanFactory beanFactory,
			Supplier<? extends Executor> executor) {
		if (name.startsWith(METER)) {
			return meter(name.substring(METER.length()), beanFactory);
		}
		return switch (name) {
			case IN_FLIGHT -> inFlight();
			case CPU -> cpu();
			case QUEUE -> queue(executor.get());
			default -> bean(name, beanFactory);
		};
	}

	private static LoadProvider bean(String name, ListableBeanFactory beanFactory) {
		Map<String, LoadProvider> beans = beanFactory.getBeansOfType(LoadProvider.class);
		LoadProvider bean = beans.get(name);
		if (bean == null) {
			throw new IllegalArgumentException("There is no load provider '" + name + "'; there are " + IN_FLIGHT + ", "
					+ CPU + ", " + QUEUE + ", " + METER + "NAME, and the beans " + beans.keySet());
		}
		return bean;
	}

	private static LoadProvider meter(String name, ListableBeanFactory beanFactory) {
		if (!ClassUtils.isPresent("io.micrometer.core.instrument.MeterRegistry",
				LoadProviders.class.getClassLoader())) {
			throw new IllegalArgumentException(
					"The load cannot be measured by the gauge '" + name + "': Micrometer is not there");
		}
		return GaugeLoadProvider.of(name, beanFactory);
	}

}
