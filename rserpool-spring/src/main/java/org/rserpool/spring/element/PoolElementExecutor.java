package org.rserpool.spring.element;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Finds the executor for the calls of pool elements: a bean of one of the given names, or
 * else a bounded pool of its own, which is no bean, so that no other part of the
 * application takes it for its executor.
 *
 * @since 0.1
 */
public class PoolElementExecutor implements Supplier<Executor>, DisposableBean {

	/** The name of the bean that is taken before all others. */
	public static final String BEAN_NAME = "poolElementExecutor";

	private static final int THREADS = 32;

	private static final int QUEUE = 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final BeanFactory beanFactory;

	private final List<String> names;

	private @Nullable ThreadPoolTaskExecutor own;

	/**
	 * Makes a finder.
	 * @param beanFactory has the beans
	 * @param names names of executors, in the order in which they are wanted
	 */
	public PoolElementExecutor(BeanFactory beanFactory, String... names) {
		this.beanFactory = beanFactory;
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
			ThreadPoolTaskExecutor executor = this.own;
			if (executor == null) {
				executor = newExecutor();
				this.own = executor;
			}
			return executor;
		}
		finally {
			this.lock.unlock();
		}
	}

	private static ThreadPoolTaskExecutor newExecutor() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setThreadNamePrefix("pool-element-");
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
			if (this.own != null) {
				this.own.shutdown();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
