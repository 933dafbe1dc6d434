package org.rserpool.autoconfigure.health;

import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of an application's part in its pools, in parts.
 */
class RSerPoolHealthContributor implements CompositeHealthContributor {

	private final Map<String, HealthIndicator> parts;

	/**
	 * Makes the whole.
	 * @param parts its parts by name
	 */
	RSerPoolHealthContributor(Map<String, HealthIndicator> parts) {
		this.parts = parts;
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return this.parts.get(name);
	}

	@Override
	public Stream<Entry> stream() {
		return this.parts.entrySet().stream().map((part) -> new Entry(part.getKey(), part.getValue()));
	}

}
