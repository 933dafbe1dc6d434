package org.rserpool.autoconfigure;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What is configured for one pool element or pool user, and under {@code default} for
 * all.
 *
 * @param <P> the type of the properties
 * @param prefix what their names begin with, such as {@code rserpool.element}
 * @param name the pool, or the name of the pool user
 * @param own what is configured for it
 * @param inherited what is configured for all
 */
record ConfiguredValues<P>(String prefix, String name, P own, P inherited) {

	static final String DEFAULT = "default";

	private static final String PLAIN_NAME = "[a-z0-9-]+";

	/**
	 * Return the value of a property.
	 * @param property reads it
	 * @param fallback what holds where it is not set
	 * @return the value
	 */
	<T> T get(Function<P, @Nullable T> property, T fallback) {
		T value = find(property);
		return (value != null) ? value : fallback;
	}

	/**
	 * Find the value of a property.
	 * @param property reads it
	 * @return the value, or {@code null} if it is not set
	 */
	<T> @Nullable T find(Function<P, @Nullable T> property) {
		T value = property.apply(this.own);
		return (value != null) ? value : property.apply(this.inherited);
	}

	/**
	 * Return the value of a property that has a range.
	 * @param key the last part of its name
	 * @param property reads it
	 * @param fallback what holds where it is not set
	 * @param allowed whether a value can be used
	 * @param range which values those are, a sentence
	 * @return the value
	 * @throws InvalidConfigurationPropertyValueException if it is set to another value
	 */
	<T> T get(String key, Function<P, @Nullable T> property, T fallback, Predicate<T> allowed, String range) {
		T value = find(property);
		if (value != null && !allowed.test(value)) {
			throw invalid(key, property, range);
		}
		return (value != null) ? value : fallback;
	}

	/**
	 * Return the value of a property that is a time.
	 * @param key the last part of its name
	 * @param property reads it
	 * @param fallback what holds where it is not set
	 * @return the value
	 * @throws InvalidConfigurationPropertyValueException if it is not positive
	 */
	Duration positive(String key, Function<P, @Nullable Duration> property, Duration fallback) {
		return get(key, property, fallback, (value) -> !value.isNegative() && !value.isZero(), "It is to be positive.");
	}

	/**
	 * Return the value of a property that is a number.
	 * @param key the last part of its name
	 * @param property reads it
	 * @param fallback what holds where it is not set
	 * @return the value
	 * @throws InvalidConfigurationPropertyValueException if it is not one of 32 bits
	 */
	long number(String key, Function<P, @Nullable Long> property, long fallback) {
		return get(key, property, fallback, (value) -> value >= 0 && value <= 0xffffffffL,
				"It is to be from 0 to 4294967295.");
	}

	/**
	 * Return the value of a property that is a fraction.
	 * @param key the last part of its name
	 * @param property reads it
	 * @param fallback what holds where it is not set
	 * @return the value
	 * @throws InvalidConfigurationPropertyValueException if it is not from 0 to 1
	 */
	double fraction(String key, Function<P, @Nullable Double> property, double fallback) {
		return get(key, property, fallback, (value) -> value >= 0 && value <= 1, "It is to be from 0.0 to 1.0.");
	}

	/**
	 * Make what is thrown for a property that is set.
	 * @param key the last part of its name
	 * @param property reads it
	 * @param reason which values it may have, a sentence
	 * @return the exception
	 */
	<T> InvalidConfigurationPropertyValueException invalid(String key, Function<P, @Nullable T> property,
			String reason) {
		Object value = property.apply(this.own);
		String name = (value != null) ? this.name : DEFAULT;
		return new InvalidConfigurationPropertyValueException(
				this.prefix + (name.matches(PLAIN_NAME) ? "." + name : "[" + name + "]") + "." + key,
				(value != null) ? value : property.apply(this.inherited), reason);
	}

}
