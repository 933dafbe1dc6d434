package org.rserpool.csp;

import java.util.random.RandomGenerator;

/**
 * Who reports its status, or whom a component is associated with.
 *
 * @param type what it is
 * @param number which one, from 0 to 2^56 - 1
 * @since 0.1
 */
public record ComponentIdentifier(ComponentType type, long number) {

	private static final int NUMBER_BITS = 56;

	public ComponentIdentifier {
		if (number >>> NUMBER_BITS != 0) {
			throw new IllegalArgumentException(
					"The number " + number + " of a component is not in the range 0 to 2^56-1");
		}
	}

	/**
	 * Names a registrar.
	 * @param identifier its identifier
	 * @return the registrar
	 */
	public static ComponentIdentifier registrar(int identifier) {
		return new ComponentIdentifier(ComponentType.REGISTRAR, Integer.toUnsignedLong(identifier));
	}

	/**
	 * Names a pool element.
	 * @param identifier its identifier
	 * @return the pool element
	 */
	public static ComponentIdentifier poolElement(int identifier) {
		return new ComponentIdentifier(ComponentType.POOL_ELEMENT, Integer.toUnsignedLong(identifier));
	}

	/**
	 * Names a pool user, which has no identifier of its own.
	 * @param random where to draw its number from
	 * @return a pool user
	 */
	public static ComponentIdentifier poolUser(RandomGenerator random) {
		return new ComponentIdentifier(ComponentType.POOL_USER, random.nextLong() >>> (Long.SIZE - NUMBER_BITS));
	}

	long toLong() {
		return (long) this.type.group() << NUMBER_BITS | this.number;
	}

	@Override
	public String toString() {
		return this.type + " " + String.format("0x%08x", this.number);
	}

}
