package org.rserpool.registrar.app;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.rserpool.registrar.ElementStatus;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;

/**
 * By what elements may be ordered. Those that are equal stand in the order of their
 * identifiers.
 */
enum ElementOrder {

	IDENTIFIER((first, second) -> 0),

	HOME((first, second) -> Integer.compareUnsigned(first.element().homeRegistrar(), second.element().homeRegistrar())),

	POLICY(Comparator.comparingLong((status) -> firstValue(status.element().policy()))),

	KNOWN(Comparator.comparing(ElementStatus::knownFor, ElementOrder::compare)),

	REMAINING(Comparator.comparing(ElementStatus::remaining, ElementOrder::compare)),

	REPORTS(Comparator.comparingInt(ElementStatus::unreachableReports));

	private static final Comparator<ElementStatus> BY_IDENTIFIER = (first, second) -> Integer
		.compareUnsigned(first.element().identifier(), second.element().identifier());

	private final Comparator<ElementStatus> comparator;

	ElementOrder(Comparator<ElementStatus> comparator) {
		this.comparator = comparator;
	}

	/**
	 * Returns the order.
	 * @param descending whether the greatest comes first
	 */
	Comparator<ElementStatus> comparator(boolean descending) {
		Comparator<ElementStatus> all = this.comparator.thenComparing(BY_IDENTIFIER);
		return descending ? all.reversed() : all;
	}

	static ElementOrder parse(String name) {
		return Arrays.stream(values())
			.filter((order) -> order.parameter().equals(name))
			.findFirst()
			.orElseThrow(() -> new InvalidQueryException("Elements are sorted by "
					+ Arrays.stream(values()).map(ElementOrder::parameter).collect(Collectors.joining(", "))));
	}

	private String parameter() {
		return name().toLowerCase(Locale.ROOT);
	}

	private static long firstValue(MemberSelectionPolicy policy) {
		PolicyType type = PolicyType.of(policy.number());
		return (type != null && !type.fields().isEmpty()) ? policy.value(type.fields().get(0)) : 0;
	}

	/** What has no end is longest. */
	private static int compare(@Nullable Duration first, @Nullable Duration second) {
		if (first == null || second == null) {
			return Boolean.compare(first == null, second == null);
		}
		return first.compareTo(second);
	}

}
