package org.rserpool.spring.element;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Function;

import com.sun.management.OperatingSystemMXBean;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.StringUtils;

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
	 * @param executor the executor; its queue is bounded
	 * @return the provider
	 */
	public static LoadProvider queue(ThreadPoolExecutor executor) {
		return (activity) -> {
			double waiting = executor.getQueue().size();
			double room = executor.getQueue().remainingCapacity();
			return (waiting + room > 0) ? waiting / (waiting + room) : 0;
		};
	}

	/**
	 * Return what finds providers by name among those that come along and the beans of an
	 * application.
	 * @param beanFactory has the beans
	 * @return finds a provider; without a name the only bean, or else
	 * {@link #inFlight()}. It throws an {@link IllegalArgumentException} if there is none
	 * of that name.
	 */
	public static Function<@Nullable String, LoadProvider> of(ListableBeanFactory beanFactory) {
		return (name) -> find(beanFactory, name);
	}

	private static LoadProvider find(ListableBeanFactory beanFactory, @Nullable String name) {
		if (!StringUtils.hasText(name)) {
			LoadProvider only = beanFactory.getBeanProvider(LoadProvider.class).getIfUnique();
			return (only != null) ? only : inFlight();
		}
		if (name.equals(IN_FLIGHT)) {
			return inFlight();
		}
		if (name.equals(CPU)) {
			return cpu();
		}
		Map<String, LoadProvider> beans = beanFactory.getBeansOfType(LoadProvider.class);
		LoadProvider bean = beans.get(name);
		if (bean == null) {
			throw new IllegalArgumentException("There is no load provider '" + name + "'; there are " + IN_FLIGHT + ", "
					+ CPU + ", and the beans " + beans.keySet());
		}
		return bean;
	}

}
