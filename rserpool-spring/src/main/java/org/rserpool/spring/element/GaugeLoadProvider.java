package org.rserpool.spring.element;

import java.util.Collection;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.Assert;

/**
 * Takes the value of a gauge of Micrometer for the load. Of several gauges with the name,
 * whose tags differ, the highest value holds: an element is as busy as its busiest part.
 */
final class GaugeLoadProvider implements LoadProvider {

	private final String name;

	private final Supplier<MeterRegistry> registry;

	/**
	 * Makes a provider.
	 * @param name the name of the gauge, whose value is from 0.0 to 1.0
	 * @param registry has the gauge, at the latest when the load is measured
	 */
	GaugeLoadProvider(String name, Supplier<MeterRegistry> registry) {
		Assert.hasText(name, "A gauge that measures the load must be named, as meter:system.cpu.usage");
		this.name = name;
		this.registry = registry;
	}

	static GaugeLoadProvider of(String name, ListableBeanFactory beanFactory) {
		return new GaugeLoadProvider(name, beanFactory.getBeanProvider(MeterRegistry.class)::getObject);
	}

	@Override
	public double load(ElementActivity activity) {
		Collection<Gauge> gauges = this.registry.get().find(this.name).gauges();
		if (gauges.isEmpty()) {
			throw new IllegalStateException("There is no gauge '" + this.name + "'");
		}
		return gauges.stream()
			.mapToDouble(Gauge::value)
			.filter((value) -> !Double.isNaN(value))
			.max()
			.orElse(Double.NaN);
	}

}
