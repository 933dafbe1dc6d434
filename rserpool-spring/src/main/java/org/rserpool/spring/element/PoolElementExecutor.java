package org.rserpool.spring.element;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Finds the executor for the calls of pool elements: a bean of one of the given names, or
 * else one of its own, which is no bean, so that no other part of the application takes
 * it for its executor. That is a bounded pool of threads, or has a virtual thread for
 * each call.
 *
 * @since 0.1
 */
public class PoolElementExecutor implements Supplier<Executor>, DisposableBean {

	/** The name of the bean that is taken before all others. */
	public static final String BEAN_NAME = "poolElementExecutor";

	private static final String THREAD_NAME_PREFIX = "pool-element-";

	private static final int THREADS = 32;

	private static final int QUEUE = 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final ListableBeanFactory beanFactory;

	private final boolean virtualThreads;

	private final List<String> names;

	private @Nullable Executor own;

	/**
	 * Makes a finder, whose own executor is a bounded pool.
	 * @param beanFactory has the beans
	 * @param names names of executors, in the order in which they are wanted
	 */
	public PoolElementExecutor(ListableBeanFactory beanFactory, String... names) {
		this(beanFactory, false, names);
	}

	/**
	 * Makes a finder.
	 * @param beanFactory has the beans
	 * @param virtualThreads whether its own executor has virtual threads, which need Java
	 * 21
	 * @param names names of executors, in the order in which they are wanted
	 */
	public PoolElementExecutor(ListableBeanFactory beanFactory, boolean virtualThreads, String... names) {
		this.beanFactory = beanFactory;
		this.virtualThreads = virtualThreads;
		this.names = List.of(names);
	}

	@Override
	public Executor get() {
		for (String name : this.names) {
			if (this.beanFactory.containsBean(name) && this.beanFactory.isTypeMatch(name, Executor.class)) {
				return this.beanFactory.getBean(name, Executor.class);
			}
		}
		this.lock.lock();
		try {
			Executor executor = this.own;
			if (executor == null) {
				executor = this.virtualThreads ? newVirtualThreads() : newPool();
				this.own = executor;
			}
			return executor;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return the executor that is the bean of a name.
	 * @param name its name
	 * @return the executor
	 * @throws IllegalArgumentException if there is none of that name; says which there
	 * are
	 */
	public Executor named(String name) {
		if (!this.beanFactory.containsBean(name) || !this.beanFactory.isTypeMatch(name, Executor.class)) {
			throw new IllegalArgumentException("There is no executor '" + name + "'; there are the beans "
					+ List.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, Executor.class)));
		}
		return this.beanFactory.getBean(name, Executor.class);
	}

	private static Executor newVirtualThreads() {
		SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(THREAD_NAME_PREFIX);
		executor.setVirtualThreads(true);
		return executor;
	}

	private static Executor newPool() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setThreadNamePrefix(THREAD_NAME_PREFIX);
		executor.setCorePoolSize(THREADS);
		executor.setMaxPoolSize(THREADS);
		executor.setQueueCapacity(QUEUE);
		executor.setAllowCoreThreadTimeOut(true);
		executor.initialize();
		return executor;
	}

	@Override
	public void destroy() {
		this.lock.lock();
		try {
			if (this.own instanceof ThreadPoolTaskExecutor pool) {
				pool.shutdown();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
