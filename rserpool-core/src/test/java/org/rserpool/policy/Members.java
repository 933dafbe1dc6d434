package org.rserpool.policy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.Transport;

/**
 * A pool under test: its elements are registered in the order of their identifiers, from
 * 1 on.
 */
final class Members {

	private static final Transport TRANSPORT = new Transport.Tcp(80, InetAddress.getLoopbackAddress());

	private final PolicyType type;

	private final MemberSelection selection;

	private final Random random;

	Members(PolicyType type, long seed) {
		this.type = type;
		this.selection = MemberSelection.of(type.number());
		this.random = new Random(seed);
	}

	/**
	 * Makes a pool from the policy values of its elements.
	 */
	static Members of(PolicyType type, long[]... values) {
		Members members = new Members(type, 4711);
		for (int i = 0; i < values.length; i++) {
			members.register(i + 1, values[i]);
		}
		return members;
	}

	static long[] values(long... values) {
		return values;
	}

	static PoolElement element(int identifier, MemberSelectionPolicy policy) {
		return new PoolElement(identifier, 7, 1000, TRANSPORT, policy, null);
	}

	MemberSelection selection() {
		return this.selection;
	}

	void register(int identifier, long... values) {
		this.selection.put(element(identifier, MemberSelectionPolicy.of(this.type, values)));
	}

	/**
	 * Adds the elements of an answer, with identifiers from 1 on.
	 */
	void begin(long[]... values) {
		List<PoolElement> listed = new ArrayList<>();
		for (long[] value : values) {
			listed.add(element(listed.size() + 1, MemberSelectionPolicy.of(this.type, value)));
		}
		this.selection.begin(listed);
	}

	/**
	 * Asks several times, and shows each answer as the identifiers in it.
	 */
	String answers(int items, int times) {
		List<String> answers = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			answers.add(select(items).stream().map(Object::toString).collect(Collectors.joining()));
		}
		return String.join(" ", answers);
	}

	List<Integer> select(int items) {
		return this.selection.select(items, this.random).stream().map(PoolElement::identifier).toList();
	}

	/**
	 * Asks several times, and counts how often each element comes first.
	 */
	double[] firsts(int times) {
		double[] counts = new double[this.selection.size()];
		for (int i = 0; i < times; i++) {
			counts[select(1).get(0) - 1]++;
		}
		return counts;
	}

}
