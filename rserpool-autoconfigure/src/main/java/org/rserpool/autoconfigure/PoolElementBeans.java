package org.rserpool.autoconfigure;

import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.rserpool.spring.element.LoadProvider;
import org.rserpool.spring.element.LoadProviders;
import org.rserpool.spring.element.PoolElementExecutor;

import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Finds the beans that {@link PoolElementProperties} name.
 */
class PoolElementBeans {

	private final ListableBeanFactory beanFactory;

	private final Supplier<PoolElementExecutor> executors;

	PoolElementBeans(ListableBeanFactory beanFactory, Supplier<PoolElementExecutor> executors) {
		this.beanFactory = beanFactory;
		this.executors = executors;
	}

	/**
	 * Find the executor of a pool.
	 * @return the executor, or {@code null} if none is named
	 * @throws IllegalArgumentException if there is none of that name
	 */
	@Nullable Executor executor(String pool, PoolElementProperties own, PoolElementProperties inherited) {
		return find(pool, own, inherited, "executor", PoolElementProperties::executor,
				(name) -> this.executors.get().named(name));
	}

	/**
	 * Find what measures the load of a pool.
	 * @param executor the executor of the pool, or {@code null} for that of the
	 * application
	 * @return the provider, or {@code null} if none is named
	 * @throws IllegalArgumentException if there is none of that name
	 */
	@Nullable LoadProvider loadProvider(String pool, PoolElementProperties own, PoolElementProperties inherited,
			@Nullable Executor executor) {
		return find(pool, own, inherited, "load-provider", PoolElementProperties::loadProvider, (name) -> LoadProviders
			.find(name, this.beanFactory, () -> (executor != null) ? executor : this.executors.get().get()));
	}

	private static <T> @Nullable T find(String pool, PoolElementProperties own, PoolElementProperties inherited,
			String property, Function<PoolElementProperties, @Nullable String> getter, Function<String, T> finder) {
		String owned = getter.apply(own);
		String name = (owned != null) ? owned : getter.apply(inherited);
		if (name == null) {
			return null;
		}
		try {
			return finder.apply(name);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(ex.getMessage() + " (rserpool.element."
					+ ((owned != null) ? pool : "default") + "." + property + ")", ex);
		}
	}

}
