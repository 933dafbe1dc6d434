package org.rserpool.test.assertions;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.rserpool.registrar.RegistrarSnapshot.Pool;
import org.rserpool.wire.Identifiers;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;

/**
 * States what is in a pool.
 *
 * @since 0.1
 */
public final class PoolAssert {

	private final HandlespaceAssert handlespace;

	private final String name;

	private final PoolHandle handle;

	PoolAssert(HandlespaceAssert handlespace, String pool) {
		this.handlespace = handlespace;
		this.name = pool;
		this.handle = PoolHandle.of(pool);
	}

	/**
	 * States how many elements the pool has.
	 * @param count the number of elements
	 * @return this assertion
	 */
	public PoolAssert withElements(int count) {
		return check(count + " elements",
				(pool) -> (pool.elements().size() == count) ? null : "it has " + pool.elements().size());
	}

	/**
	 * States that the pool has an element, and maybe others.
	 * @param identifier the identifier of the element
	 * @return this assertion
	 */
	public PoolAssert withElement(int identifier) {
		return check("the element " + Identifiers.toString(identifier),
				(pool) -> pool.elements().stream().anyMatch((element) -> element.identifier() == identifier) ? null
						: "it has none of that identifier");
	}

	/**
	 * States that the pool does not have an element.
	 * @param identifier the identifier of the element
	 * @return this assertion
	 */
	public PoolAssert withoutElement(int identifier) {
		return check("no element " + Identifiers.toString(identifier),
				(pool) -> pool.elements().stream().noneMatch((element) -> element.identifier() == identifier) ? null
						: "it has that element");
	}

	/**
	 * States by which policy elements are selected.
	 * @param policy the policy
	 * @return this assertion
	 */
	public PoolAssert withPolicy(PolicyType policy) {
		return check("the policy " + policy, (pool) -> (pool.policy().number() == policy.number()) ? null
				: "it has " + HandlespaceText.policy(pool.policy()));
	}

	/**
	 * States which registrar all elements of the pool are at home with.
	 * @param registrar the identifier of the registrar
	 * @return this assertion
	 */
	public PoolAssert withHome(int registrar) {
		return check("all elements at home with registrar " + Identifiers.toString(registrar), (pool) -> {
			List<String> others = pool.elements()
				.stream()
				.filter((element) -> element.homeRegistrar() != registrar)
				.map((element) -> Identifiers.toString(element.homeRegistrar()))
				.distinct()
				.toList();
			return others.isEmpty() ? null : "some are with " + others;
		});
	}

	/**
	 * States what all elements of the pool say of themselves.
	 * @param key the key, such as {@code zone}
	 * @param value the value
	 * @return this assertion
	 */
	public PoolAssert withMetadata(String key, String value) {
		return check("all elements with " + key + "=" + value, (pool) -> {
			List<String> others = pool.elements()
				.stream()
				.map(PoolElement::metadata)
				.map((metadata) -> metadata.entries().get(key))
				.filter((found) -> !value.equals(found))
				.map((found) -> (found != null) ? key + "=" + found : "no " + key)
				.distinct()
				.toList();
			return others.isEmpty() ? null : "some have " + others;
		});
	}

	/**
	 * Goes on about the handlespace.
	 * @return the assertion that this one came from
	 */
	public HandlespaceAssert and() {
		return this.handlespace;
	}

	private PoolAssert check(String wanted, Function<Pool, @Nullable String> examination) {
		this.handlespace.check("pool \"" + this.name + "\" to have " + wanted, (snapshot) -> {
			Pool pool = HandlespaceAssert.pool(snapshot, this.handle);
			return (pool != null) ? examination.apply(pool) : "there is no such pool";
		});
		return this;
	}

}
