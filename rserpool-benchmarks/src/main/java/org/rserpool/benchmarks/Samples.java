package org.rserpool.benchmarks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.SplittableRandom;

import org.rserpool.wire.Identifiers;
import org.rserpool.wire.MemberSelectionPolicy;
import org.rserpool.wire.PolicyType;
import org.rserpool.wire.PoolElement;
import org.rserpool.wire.PoolHandle;
import org.rserpool.wire.Transport;

/**
 * Pools and pool elements to measure with.
 */
final class Samples {

	static final int REGISTRAR = 0x11223344;

	private Samples() {
	}

	static PoolHandle pool(int number) {
		return PoolHandle.of("pool-" + number);
	}

	/**
	 * Makes an element that shares no object with others, as decoding does.
	 */
	static PoolElement element(int identifier, PolicyType type, SplittableRandom random) {
		long[] values = new long[type.fields().size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = 1 + random.nextLong(100);
		}
		Transport transport = new Transport.Tcp(1024 + random.nextInt(60_000), address(random.nextInt(1 << 24)));
		Transport asap = new Transport.Tcp(1024 + random.nextInt(60_000), address(random.nextInt(1 << 24)));
		return new PoolElement(identifier, REGISTRAR, 60_000, transport, MemberSelectionPolicy.of(type, values), asap);
	}

	static PoolElement element(PolicyType type, SplittableRandom random) {
		return element(Identifiers.random(random), type, random);
	}

	/**
	 * Makes an element equal to another one, as its next registration is decoded.
	 */
	static PoolElement copy(PoolElement element) {
		return element.withHomeRegistrar(element.homeRegistrar());
	}

	static InetAddress address(int host) {
		try {
			return InetAddress.getByAddress(new byte[] { 10, (byte) (host >> 16), (byte) (host >> 8), (byte) host });
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
