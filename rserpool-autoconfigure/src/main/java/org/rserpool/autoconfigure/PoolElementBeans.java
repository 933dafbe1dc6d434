package org.rserpool.autoconfigure;

import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.rserpool.spring.element.LoadProvider;
import org.rserpool.spring.element.LoadProviders;
import org.rserpool.spring.element.PoolElementExecutor;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

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
	 * @param values what is configured for the pool
	 * @return the executor, or {@code null} if none is named
	 * @throws InvalidConfigurationPropertyValueException if there is none of that name
	 */
	@Nullable Executor executor(ConfiguredValues<PoolElementProperties> values) {
		return find(values, "executor", PoolElementProperties::executor, (name) -> this.executors.get().named(name));
	}

	/**
	 * Find what measures the load of a pool.
	 * @param values what is configured for the pool
	 * @param executor the executor of the pool, or {@code null} for that of the
	 * application
	 * @return the provider, or {@code null} if none is named
	 * @throws InvalidConfigurationPropertyValueException if there is none of that name
	 */
	@Nullable LoadProvider loadProvider(ConfiguredValues<PoolElementProperties> values, @Nullable Executor executor) {
		return find(values, "load-provider", PoolElementProperties::loadProvider, (name) -> LoadProviders.find(name,
				this.beanFactory, () -> (executor != null) ? executor : this.executors.get().get()));
	}

	private static <T> @Nullable T find(ConfiguredValues<PoolElementProperties> values, String key,
			Function<PoolElementProperties, @Nullable String> property, Function<String, T> finder) {
		String name = values.find(property);
		if (name == null) {
			return null;
		}
		try {
			return finder.apply(name);
		}
		catch (IllegalArgumentException ex) {
			throw values.invalid(key, property, ex.getMessage() + ".");
		}
	}

}
